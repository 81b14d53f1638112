import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlacedWord } from '../../pipeline/layout/geometry.ts';
import { gridsFromRulings } from '../../pipeline/layout/grid.ts';
import { layoutPage } from '../../pipeline/layout/page.ts';
import { lineText, pageLines } from '../../pipeline/page.ts';
import { A4, centre, jitter, justify, outline, paragraph, set } from './typeset.ts';

const layout = (...words: PlacedWord[][]) => layoutPage(words.flat(), [], A4);

const letterhead = [
  centre('ỦY BAN NHÂN DÂN', 160, 60, { size: 13 }),
  centre('XÃ ĐỒNG MÂY', 160, 76, { size: 13 }),
  centre('Số: 12/KH-UBND', 160, 98, { size: 13 }),
  centre('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 412, 60, { size: 12.5 }),
  centre('Độc lập - Tự do - Hạnh phúc', 412, 77),
  centre('Đồng Mây, ngày 14 tháng 01 năm 2026', 412, 99),
];
const letterheadLines = [
  'left: ỦY BAN NHÂN DÂN',
  'left: XÃ ĐỒNG MÂY',
  'left: Số: 12/KH-UBND',
  'right: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'right: Độc lập - Tự do - Hạnh phúc',
  'right: Đồng Mây, ngày 14 tháng 01 năm 2026',
];
const title = [centre('KẾ HOẠCH', 312, 130), centre('Cải cách hành chính năm 2026', 312, 147)];

const signature = (y: number) => [
  set('Nơi nhận:', 85, y, { size: 12 }),
  ...['- Sở Nội vụ;', '- TT Đảng ủy, HĐND xã;', '- Các cơ quan, đơn vị;', '- Lưu: VT.'].map((text, index) =>
    set(text, 85, y + 14 + index * 13, { size: 11 }),
  ),
  centre('TM. ỦY BAN NHÂN DÂN', 430, y + 3),
  centre('CHỦ TỊCH', 430, y + 21),
];
const signatureLines = [
  'left: Nơi nhận:',
  'left: - Sở Nội vụ;',
  'left: - TT Đảng ủy, HĐND xã;',
  'left: - Các cơ quan, đơn vị;',
  'left: - Lưu: VT.',
];

describe('layoutPage', () => {
  test('a number alone far below the text is the page’s, whatever the sheet’s margin', () => {
    const { items, regions } = layout(paragraph(100, 6), centre('4', 297, 710));
    expect(outline({ items, regions: [] })).toHaveLength(6);
    expect(regions).toMatchObject([{ kind: 'page-number', text: '4' }]);
    expect(layout(paragraph(600, 5), centre('4', 297, 718)).regions).toEqual([]);
  });

  test('words of one line of the engine stay in it, however high their boxes are drawn', () => {
    const [first, second] = [set('tỷ lệ TTHC trực tuyến', 85, 100), set('được giải quyết đúng hạn', 85, 120)];
    const told = (words: PlacedWord[], line: number) => words.map((word) => ({ ...word, line }));
    const tall = told(first, 1).map((word, i) =>
      i === 2 ? { ...word, rect: { ...word.rect, y0: 95, y1: 124 } } : word,
    );
    expect(outline(layout(tall, told(second, 2)))).toEqual(['tỷ lệ TTHC trực tuyến', 'được giải quyết đúng hạn']);
  });

  test('an empty page', () => {
    expect(layoutPage([], [], A4)).toEqual({ items: [], regions: [] });
  });

  test('a letterhead in two columns, then the centred title and the body', () => {
    const { items } = layout(...letterhead, ...title, paragraph(170, 6));
    const lines = outline({ items, regions: [] });
    expect(lines.slice(0, 8)).toEqual([...letterheadLines, 'KẾ HOẠCH', 'Cải cách hành chính năm 2026']);
    expect(lines.slice(8).every((line) => !line.startsWith('left') && !line.startsWith('right'))).toBe(true);
    expect(lines).toHaveLength(14);
  });

  test('a letterhead whose first row leaves a narrow gutter, with blanks left open', () => {
    const { items } = layout(
      centre('ỦY BAN NHÂN DÂN PHƯỜNG A', 150, 60, { size: 13 }),
      centre('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 420, 60, { size: 13 }),
      set('Số:', 100, 98),
      set('/KH-UBND', 160, 98),
      centre('Độc lập - Tự do - Hạnh phúc', 420, 77),
      set('Đồng Mây, ngày', 320, 98),
      set('tháng', 456, 98),
      set('năm 2026', 524, 98),
      ...title,
    );
    expect(outline({ items, regions: [] })).toEqual([
      'left: ỦY BAN NHÂN DÂN PHƯỜNG A',
      'left: Số: /KH-UBND',
      'right: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'right: Độc lập - Tự do - Hạnh phúc',
      'right: Đồng Mây, ngày tháng năm 2026',
      'KẾ HOẠCH',
      'Cải cách hành chính năm 2026',
    ]);
  });

  test('a word whose box reaches into the next row stays in its own', () => {
    const first = set('ỦY BAN NHÂN DÂN', 100, 60, { size: 12 });
    const second = set('XÃ ĐỒNG MÂY', 106, 74, { size: 12 });
    const tall = first.map((word, index) => (index === 0 ? { ...word, rect: { ...word.rect, y1: 71 } } : word));
    const { items } = layout(tall, second);
    expect(outline({ items, regions: [] })).toEqual(['ỦY BAN NHÂN DÂN', 'XÃ ĐỒNG MÂY']);
  });

  test('recipients beside the signature, whose name may stand above or below their last line', () => {
    for (const name of [48, 130]) {
      const { items } = layout(
        paragraph(100, 3),
        set('như sau./.', 85, 154),
        ...signature(180),
        centre('Lê Minh Khôi', 430, 180 + name),
      );
      expect(outline({ items, regions: [] }).slice(3)).toEqual([
        'như sau./.',
        ...signatureLines,
        'right: TM. ỦY BAN NHÂN DÂN',
        'right: CHỦ TỊCH',
        'right: Lê Minh Khôi',
      ]);
    }
  });

  test('an addressee with an indented list is body', () => {
    const { items } = layout(
      ...letterhead,
      set('Kính gửi:', 215, 140),
      set('- Các sở, ban, ngành;', 260, 158),
      set('- Ủy ban nhân dân các xã.', 260, 176),
      paragraph(210, 4),
    );
    const lines = outline({ items, regions: [] });
    expect(lines.slice(0, 9)).toEqual([
      ...letterheadLines,
      'Kính gửi:',
      '- Các sở, ban, ngành;',
      '- Ủy ban nhân dân các xã.',
    ]);
  });

  test('a short justified line before the signature is body', () => {
    const short = justify('như trên thực hiện nghiêm túc', 154);
    const { items } = layout(paragraph(100, 3), short, ...signature(180), centre('Lê Minh Khôi', 430, 250));
    expect(outline({ items, regions: [] }).slice(3, 5)).toEqual(['như trên thực hiện nghiêm túc', 'left: Nơi nhận:']);
  });

  test('justified text with wide gaps is one column', () => {
    const wide = ['các cơ quan, đơn vị', 'tổ chức thực hiện tốt', 'nhiệm vụ được giao', 'trong năm kế hoạch'];
    const { items } = layout(...wide.map((text, index) => set(text, 85, 300 + index * 18, { space: 26 })));
    expect(outline({ items, regions: [] })).toEqual(wide);
  });

  test('page numbers go to the regions, a lone number in the body stays', () => {
    for (const number of ['2', '- 2 -', '2/12', 'Trang 2']) {
      const { items, regions } = layout(centre(number, 312, 44, { size: 13 }), set('2', 99, 90), paragraph(110, 3));
      expect(regions).toEqual([{ kind: 'page-number', box: expect.any(Array), text: number }]);
      expect(outline({ items, regions })[0]).toBe('2');
      expect(items).toHaveLength(4);
    }
    expect(layout(paragraph(110, 3), centre('7', 312, 815)).regions).toHaveLength(1);
  });

  test('a page number that an engine read as letters, but no short last line of a paragraph', () => {
    const read = (x: number, y: number, text: string) => set(text, x, y).map((word) => ({ ...word, confidence: 0.7 }));
    expect(layout(read(300, 40, '1U"'), paragraph(100, 3)).regions).toMatchObject([{ kind: 'page-number' }]);
    expect(layout(set('Xã', 300, 40), paragraph(100, 3)).regions).toEqual([]);
    expect(layout(paragraph(100, 3), read(85, 800, 'xã.')).regions).toEqual([]);
  });

  test('dirt in the margin does not hide the page number', () => {
    const { regions, items } = layout(set(':', 400, 30), centre('24', 312, 44), paragraph(110, 3));
    expect(regions.map((region) => region.text)).toEqual(['24']);
    expect(items).toHaveLength(4);
  });

  test('a title that is a little off the middle is no part of the letterhead above it', () => {
    const { items } = layout(...letterhead, centre('KẾ HOẠCH', 329, 130), paragraph(170, 3));
    expect(outline({ items, regions: [] })[6]).toBe('KẾ HOẠCH');
  });

  test('super- and subscripts stay in their line', () => {
    const { items } = layout(
      set('diện tích 120 km', 85, 100),
      set('2', 190, 94, { size: 8 }),
      set('đất và CO', 200, 100),
      set('2', 260, 103, { size: 8 }),
      set('khác', 270, 100),
      paragraph(118, 2),
    );
    expect(outline({ items, regions: [] })[0]).toBe('diện tích 120 km 2 đất và CO 2 khác');
  });

  test('cells hold their lines; text above and below keeps its place; empty frames are dropped', () => {
    const rulings = [
      ...[100, 125, 165].map((at) => ({ horizontal: true, at, from: 80, to: 400 })),
      ...[80, 120, 400].map((at) => ({ horizontal: false, at, from: 100, to: 165 })),
      ...[600, 650].map((at) => ({ horizontal: true, at, from: 80, to: 400 })),
      ...[80, 120, 400].map((at) => ({ horizontal: false, at, from: 600, to: 650 })),
    ];
    const words = [
      set('Danh mục', 85, 90),
      set('TT', 85, 116),
      set('Nội dung', 125, 116),
      set('1', 85, 140),
      set('Ban hành kế hoạch', 125, 140),
      set('của xã', 125, 156),
      set('Ghi chú', 85, 185),
    ];
    const result = layoutPage(words.flat(), gridsFromRulings(rulings), A4);
    expect(outline(result)).toEqual([
      'Danh mục',
      '[0,0] TT',
      '[0,1] Nội dung',
      '[1,0] 1',
      '[1,1] Ban hành kế hoạch / của xã',
      'Ghi chú',
    ]);
  });

  test('a worn scan: skewed by 0.3 degrees, boxes of ink off by up to 2 points', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.integer(), (clockwise, seed) => {
        const slope = Math.tan((0.3 * Math.PI) / 180) * (clockwise ? 1 : -1);
        const off = jitter(seed);
        const words = [...letterhead, ...title, paragraph(170, 5), ...signature(300), centre('Lê Minh Khôi', 430, 420)]
          .flat()
          .map(({ baseline: _, ...word }) => {
            const lift = slope * word.rect.x0;
            return {
              ...word,
              rect: {
                x0: word.rect.x0 + off(1),
                x1: word.rect.x1 + off(1),
                y0: word.rect.y0 + 2 + lift + off(2),
                y1: word.rect.y1 - 2 + lift + off(2),
              },
            };
          });
        const lines = outline(layoutPage(words, [], A4));
        expect(lines.slice(0, 8)).toEqual([...letterheadLines, 'KẾ HOẠCH', 'Cải cách hành chính năm 2026']);
        expect(lines.slice(13)).toEqual([
          ...signatureLines,
          'right: TM. ỦY BAN NHÂN DÂN',
          'right: CHỦ TỊCH',
          'right: Lê Minh Khôi',
        ]);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test('no word is lost or doubled, and every box is a box', () => {
    const word = fc.record({
      text: fc.stringMatching(/^[a-zà-ỹ0-9]{1,8}$/),
      x: fc.double({ min: -20, max: 600, noNaN: true }),
      y: fc.double({ min: -20, max: 860, noNaN: true }),
      width: fc.double({ min: 0.5, max: 120, noNaN: true }),
      size: fc.double({ min: 4, max: 30, noNaN: true }),
    });
    const rulings = [
      ...[200, 300, 420].map((at) => ({ horizontal: true, at, from: 80, to: 500 })),
      ...[80, 250, 500].map((at) => ({ horizontal: false, at, from: 200, to: 420 })),
    ];
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.boolean(), (placed, table) => {
        const words = placed.map(({ text, x, y, width, size }) => ({
          text,
          rect: { x0: x, y0: y, x1: x + width, y1: y + size },
          size,
          confidence: 1,
        }));
        const { items, regions } = layoutPage(words, table ? gridsFromRulings(rulings) : [], A4);
        const page = { items, regions } as Parameters<typeof pageLines>[0];
        const read = [...pageLines(page)].map(lineText).concat(regions.map((region) => region.text ?? ''));
        expect(read.join(' ').split(' ').filter(Boolean).sort()).toEqual(words.map(({ text }) => text).sort());
        for (const line of pageLines(page)) {
          for (const box of [line.box, ...line.words.map(({ box: own }) => own)]) {
            const [x0, y0, x1, y1] = box ?? [0, 0, 0, 0];
            expect(x0 >= 0 && x0 < x1 && x1 <= 1 && y0 >= 0 && y0 < y1 && y1 <= 1).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
