import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { restore } from 'diacritics-restore';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { IndexEntry } from '../../output/record.ts';
import { readEntries, readRecord } from '../../output/results.ts';
import { knownTerms } from '../../output/review/dictionary.ts';
import { dictionaryDigest } from '../../output/review/dictionary-file.ts';
import { reviewItems } from '../../output/review/items.ts';
import { correctedTerms, learn } from '../../output/review/learn.ts';
import type { ReviewValue } from '../../output/review/model.ts';
import { makePatch } from '../../output/review/patch.ts';
import { saveChanges } from '../../output/review/store.ts';
import { RESULTS } from '../output/fixture.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kehoach-learn-'));
  vi.stubEnv('KEHOACH_HOME', join(dir, 'home'));
  await cp(RESULTS, join(dir, 'results'), { recursive: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

test.each([
  ['Giao thôn Quang Hòn làm trước', 'Giao thôn Quảng Hớn làm trước', ['thôn Quảng Hớn làm']],
  ['phương chịu trách nhiệm', 'phường chịu trách nhiệm', ['phường chịu']],
  ['đạt 95 hồ sơ', 'đạt 97 hồ sơ', []],
  ['Phòng Kinh tế chủ trì', 'Văn hóa chủ trì', []],
  ['giữ nguyên', 'giữ nguyên', []],
])('%s → %s teaches %j', (before, after, terms) => expect(correctedTerms(before, after)).toEqual(terms));

test('a corrected name is restored from then on, in the plans of its unit only', async () => {
  const results = join(dir, 'results');
  const [entry] = (await readEntries(results)) as [IndexEntry];
  const record = await readRecord(results, entry);
  const item = reviewItems(record).find(({ kind }) => kind === 'duty');
  if (!item) throw new Error('the fixture has changed');
  const misread = { ...item.value, unit: 'thôn Quang Hòn' } as ReviewValue;
  const patch = makePatch(misread, { ...item.value, unit: 'thôn Quảng Hớn' } as ReviewValue);
  const { id, kind, quote } = item;
  const when = '2026-03-01T08:00:00.000Z';
  const after = { id, kind, quote, decision: 'patch' as const, patch, note: null, who: null, when };
  await saveChanges(results, entry, [{ id, before: null, after }]);
  expect(dictionaryDigest()).toBeNull();
  expect(await learn(results)).toEqual({ found: 1, fresh: 1 });
  const digest = dictionaryDigest();
  expect(digest).not.toBeNull();
  expect(await learn(results)).toEqual({ found: 1, fresh: 0 });
  expect(dictionaryDigest()).toBe(digest);

  expect(knownTerms('Kế hoạch của phường khác')).toEqual([]);
  const names = knownTerms(`Ke hoach cua ${record.metadata.unit}`);
  expect(names).toEqual(['thôn Quảng Hớn']);
  expect(restore('Ban giao cho thon Quang Hon thuc hien trong nam 2026.', { names })).toContain('thôn Quảng Hớn');
});
