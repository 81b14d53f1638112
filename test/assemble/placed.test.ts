import { describe, expect, it } from 'vitest';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import type { PlacedWord } from '../../pipeline/layout/geometry.ts';
import { layoutPage } from '../../pipeline/layout/page.ts';
import type { Page } from '../../pipeline/page.ts';
import { A4, centre, justify, set } from '../layout/typeset.ts';

const page = (number: number, ...words: PlacedWord[][]): Page => ({
  ...{ number, ...A4, textSource: 'text-layer', quality: 1, engine: null },
  ...layoutPage(words.flat(), [], A4),
});
const told = (...pages: Page[]): string[] => assemblePages(pages).paragraphs.map(({ text }) => text);

/** One line of a table without ruling lines. */
const line = (y: number, cells: string[]): PlacedWord[][] =>
  cells.map((text, column) => set(text, [60, 90, 260, 360, 460][column] ?? 0, y, { size: 11 }));

const HEAD = ['TT', 'Nội dung', 'Cơ quan chủ trì', 'Thời gian', 'Sản phẩm'];
const NAMES = 'TT | Nội dung | Cơ quan chủ trì | Thời gian | Sản phẩm';
const FIRST = [
  ...line(140, ['1', 'Sơn lại cổng trường và', 'Thôn Hạ', 'Quý I', 'Cổng mới']),
  ...line(154, ['', 'tường rào phía đông', '', '', '']),
];
const SECOND = line(176, ['2', 'Vá sân kho của hợp tác', 'Thôn Thượng', 'Quý II', 'Sân phẳng']);

describe('a table without ruling lines', () => {
  it('is told by the names of its columns and the white between them', () => {
    expect(told(page(1, centre('PHỤ LỤC', 297, 90), ...line(118, HEAD), ...FIRST, ...SECOND))).toEqual([
      'PHỤ LỤC',
      NAMES,
      '1 | Sơn lại cổng trường và tường rào phía đông | Thôn Hạ | Quý I | Cổng mới',
      '2 | Vá sân kho của hợp tác | Thôn Thượng | Quý II | Sân phẳng',
    ]);
  });

  it('has group rows, and goes on over a page break without its head', () => {
    const group = set('II. Việc của các thôn làm trong cả năm và của hợp tác xã cùng lo', 60, 80, { size: 11 });
    const rest = [
      ...line(60, ['', 'xã và lối vào', '', '', '']),
      [group].flat(),
      ...line(102, ['1', 'Lát ngõ', 'Thôn Hạ', 'Quý II', 'Ngõ sạch']),
    ];
    expect(told(page(1, ...line(118, HEAD), ...FIRST, ...SECOND), page(2, ...rest)).slice(2)).toEqual([
      '2 | Vá sân kho của hợp tác xã và lối vào | Thôn Thượng | Quý II | Sân phẳng',
      'II. Việc của các thôn làm trong cả năm và của hợp tác xã cùng lo',
      '1 | Lát ngõ | Thôn Hạ | Quý II | Ngõ sạch',
    ]);
  });

  it('ends where a sentence runs over its columns', () => {
    const sentence = 'Trên đây là các việc phải làm, đề nghị các thôn cùng nhau thực hiện cho tốt trong năm nay.';
    const lines = told(page(1, ...line(118, HEAD), ...FIRST, ...SECOND, justify(sentence, 210, 60)));
    expect(lines.at(-1)).toBe(sentence);
    expect(lines).toHaveLength(4);
  });

  it('is none where the columns have no known names', () => {
    const lines = told(page(1, ...line(118, ['TT', 'Cây', 'Giống', 'Diện tích', 'Năm']), ...SECOND));
    expect(lines.some((text) => text.includes(' | '))).toBe(false);
  });
});

describe('a title', () => {
  const bold = (words: PlacedWord[]) => words.map((word) => ({ ...word, bold: true }));
  const body = [150, 168, 186].map((y) => justify('Căn cứ tình hình của các thôn trong xã và ý kiến của bà con', y));

  it('goes on in a centred line where its first one fills the measure', () => {
    const first = 'Sửa sang đường sá, cống rãnh và nhà văn hóa trong năm của xã Đồng';
    const lines = told(page(1, bold(justify(first, 100)), bold(centre('Mây', 312, 118)), ...body));
    expect(lines[0]).toBe(`${first} Mây`);
  });
});
