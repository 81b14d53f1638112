import { expect, it } from 'vitest';
import { mendReadings } from '../../pipeline/mend-readings.ts';
import type { Page } from '../../pipeline/page.ts';

function mended(lines: string[]): string[] {
  const page: Page = {
    ...{ number: 1, width: 595, height: 842, textSource: 'ocr', quality: 1, engine: null, regions: [] },
    items: lines.map((line) => ({
      ...{ kind: 'line', box: null, region: 'body', size: 12, blankBefore: 0 },
      words: line.split(' ').map((raw) => ({ raw, text: raw, box: null, confidence: 0.9 })),
    })),
  };
  mendReadings([page]);
  return page.items.map((item) => (item.kind === 'line' ? item.words.map((word) => word.text).join(' ') : ''));
}

it.each<[string, string[], string[]]>([
  [
    "a list's letter with a colon for its bracket",
    ['c) Thôn Hạ', 'd: Thôn Thượng', 'e. Thôn Trung'],
    ['c) Thôn Hạ', 'd) Thôn Thượng', 'e) Thôn Trung'],
  ],
  [
    'but no letter that does not follow, and none before a small letter',
    ['d: Thôn Hạ', 'a) Thôn Thượng', 'g; Thôn Trung', 'b. và c'],
    ['d: Thôn Hạ', 'a) Thôn Thượng', 'g; Thôn Trung', 'b. và c'],
  ],
  [
    'a stray sign between two councils, a digit never',
    ['VP HĐND ” và UBND xã', 'VP HĐND 2 và UBND xã'],
    ['VP HĐND  và UBND xã', 'VP HĐND 2 và UBND xã'],
  ],
  ['lists lettered with stops', ['a. Thôn Hạ', 'b. Thôn Thượng'], ['a. Thôn Hạ', 'b. Thôn Thượng']],
])('%s', (_, lines, expected) => {
  expect(mended(lines)).toEqual(expected);
});
