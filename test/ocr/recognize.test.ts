import { afterAll, describe, expect, it } from 'vitest';
import { markBold } from '../../pipeline/ocr/bold.ts';
import { chooseEngine, type OcrEngine, type OcrWord } from '../../pipeline/ocr/engine.ts';
import { type PixelRect, toGray } from '../../pipeline/ocr/gray.ts';
import { findNative } from '../../pipeline/ocr/native.ts';
import { recognizePage } from '../../pipeline/ocr/recognize-page.ts';
import { lineText, type Page, pageLines } from '../../pipeline/page.ts';
import { drawn, vietnameseFont } from './draw.ts';

const font = vietnameseFont();
const native = await findNative();
const WIDTH = 1000;
const HEIGHT = 700;
const DPI = 200;

const BODY = [
  'Kế hoạch cải cách hành chính năm 2026',
  '- Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98% trở lên.',
  '- Phấn đấu hoàn thành trước ngày 15/01/2026.',
];
const CELLS = [
  ['Số', 'Nội dung', 'Cơ quan chủ trì'],
  ['1', 'Ban hành kế hoạch', 'Phòng Văn hóa'],
];
const RIGHT = [150, 560, 900];

function sheet() {
  return drawn(WIDTH, HEIGHT, DPI, (context) => {
    context.font = `32px "${font}"`;
    for (const [i, line] of BODY.entries()) context.fillText(line, 60, 100 + i * 70);
    context.lineWidth = 2;
    for (const y of [330, 410, 490]) context.strokeRect(60, 330, 840, y - 330 || 1);
    for (const x of RIGHT) context.strokeRect(60, 330, x - 60, 160);
    for (const [row, cells] of CELLS.entries())
      for (const [column, text] of cells.entries()) context.fillText(text, [75, 165, 575][column] ?? 0, 382 + row * 80);
  });
}

function texts(page: Page): string[] {
  return page.items.map((item) =>
    item.kind === 'line' ? lineText(item) : item.cells.map((cell) => cell.lines.map(lineText).join(' ')).join(' | '),
  );
}

describe.skipIf(font === undefined)('a drawn page (skipped where no font with Vietnamese is installed)', () => {
  const engines: OcrEngine[] = [];
  afterAll(() => Promise.all(engines.map((engine) => engine.close())));
  const open = async (option: 'tesseract.js' | 'native') => {
    const engine = await chooseEngine(option);
    engines.push(engine);
    return engine;
  };

  it('is read by tesseract.js, the table cell by cell, twice the same', async () => {
    const engine = await open('tesseract.js');
    const page = await recognizePage(sheet(), 3, engine);
    expect(texts(page)).toEqual([...BODY, CELLS.flat().join(' | ')]);
    expect(page).toMatchObject({ number: 3, width: 360, height: 252, textSource: 'ocr', engine: engine.info });
    expect(engine.info).toMatchObject({ name: 'tesseract.js', data: 'vie 4.0.0_best_int' });
    expect(page.quality).toBeGreaterThan(0.9);
    const [first] = [...pageLines(page)][0]?.words ?? [];
    expect(first?.box?.[0]).toBeCloseTo(60 / WIDTH, 1);
    expect(await recognizePage(sheet(), 3, engine)).toEqual(page);
  });

  it.skipIf(native === null)('is read by the native engine (skipped where none is installed)', async () => {
    const engine = await open('native');
    const page = await recognizePage(sheet(), 1, engine);
    expect(texts(page)).toEqual([...BODY, CELLS.flat().join(' | ')]);
    expect(page.engine).toMatchObject({ name: 'tesseract', version: native });
  });

  it('the stamp of papers that come in is no table and no text', async () => {
    const engine = await open('tesseract.js');
    const stamped = drawn(WIDTH, HEIGHT, DPI, (context) => {
      context.font = `32px "${font}"`;
      context.fillText(BODY[0] ?? '', 60, 600);
      context.lineWidth = 3;
      for (const y of [60, 130, 200]) context.strokeRect(60, 60, 420, y - 60 || 1);
      context.strokeRect(60, 60, 120, 140);
      for (const [text, x, y] of [
        ['ĐẾN', 80, 105],
        ['Số:', 200, 105],
        ['Ngày:', 200, 175],
      ] as const)
        context.fillText(text, x, y);
    });
    const page = await recognizePage(stamped, 1, engine);
    expect(texts(page)).toEqual([BODY[0]]);
    expect(page.regions.map((region) => region.kind)).toEqual(['stamp']);
  });

  it('an empty page has nothing on it', async () => {
    const engine = await open('tesseract.js');
    const page = await recognizePage(
      drawn(WIDTH, HEIGHT, DPI, () => {}),
      1,
      engine,
      { width: 595, height: 842 },
    );
    expect(page).toMatchObject({ items: [], regions: [], quality: 1, width: 595, height: 842 });
  });
});

