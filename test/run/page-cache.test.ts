import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limitPages, prunePages } from '../../pipeline/run/page-cache.ts';
import { tempFolder } from '../temp.ts';

const DAY = 24 * 3600;

/** A state folder with pages of 1,000 bytes: ids, how many of each, and how many days ago they were recognised. */
function stateWith(documents: Record<string, [pages: number, days: number]>): string {
  const state = tempFolder();
  for (const [id, [pages, days]] of Object.entries(documents)) {
    const folder = join(state, 'pages', id);
    mkdirSync(folder, { recursive: true });
    for (let page = 1; page <= pages; page++) writeFileSync(join(folder, `${page}.json.gz`), Buffer.alloc(1000));
    const time = Date.now() / 1000 - days * DAY;
    utimesSync(folder, time, time);
  }
  return state;
}

const kept = (state: string, ids: string[]): string[] => ids.filter((id) => existsSync(join(state, 'pages', id)));

test('pages over the limit go, those recognised longest ago first, by whole documents', async () => {
  const state = stateWith({ old: [3, 9], older: [2, 12], young: [4, 1] });
  await limitPages(state, 9000);
  expect(kept(state, ['old', 'older', 'young'])).toEqual(['old', 'older', 'young']);
  await limitPages(state, 7500);
  expect(kept(state, ['old', 'older', 'young'])).toEqual(['old', 'young']);
  await limitPages(state, 3999);
  expect(kept(state, ['old', 'older', 'young'])).toEqual([]);
});

test('pages of no document of the results go after a week', async () => {
  const state = stateWith({ known: [1, 30], left: [1, 8], fresh: [1, 6] });
  await prunePages(state, new Set(['known']));
  expect(kept(state, ['known', 'left', 'fresh'])).toEqual(['known', 'fresh']);
});

test('no pages yet: nothing to do', async () => {
  const state = tempFolder();
  await limitPages(state);
  await prunePages(state, new Set());
});
