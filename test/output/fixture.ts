import { join } from 'node:path';
import { type ResultDocument, readDocument, readEntries } from '../../output/results.ts';

export const RESULTS = join(import.meta.dirname, 'fixtures/results');
export const GOLD = join(import.meta.dirname, 'fixtures/gold');

/** The plan of xã Bình An, written for these tests: two pages, some of its records wrong on purpose. */
export async function binhAn(): Promise<ResultDocument> {
  const [entry] = await readEntries(RESULTS);
  if (entry?.folder !== 'binh-an') throw new Error('the fixture has changed');
  return readDocument(RESULTS, entry);
}
