import { cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diffFolder } from '../../output/diff/entries.ts';
import { renderDiff } from '../../output/diff/render.ts';
import { exportResults } from '../../output/export.ts';
import type { IndexEntry } from '../../output/record.ts';
import { readEntries, readRecord } from '../../output/results.ts';
import { type ReviewItem, reviewItems } from '../../output/review/items.ts';
import { type Change, type Decision, emptyReview } from '../../output/review/model.ts';
import { makePatch } from '../../output/review/patch.ts';
import { readReview, saveChanges } from '../../output/review/store.ts';
import { RESULTS } from '../output/fixture.ts';
import { unzip } from '../output/unzip.ts';

let dir: string;
let entry: IndexEntry;
let items: ReviewItem[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kehoach-review-'));
  await cp(RESULTS, dir, { recursive: true });
  entry = (await readEntries(dir))[0] as IndexEntry;
  items = reviewItems(await readRecord(dir, entry));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const accept = ({ id, kind, quote }: ReviewItem, who: string): Decision => ({
  ...{ id, kind, quote, decision: 'accept', patch: null, note: null, who },
  when: '2026-03-01T08:00:00.000Z',
});
const change = (item: ReviewItem, who = 'Lan'): Change => ({ id: item.id, before: null, after: accept(item, who) });

test('without a file the review is empty', async () => {
  expect(await readReview(dir, entry)).toEqual(emptyReview(entry.id));
});

test('many reviewers at once lose nothing', async () => {
  const saved = await Promise.all(items.map((item, i) => saveChanges(dir, entry, [change(item, `${i}`)])));
  expect(saved.every((answer) => !('conflicts' in answer))).toBe(true);
  const review = await readReview(dir, entry);
  expect(review.revision).toBe(items.length);
  expect(review.decisions).toHaveLength(items.length);
});

test('the second of two decisions on one record is refused, with the first shown', async () => {
  const item = items[1] as ReviewItem;
  await saveChanges(dir, entry, [change(item, 'Lan')]);
  const answer = await saveChanges(dir, entry, [change(item, 'Hùng')]);
  expect(answer).toMatchObject({ conflicts: [item.id], review: { revision: 1, decisions: [{ who: 'Lan' }] } });
});

test('the lock of a program that died is taken over', async () => {
  const lock = join(dir, entry.folder, 'review.json.lock');
  await writeFile(lock, '');
  const old = new Date(Date.now() - 60_000);
  await utimes(lock, old, old);
  expect(await saveChanges(dir, entry, [change(items[0] as ReviewItem)])).toHaveProperty('review.revision', 1);
});

test('a damaged review.json is named, not overwritten', async () => {
  const path = join(dir, entry.folder, 'review.json');
  await writeFile(path, '{"half":');
  await expect(saveChanges(dir, entry, [change(items[0] as ReviewItem)])).rejects.toThrow(/review\.json is damaged/);
  expect(await readFile(path, 'utf8')).toBe('{"half":');
});

test('final.json, diff and the exports have the corrections', async () => {
  const item = items.find(({ kind }) => kind === 'indicator') as ReviewItem;
  const subject = 'Một nội dung chỉ có sau khi duyệt';
  const patch = makePatch(item.value, { ...item.value, subject } as ReviewItem['value']);
  const after: Decision = { ...accept(item, 'Lan'), decision: 'patch', patch };
  await saveChanges(dir, entry, [{ id: item.id, before: null, after }]);
  const final = JSON.parse(await readFile(join(dir, entry.folder, 'final.json'), 'utf8'));
  expect(final.indicators[0].subject).toBe(subject);
  expect(await readRecord(dir, entry)).not.toEqual(final);
  const entries = await diffFolder(dir, entry.folder);
  const shown = entries.find(({ id }) => id === item.id);
  expect(shown).toMatchObject({ fields: { subject }, review: { decision: 'patch', who: 'Lan' } });
  expect(renderDiff(entries, { color: false, width: 100 })).toContain('✎ corrected by Lan');
  const workbook = join(dir, 'plans.xlsx');
  await exportResults(dir, workbook);
  const parts = unzip(await readFile(workbook));
  expect([...parts.values()].join('\n')).toContain(subject);
});
