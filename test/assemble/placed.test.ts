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

/** Full lines of a body, the first of them at `y`. */
const body = (y: number): PlacedWord[][] =>
  [y, y + 18, y + 36].map((at) => justify('Căn cứ tình hình của các thôn trong xã và ý kiến của bà con', at));

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

  it('has rows whose numbers stand in the middle of their height', () => {
    const tall = (y: number, no: string, task: string[], lead: string[]): PlacedWord[][] => [
      ...line(y, ['', task[0] ?? '', '', '', '']),
      ...line(y + 7, [no, '', lead[0] ?? '', 'Quý I', 'Sạch']),
      ...line(y + 14, ['', task[1] ?? '', '', '', '']),
    ];
    const rows = [
      ...tall(140, '1', ['Sơn lại cổng trường và', 'tường rào'], ['Thôn Hạ']),
      ...tall(174, '2', ['Vá sân kho của hợp tác', 'xã cũ'], ['Thôn Thượng']),
      ...tall(208, '3', ['Trồng hàng cây dọc', 'con mương'], ['Thôn Trung']),
    ];
    expect(told(page(1, ...line(118, HEAD), ...rows)).slice(1)).toEqual([
      '1 | Sơn lại cổng trường và tường rào | Thôn Hạ | Quý I | Sạch',
      '2 | Vá sân kho của hợp tác xã cũ | Thôn Thượng | Quý I | Sạch',
      '3 | Trồng hàng cây dọc con mương | Thôn Trung | Quý I | Sạch',
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

  it('goes on in a centred line where its first one fills the measure', () => {
    const first = 'Sửa sang đường sá, cống rãnh và nhà văn hóa trong năm của xã Đồng';
    const lines = told(page(1, bold(justify(first, 100)), bold(centre('Mây', 312, 118)), ...body(150)));
    expect(lines[0]).toBe(`${first} Mây`);
  });

  it('has its remark in parentheses as one paragraph, though the line that closes it begins with a name', () => {
    const remark = '(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/02/2026 của Ủy ban nhân dân xã';
    const lines = told(
      page(
        1,
        centre('Sửa sang đường sá', 297, 80),
        justify(remark, 100, 60),
        centre('Đồng Mây)', 297, 118),
        ...body(150),
      ),
    );
    expect(lines.slice(0, 2)).toEqual(['Sửa sang đường sá', `${remark} Đồng Mây)`]);
  });
});

describe('the letterhead', () => {
  it('has its date on one line where its column is too narrow for it', () => {
    const lines = told(
      page(
        1,
        ...[centre('ỦY BAN NHÂN DÂN', 150, 60), centre('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 420, 60)],
        ...[centre('XÃ ĐỒNG MÂY', 150, 76), centre('Độc lập - Tự do - Hạnh phúc', 420, 76)],
        ...[centre('Số: 12/KH-UBND', 150, 96), centre('Đồng Mây, ngày 11 tháng 02', 420, 96)],
        centre('năm 2026', 420, 110),
        ...body(150),
      ),
    );
    expect(lines).toContain('Đồng Mây, ngày 11 tháng 02 năm 2026');
  });
});

describe('a form behind the signature', () => {
  it('does not go on the name above it, and has its fields before its name at the right', () => {
    const form = [
      ...[set('Thôn:', 60, 60), set('Mẫu số 2', 440, 60), set('Xóm:', 60, 78)],
      ...[centre('DANH SÁCH HỘ', 297, 110), ...body(150)],
    ];
    const lines = told(page(1, ...body(60), set('Đặng Thị Hồng Nhung Tuyết', 380, 300)), page(2, ...form));
    expect(lines.slice(-8, -3)).toEqual(['Đặng Thị Hồng Nhung Tuyết', 'Thôn:', 'Xóm:', 'Mẫu số 2', 'DANH SÁCH HỘ']);
  });

  it('nor does a sentence go on a name that stands aside', () => {
    const lines = told(
      page(1, ...body(60), set('Đặng Thị Hồng Nhung Tuyết', 380, 300)),
      page(2, set('Thôn Hạ: Lát ngõ', 60, 60), ...body(90)),
    );
    expect(lines).toContain('Đặng Thị Hồng Nhung Tuyết');
  });
});
