import { expect, it } from 'vitest';
import { mendReadings } from '../../pipeline/mend-readings.ts';
import type { Page, TableCell } from '../../pipeline/page.ts';

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

/** The head of a table's first column, read so, beside another head and over these cells. */
function mendedHead(head: string, other: string, below: string[]): string {
  const cell = (text: string, row: number, column = 0): TableCell => ({
    ...{ row, column, rowSpan: 1, columnSpan: 1, box: null },
    lines: [
      {
        ...{ kind: 'line', box: null, region: 'body', size: 12, blankBefore: 0 },
        words: text.split(' ').map((raw) => ({ raw, text: raw, box: null, confidence: 0.9 })),
      },
    ],
  });
  const cells = [...[head, ...below].map((text, row) => cell(text, row)), cell(other, 0, 1)];
  const page: Page = {
    ...{ number: 1, width: 595, height: 842, textSource: 'ocr', quality: 1, engine: null, regions: [] },
    items: [{ kind: 'table', box: null, rows: below.length + 1, columns: 2, cells }],
  };
  mendReadings([page]);
  return cells[0]?.lines[0]?.words.map(({ text }) => text).join(' ') ?? '';
}

it.each([
  ['II', 'Nội dung', ['1', '2'], 'TT'],
  ['ST', 'Họ và tên', ['1', '2.', '3'], 'STT'],
  ['SIT', 'Nhiệm vụ', ['1', '2'], 'STT'],
  ['II', 'Nội dung', ['Thôn Hạ', '2'], 'II'],
  ['II', 'Việc của thôn', ['1', '2'], 'II'],
  ['1', 'Nội dung thi', ['2', '3'], '1'],
  ['TT', 'Nội dung', ['1', '2'], 'TT'],
])('the head %s beside %s over %j is %s', (head, other, below, expected) => {
  expect(mendedHead(head, other, below)).toBe(expected);
});

it('groups of a table have roman numbers that follow', () => {
  const rows: [string, string][] = [
    ...([
      ['I', 'CHỈ ĐẠO'],
      ['1', 'Họp'],
      ['"u', 'THỂ CHẾ'],
      ['2', 'Soạn'],
      ['III', 'THỦ TỤC'],
      ['3', 'Sửa'],
    ] as const),
    ...([
      ['IV', 'BỘ MÁY'],
      ['5', 'TÀI CHÍNH'],
      ['VH', 'THI ĐUA'],
    ] as const),
  ].map(([no, task]) => [no, task]);
  const cells = rows.flatMap((texts, row) =>
    texts.map(
      (text, column): TableCell => ({
        ...{ row, column, rowSpan: 1, columnSpan: 1, box: null },
        lines: [
          {
            ...{ kind: 'line', box: null, region: 'body', size: 12, blankBefore: 0 },
            words: text.split(' ').map((raw) => ({ raw, text: raw, box: null, confidence: 0.9 })),
          },
        ],
      }),
    ),
  );
  const page: Page = {
    ...{ number: 1, width: 595, height: 842, textSource: 'ocr', quality: 1, engine: null, regions: [] },
    items: [{ kind: 'table', box: null, rows: rows.length, columns: 2, cells }],
  };
  mendReadings([page]);
  const numbers = cells.flatMap(({ column, lines }) => (column === 0 ? [lines[0]?.words[0]?.text] : []));
  expect(numbers).toEqual(['I', '1', 'II', '2', 'III', '3', 'IV', '5', 'VH']);
});

it.each<[string, string[], string[]]>([
  ['the records office', ['-Lưu: VL.', '- Lưu: Vị, TCKH.'], ['-Lưu: VT.', '- Lưu: VT, TCKH.']],
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
  [
    'a letter told by those around it, or by its own form',
    ['c) Thôn Hạ', 'd) Thôn Bắc', 'ở) Thôn Nam', 'e) Thôn Đông', 'g)Thôn Tây', 'h). Thôn Giữa', 'ĩ) Thôn Lẻ'],
    ['c) Thôn Hạ', 'd) Thôn Bắc', 'đ) Thôn Nam', 'e) Thôn Đông', 'g) Thôn Tây', 'h) Thôn Giữa', 'i) Thôn Lẻ'],
  ],
  ['a second d', ['d) Thôn Hạ', 'd) Thôn Bắc', 'ej Thôn Nam'], ['d) Thôn Hạ', 'đ) Thôn Bắc', 'e) Thôn Nam']],
  [
    'an f that most lists leave out',
    ['đ) Thôn Hạ', 'e) Thôn Bắc', 'Đ) Thôn Nam', 'g) Thôn Đông', 'Đ) Thôn Tây'],
    ['đ) Thôn Hạ', 'e) Thôn Bắc', 'f) Thôn Nam', 'g) Thôn Đông', 'Đ) Thôn Tây'],
  ],
  [
    'no letter that nothing tells',
    ['c) Thôn Hạ', 'ở) Thôn Bắc', 'h) Thôn Nam', 'a) Thôn Đông'],
    ['c) Thôn Hạ', 'ở) Thôn Bắc', 'h) Thôn Nam', 'a) Thôn Đông'],
  ],
  [
    'roman numbers by their form and their neighbours',
    [
      'l. MỤC TIÊU',
      'H. YÊU CẦU',
      'TII. VIỆC LÀM',
      'IV KINH PHÍ',
      'Y. XEM LẠI',
      'VI. THI ĐUA',
      'VHIIL GHI NHỚ',
      'VIII. HẾT',
    ],
    [
      'I. MỤC TIÊU',
      'II. YÊU CẦU',
      'III. VIỆC LÀM',
      'IV. KINH PHÍ',
      'Y. XEM LẠI',
      'VI. THI ĐUA',
      'VII. GHI NHỚ',
      'VIII. HẾT',
    ],
  ],
  ['V that became V and L', ['VII. THI ĐUA', 'VHIL BÁO CÁO', 'IX. HẾT'], ['VII. THI ĐUA', 'VIII. BÁO CÁO', 'IX. HẾT']],
  [
    'no number that can be one, no letter H, no figure among figures',
    ['I. MỤC TIÊU', 'III. YÊU CẦU', '1. VIỆC LÀM', '2. KINH PHÍ', '11. ĐO ĐẠC', 'G. THI ĐUA', 'H. GHI NHỚ'],
    ['I. MỤC TIÊU', 'III. YÊU CẦU', '1. VIỆC LÀM', '2. KINH PHÍ', '11. ĐO ĐẠC', 'G. THI ĐUA', 'H. GHI NHỚ'],
  ],
  [
    'the stop behind a number, no digit',
    ['1. Thôn Hạ', '2, Thôn Bắc', '2.1, Ngõ trên', '2.l. Ngõ dưới', '5, Thôn Nam', '2,5 Mét'],
    ['1. Thôn Hạ', '2. Thôn Bắc', '2.1. Ngõ trên', '2.1. Ngõ dưới', '5, Thôn Nam', '2,5 Mét'],
  ],
  [
    'the stop behind the first number of a list',
    ['1, Thôn Hạ', '2. Thôn Bắc', '1, Thôn Nam', '3. Thôn Tây'],
    ['1. Thôn Hạ', '2. Thôn Bắc', '1, Thôn Nam', '3. Thôn Tây'],
  ],
  ['lists lettered with stops', ['a. Thôn Hạ', 'b. Thôn Thượng'], ['a. Thôn Hạ', 'b. Thôn Thượng']],
])('%s', (_, lines, expected) => {
  expect(mended(lines)).toEqual(expected);
});