describe('bold type', () => {
  const words = Array.from({ length: 24 }, (_, i): OcrWord => {
    const [x, y] = [50 + (i % 6) * 150, 100 + Math.floor(i / 6) * 60];
    const rect = { x0: x, y0: y, x1: x + 100, y1: y + 30 };
    return {
      text: i % 6 === 2 ? '-' : 'lll',
      rect,
      baseline: y + 30,
      lineHeight: 36,
      line: Math.floor(i / 6),
      confidence: 0.9,
    };
  });
  const image = toGray(
    drawn(WIDTH, HEIGHT, DPI, (context) => {
      for (const { rect, line } of words)
        for (let x = rect.x0 + 10; x < rect.x1; x += 20) context.fillRect(x, rect.y0, line === 1 ? 6 : 3, 30);
    }),
  );

  it('is known by its strokes, a dash by its line', () => {
    markBold(image, [words]);
    expect(words.filter((word) => word.bold).map((word) => word.line)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe('with words given', () => {
  /** An engine that reads the same words everywhere it is shown ink. */
  const reading = (words: OcrWord[]): OcrEngine => ({
    info: { name: 'fake', version: '1', data: 'none' },
    recognize: async (_, regions) => regions.map(() => words),
    close: async () => {},
  });
  const word = (text: string, x: number, confidence = 0.95, height = 24, line = 0): OcrWord => {
    const rect: PixelRect = { x0: x, y0: 200, x1: x + 16 * text.length, y1: 200 + height };
    return { text, rect, baseline: 200 + height, lineHeight: 30, line, confidence };
  };
  const inked = () => drawn(WIDTH, HEIGHT, DPI, (context) => context.fillRect(100, 200, 300, 20));

  it('a dash at a line’s start becomes "-" in the text and stays in raw', async () => {
    const page = await recognizePage(
      inked(),
      1,
      reading([word('—', 100), word('Xây', 140), word('–', 220), word('dựng', 260)]),
    );
    const [line] = [...pageLines(page)];
    expect(line?.words.map(({ raw, text }) => [raw, text])).toEqual([
      ['—', '-'],
      ['Xây', 'Xây'],
      ['–', '–'],
      ['dựng', 'dựng'],
    ]);
  });

  it('noise is left out', async () => {
    const page = await recognizePage(
      inked(),
      1,
      reading([
        word('Kế', 100),
        word('|', 150),
        word('hoạch', 180, 0.05, 24, 1),
        word('x', 300, 0.9, 4),
        word('~', 900, 0.95, 24, 2),
        word('3', 700, 0.92, 11, 3),
      ]),
    );
    expect(texts(page)).toEqual(['Kế']);
  });

  it('quality is the share of letters read with confidence', async () => {
    const page = await recognizePage(inked(), 1, reading([word('abcdef', 100), word('gh', 300, 0.3)]));
    expect(page.quality).toBe(0.75);
  });
});
