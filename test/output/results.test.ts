import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDocument, readEntries, readIndex } from '../../output/results.ts';
import { UsageError } from '../../output/usage-error.ts';
import { RESULTS } from './fixture.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kehoach-results-'));
  await cp(RESULTS, dir, { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

test('a document comes with its record, its lines and its layout', async () => {
  const [entry] = await readEntries(dir);
  const { record, lines, layout } = await readDocument(dir, entry as NonNullable<typeof entry>);
  expect(record.metadata.unit).toBe('xã Bình An');
  expect(lines?.[5]).toBe('I. MỤC TIÊU');
  expect(layout?.pages.map((page) => page.number)).toEqual([1, 2]);
});

test('a text.txt edited under Windows has the same lines', async () => {
  const [entry] = await readEntries(dir);
  await writeFile(join(dir, 'binh-an/text.txt'), '\uFEFFmột\r\nhai\r\n');
  expect((await readDocument(dir, entry as NonNullable<typeof entry>)).lines).toEqual(['một', 'hai', '']);
});

test('a failed document has no text', async () => {
  const failed = (await readEntries(dir))[1];
  expect(await readDocument(dir, failed as NonNullable<typeof failed>)).toMatchObject({ lines: null, layout: null });
});

test('the same bytes twice are one record', async () => {
  expect((await readIndex(dir)).documents).toHaveLength(3);
  expect((await readEntries(dir)).map(({ source }) => source)).toEqual(['2026/binh-an.pdf', 'trang-trang.pdf']);
});

test('what is no results folder is told', async () => {
  expect(await messageOf(readIndex(join(dir, 'không-có')))).toMatch(/there is no such folder/);
  expect(await messageOf(readIndex(join(dir, 'binh-an')))).toMatch(/is no results folder: it has no index\.json/);
});

test.each([
  ['index.json', '{"schemaVersion"', /index\.json is damaged: it is no JSON\. Run "kehoach import/],
  ['index.json', '{"schemaVersion":"1.0"}', /index\.json is damaged at documents: .*Run "kehoach import/],
  ['index.json', '{"schemaVersion":"9.0","documents":[]}', /has schema version 9\.0, this program reads 1\.0/],
  [
    'binh-an/document.json',
    '',
    /document\.json is damaged: it is no JSON\. Delete the folder .* on 2026\/binh-an\.pdf/,
  ],
  ['binh-an/document.json', '[]', /document\.json is damaged at the whole file/],
  ['binh-an/layout.json', '{"schemaVersion":"1.0","pages":[{}]}', /layout\.json is damaged at pages\.0\.number/],
])('damage in %s is told with what to do', async (file, content, message) => {
  await writeFile(join(dir, file), content);
  const work = readEntries(dir).then(([entry]) => readDocument(dir, entry as NonNullable<typeof entry>));
  expect(await messageOf(work)).toMatch(message);
});

test.each(['document.json', 'text.txt'])('a missing %s is told', async (name) => {
  await rm(join(dir, 'binh-an', name));
  const [entry] = await readEntries(dir);
  expect(await messageOf(readDocument(dir, entry as NonNullable<typeof entry>))).toMatch(
    /is missing\. Delete the folder/,
  );
});
