import { afterAll, describe, expect, it } from 'vitest';
import { settleBlanks } from '../../pipeline/ocr/blanks.ts';
import { columnsOf, readColumns } from '../../pipeline/ocr/columns.ts';
import { chooseEngine, type OcrWord } from '../../pipeline/ocr/engine.ts';
import { toGray } from '../../pipeline/ocr/gray.ts';
import { drawn, vietnameseFont } from './draw.ts';

const font = vietnameseFont();
const DPI = 200;

/** Words side by side on one line, 12 pixels a letter; `text{40}` is read with a confidence of 0.4. */
function line(text: string, number = 0): OcrWord[] {
  let x = 60;
  return text.split(' ').map((part) => {
    const [, word = '', percent = '96'] = /^(.*?)(?:\{(\d+)\})?$/.exec(part) ?? [];
    const rect = { x0: x, y0: 70, x1: x + word.length * 12, y1: 110 };
    x = rect.x1 + 12;
    return { text: word, rect, baseline: 102, lineHeight: 40, line: number, confidence: Number(percent) / 100 };
  });
}

describe.skipIf(font === undefined)(
  'blanks of the form (skipped where no font with Vietnamese is installed)',
  async () => {
    const engine = await chooseEngine('auto');
    afterAll(() => engine.close());
    const sheet = (text: string) =>
      toGray(
        drawn(900, 200, DPI, (context) => {
          context.font = `32px "${font}"`;
          context.fillText(text, 60, 102);
        }),
      );
    const settled = async (printed: string, read: string) => {
      const { lines, left } = await settleBlanks(sheet(printed), [line(read)], engine);
      return { text: lines.flatMap((words) => words.map((word) => word.text)).join(' '), left: left.length };
    };

    it('an entry that all readings tell alike stays, however unsure', async () => {
      expect(await settled('Số: 123/KH-UBND', 'Số: 123/KH-UBND{40}')).toEqual({ text: 'Số: 123/KH-UBND', left: 0 });
    });

    it.each([
      ['a number that the readings tell differently', 'Số: 723/KH-UBND', 'Số: 123{40} /KH-UBND', 'Số: /KH-UBND'],
      ['strokes run together with the form', 'Số:      /KH-UBND', 'sá:?(84|/KH-UBND{0}', 'Số: /KH-UBND'],
      [
        'a day',
        'Lâm Hà, ngày    tháng 11 năm 2025',
        'Lâm Hà, ngày Í7tháng{60} 11 năm 2025',
        'Lâm Hà, ngày tháng 11 năm 2025',
      ],
    ])('%s is left out', async (_, printed, read, expected) => {
      expect(await settled(printed, read)).toEqual({ text: expected, left: 1 });
    });

    it.each([
      'Số: 12/KH-UBND',
      'Số: /KH-UBND',
      'Quyết định số 1074/QĐ-BXD{40} ngày 01 tháng 02 năm 2025 của Bộ',
      'số 16/CT-TTg{50} ngày 20/5/2024 của Thủ tướng Chính phủ',
    ])('%s is no doubtful blank', async (read) => {
      const words = read.replaceAll(/\{\d+\}/g, '');
      expect(await settled('khác hẳn', read)).toEqual({ text: words, left: 0 });
    });

    it('initials behind the closing mark are left out', async () => {
      expect(await settled('', 'và thực hiện./.ww{50} cm{80}')).toEqual({ text: 'và thực hiện./.', left: 1 });
    });

    it('a column that was read unsurely is read by itself', async () => {
      const page = toGray(
        drawn(1400, 400, DPI, (context) => {
          context.font = `28px "${font}"`;
          for (const [i, text] of ['Nơi nhận:', '- Như trên;', '- Sở Nội vụ.'].entries())
            context.fillText(text, 60, 80 + i * 60);
          context.fillText('CHỦ TỊCH', 900, 110);
        }),
      );
      const left = { x0: 0, y0: 40, x1: 600, y1: 260 };
      const right = { x0: 600, y0: 40, x1: 1400, y1: 260 };
      const sure = line('CHỦ').map((word) => ({ ...word, rect: { x0: 900, y0: 80, x1: 1000, y1: 115 } }));
      const read = await readColumns(page, [[...line('Nchj trủn{30}'), ...sure]], [[left], [right]], engine);
      expect(read[0]).toEqual(sure);
      expect(read[1]?.map((word) => word.text).join(' ')).toBe('Nơi nhận: - Như trên; - Sở Nội vụ.');
    });
  },
);

it('columns are told by the white between lines that stand beside each other', () => {
  const row = (x0: number, y0: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ x0: x0 + i * 8, y0, x1: x0 + i * 8 + 6, y1: y0 + 9 }));
  const body = [200, 220, 240].map((y) => row(60, y, 60));
  const head = [row(60, 100, 20), row(60, 120, 15), row(330, 104, 28), row(330, 126, 24)];
  const columns = columnsOf([...head, ...body], 595);
  expect(columns).toHaveLength(2);
  expect(columns[0]).toMatchObject({ x0: 0, x1: columns[1]?.x0 });
  expect(columns[0]?.x1).toBeGreaterThan(220);
  expect(columns[0]?.x1).toBeLessThan(330);
  expect(columns[1]?.y1).toBeLessThan(200);
  expect(columnsOf(body, 595)).toEqual([]);
});
