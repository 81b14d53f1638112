import { afterAll, describe, expect, it } from 'vitest';
import { chooseEngine, type OcrEngine } from '../../pipeline/ocr/engine.ts';
import { recognizePage } from '../../pipeline/ocr/recognize-page.ts';
import { lineText } from '../../pipeline/page.ts';
import { drawn, vietnameseFont } from './draw.ts';

const font = vietnameseFont();
const NUMBERS = ['8.', '9.', '10.', '11.', '12.'];
const ROW = 50;
const [LEFT, RIGHT, TOP] = [60, 900, 80];
const COLUMNS = [LEFT, 150, 560, RIGHT];

/** A head of one line and a group's row over all columns: the head's upright lines are as high as its row. */
function table() {
  return drawn(1000, 560, 200, (context) => {
    context.font = `30px "${font}"`;
    context.lineWidth = 2;
    const bottom = TOP + ROW * (NUMBERS.length + 2);
    for (let y = TOP; y <= bottom; y += ROW) context.strokeRect(LEFT, y, RIGHT - LEFT, 1);
    for (const x of COLUMNS) context.strokeRect(x, TOP, 1, ROW);
    for (const x of COLUMNS) context.strokeRect(x, TOP + 2 * ROW, 1, bottom - TOP - 2 * ROW);
    for (const x of [LEFT, RIGHT]) context.strokeRect(x, TOP, 1, bottom - TOP);
    const write = (row: number, texts: string[]) => {
      for (const [i, text] of texts.entries()) context.fillText(text, (COLUMNS[i] ?? 0) + 14, TOP + row * ROW + 36);
    };
    write(0, ['TT', 'Nội dung', 'Cơ quan chủ trì']);
    write(1, ['II. Việc của các thôn']);
    for (const [i, number] of NUMBERS.entries()) write(i + 2, [number, 'Sơn lại cổng trường', 'Thôn Hạ']);
  });
}

describe.skipIf(font === undefined)('numbers alone in their cells (skipped where no font is installed)', () => {
  let engine: OcrEngine | undefined;
  afterAll(() => engine?.close());

  it('are read, and the group by its strokes', async () => {
    engine = await chooseEngine('tesseract.js');
    const { items } = await recognizePage(table(), 1, engine);
    const [found] = items;
    expect(found).toMatchObject({ kind: 'table', columns: 3, rows: NUMBERS.length + 2 });
    const first = found?.kind === 'table' ? found.cells.filter((cell) => cell.column === 0) : [];
    const texts = first.map((cell) => cell.lines.map(lineText).join(' '));
    expect(texts).toEqual(['TT', expect.stringMatching(/^II\.? Việc của các thôn$/), ...NUMBERS]);
  }, 60_000);
});
