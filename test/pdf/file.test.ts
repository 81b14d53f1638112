import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { degrees, PDFDocument, popGraphicsState, pushGraphicsState, translate } from 'pdf-lib';
import { describe, expect, test, vi } from 'vitest';
import { PlanError } from '../../output/issues.ts';
import { type Line, lineText, pageLines } from '../../pipeline/page.ts';
import { openPdf, type ReadPage } from '../../pipeline/pdf/file.ts';
import { outline } from '../layout/typeset.ts';
import { ENCRYPTED, makePdf, picture, save, TEXT, write } from './make.ts';

const TCVN3 = fileURLToPath(new URL('../../corpus/scans/tcvn3/son-huan.pdf', import.meta.url));

async function readFirst(path: string): Promise<ReadPage> {
  const pdf = await openPdf(path);
  try {
    return await pdf.readPage(1);
  } finally {
    await pdf.close();
  }
}

const codeOf = async (path: string) => {
  const error = await openPdf(path).catch((reason: unknown) => reason);
  return error instanceof PlanError ? [error.stage, error.code, error.message.includes('\n')] : error;
};

describe('openPdf', () => {
  test('words of a TCVN3 face are whole where pdf.js leaves its letter ư out', async () => {
    const { page } = await readFirst(TCVN3);
    const text = [...pageLines(page)].map(lineText).join('\n');
    expect(text).toContain('được khắc phục trước ngày');
    expect(text).toContain('bố trí người làm');
    expect(text).toContain('Tham mưu thành lập');
    expect(text).toContain('- Lưu: VT.');
  });

  test('words with their places, styles and sizes', async () => {
    const path = await makePdf((pen) => {
      write(pen, 700, 3);
      pen.page.drawText('Ke hoach', { x: 100, y: 742, size: 16, font: pen.bold });
    });
    const { page, needsRecognition } = await readFirst(path);
    expect(needsRecognition).toBe(false);
    expect(page).toMatchObject({ number: 1, width: 595, height: 842, textSource: 'text-layer', engine: null });
    const [first, second] = [...pageLines(page)] as [Line, Line];
    expect(first).toMatchObject({
      size: 16,
      words: [{ raw: 'Ke', text: 'Ke', bold: true, confidence: 1 }, { text: 'hoach' }],
    });
    expect(second.words[0]).not.toHaveProperty('bold');
    const [x0 = 0, y0 = 0, , y1 = 0] = first.words[0]?.box ?? [];
    expect(x0 * 595).toBeCloseTo(100, 0);
    expect(y0 * 842).toBeLessThan(842 - 742 - 8);
    expect(y1 * 842).toBeGreaterThan(842 - 742);
    expect(lineText(second)).toBe(TEXT.slice(0, 80).trim());
  });

  test('a word drawn in pieces is one, a gap without a space parts two, a shadow is not read twice', async () => {
    const path = await makePdf(({ page, font, bold }) => {
      page.drawText('Ph', { x: 100, y: 700, size: 14, font });
      page.drawText('uong', { x: 100 + font.widthOfTextAtSize('Ph', 14), y: 700, size: 14, font: bold });
      page.drawText('xa', { x: 100 + font.widthOfTextAtSize('Phuong', 14) + 8, y: 700, size: 14, font });
      page.drawText('xa', { x: 100.4 + font.widthOfTextAtSize('Phuong', 14) + 8, y: 700, size: 14, font });
    });
    expect(outline((await readFirst(path)).page)).toEqual(['Phuong xa']);
  });

  test('a turned page is read upright', async () => {
    const path = await makePdf(({ page, font }) => {
      page.setRotation(degrees(90));
      page.drawText('Phu luc', { x: 60, y: 100, size: 14, font, rotate: degrees(90) });
    });
    const { page } = await readFirst(path);
    expect([page.width, page.height]).toEqual([842, 595]);
    const box = [...pageLines(page)][0]?.box ?? [0, 0, 0, 0];
    expect(box[0] * 842).toBeCloseTo(100, 0);
    expect(box[3] * 595).toBeCloseTo(60 + 0.22 * 14, 0);
  });

  test.each(['strokes', 'strips', 'dots', 'moved by a matrix'])('a table ruled by %s', async (manner) => {
    const path = await makePdf((pen) => {
      const { page, font } = pen;
      write(pen, 780, 2);
      const [shiftX, shiftY] = manner === 'moved by a matrix' ? [30, -20] : [0, 0];
      page.pushOperators(pushGraphicsState(), translate(shiftX, shiftY));
      const rule = (x0: number, y0: number, x1: number, y1: number) => {
        if (manner === 'strips') page.drawRectangle({ x: x0, y: y0, width: x1 - x0 || 0.7, height: y1 - y0 || 0.7 });
        else if (manner === 'dots')
          for (let at = 0; at <= Math.max(x1 - x0, y1 - y0); at += 2)
            page.drawRectangle({ x: Math.min(x0 + at, x1), y: Math.min(y0 + at, y1), width: 1, height: 1 });
        else page.drawLine({ start: { x: x0, y: y0 }, end: { x: x1, y: y1 }, thickness: 0.5 });
      };
      for (const y of [700, 660, 640, 600]) rule(80, y, 500, y);
      for (const x of [80, 500]) rule(x, 600, x, 700);
      for (const x of [120, 380]) {
        rule(x, 660, x, 700);
        rule(x, 600, x, 640);
      }
      for (const [text, x, y] of [
        ['TT', 90, 685],
        ['Noi dung', 130, 685],
        ['cong viec', 130, 668],
        ['San pham', 390, 685],
        ['I. Chi dao, dieu hanh', 90, 646],
        ['1', 90, 620],
        ['Ban hanh ke hoach', 130, 620],
      ] as const)
        page.drawText(text, { x, y, size: 12, font });
      page.pushOperators(popGraphicsState());
    });
    const { page } = await readFirst(path);
    const tables = page.items.filter((item) => item.kind === 'table');
    expect(tables).toHaveLength(1);
    expect(tables[0]).toMatchObject({ rows: 3, columns: 3 });
    expect(outline({ items: tables, regions: [] })).toEqual([
      '[0,0] TT',
      '[0,1] Noi dung / cong viec',
      '[0,2] San pham',
      '[1,0] I. Chi dao, dieu hanh',
      '[2,0] 1',
      '[2,1] Ban hanh ke hoach',
      '[2,2] ',
    ]);
  });

  test('a number filled into its blank as a form field is a word, a stamp is a region', async () => {
    const path = await makePdf((pen) => {
      write(pen, 700, 3);
      pen.page.drawText('So:', { x: 100, y: 760, size: 13, font: pen.font });
      pen.page.drawText('/KH-UBND', { x: 160, y: 760, size: 13, font: pen.font });
      const form = pen.document.getForm();
      const number = form.createTextField('number');
      number.setText('12');
      number.addToPage(pen.page, { x: 124, y: 756, width: 32, height: 16, borderWidth: 0, font: pen.font });
      const stamp = form.createTextField('stamp');
      stamp.enableMultiline();
      stamp.setText('Ky boi: Uy ban nhan dan xa\nThoi gian ky: 24/01/2026 14:23:43');
      stamp.addToPage(pen.page, { x: 380, y: 790, width: 200, height: 45, font: pen.font });
    });
    const { page } = await readFirst(path);
    expect(outline(page)[0]).toBe('So: 12 /KH-UBND');
    expect(page.items).toHaveLength(4);
    expect(page.regions).toMatchObject([{ kind: 'stamp', text: expect.stringContaining('24/01/2026') }]);
  });

  test('marks of the next page that bleed over the break are no text', async () => {
    const path = await makePdf((pen) => {
      write(pen, 700, 3);
      pen.page.drawText('À', { x: 300, y: 60, size: 14, font: pen.font });
    });
    expect((await readFirst(path)).page.items).toHaveLength(3);
  });

  test('a scan needs recognition and gives its own image', async () => {
    const path = await makePdf(async ({ document, page }) => {
      page.drawImage(await document.embedPng(picture(1240, 1754)), { x: 0, y: 0, width: 595, height: 842 });
    });
    const pdf = await openPdf(path);
    expect(await pdf.readPage(1)).toMatchObject({ needsRecognition: true, page: { items: [], quality: 0 } });
    const image = await pdf.pageImage(1);
    expect([image.width, image.height, image.dpi]).toEqual([1240, 1754, 150]);
    expect(image.data).toHaveLength(1240 * 1754 * image.channels);
    const pixel = (x: number, y: number) => image.data[(y * image.width + x) * image.channels];
    expect([pixel(10, 10), pixel(1200, 10), pixel(10, 1700)]).toEqual([0, 255, 255]);
    await pdf.close();
  });

  test('a drawn page is rendered at 200 dpi, within the limit of pixels', async () => {
    const path = await makePdf((pen) => {
      write(pen, 700, 3);
      pen.page.drawRectangle({ x: 0, y: 421, width: 297, height: 421 });
    });
    const pdf = await openPdf(path);
    const image = await pdf.pageImage(1);
    expect([image.width, image.height, image.channels, image.dpi]).toEqual([1652, 2338, 4, 200]);
    expect([image.data[0], image.data[4 * 1600]]).toEqual([0, 255]);
    await pdf.close();
    const small = await openPdf(path, { maxRenderPixels: 100_000 });
    const { width, height } = await small.pageImage(1);
    expect(width * height).toBeLessThanOrEqual(100_000);
    await small.close();
  });

  test('a picture in a text page does not call for recognition, an empty page neither', async () => {
    const path = await makePdf(async (pen) => {
      write(pen, 750, 5);
      pen.page.drawImage(await pen.document.embedPng(picture(100, 100)), { x: 85, y: 300, width: 200, height: 200 });
    });
    expect((await readFirst(path)).needsRecognition).toBe(false);
    expect(await readFirst(await makePdf(() => {}))).toMatchObject({ needsRecognition: false, page: { items: [] } });
  });

  test('what cannot be opened is said in one line', async () => {
    expect(await codeOf(await save(ENCRYPTED))).toEqual(['read', 'encrypted', false]);
    expect(await codeOf(await save('no PDF at all'))).toEqual(['read', 'damaged', false]);
    expect(await codeOf(await save(''))).toEqual(['read', 'damaged', false]);
    const whole = await readFile(await makePdf((pen) => write(pen, 700, 3)));
    expect(await codeOf(await save(whole.subarray(0, 300)))).toEqual(['read', 'damaged', false]);
  });

  test('a file without its end is damaged, though its pages can be read', async () => {
    const document = await PDFDocument.create();
    for (const text of ['trang mot', 'trang hai'])
      document.addPage([595, 842]).drawText(text, { x: 85, y: 700, size: 14 });
    const whole = await document.save({ useObjectStreams: false });
    const pdf = await openPdf(await save(whole.subarray(0, whole.length - 20)));
    expect([pdf.damaged, pdf.pageCount]).toEqual([true, 2]);
    expect(outline((await pdf.readPage(2)).page)).toEqual(['trang hai']);
    await pdf.close();
    const intact = await openPdf(await save(whole));
    expect(intact.damaged).toBe(false);
    await expect(intact.readPage(3)).rejects.toMatchObject({ code: 'page-unreadable', page: 3 });
    await intact.close();
  });

  test('nothing is printed', async () => {
    const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(console, 'log')];
    await readFirst(await makePdf((pen) => write(pen, 700, 3)));
    await codeOf(await save('no PDF at all'));
    expect(out).not.toHaveBeenCalled();
    expect(err).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

test('a plan set by a browser: every word of the true text, in its order', async () => {
  const pdf = await openPdf('corpus/plans/thach-lang.pdf');
  const words: string[] = [];
  for (let number = 1; number <= pdf.pageCount; number++)
    for (const line of pageLines((await pdf.readPage(number)).page)) words.push(...lineText(line).split(' '));
  await pdf.close();
  const truth = await readFile('corpus/gold/thach-lang/text.txt', 'utf8');
  // The table's head is printed again on its second page, and stands once in the truth.
  const head = words.lastIndexOf('TT');
  const again = words.slice(words.indexOf('TT'), words.indexOf('I.', words.indexOf('TT')));
  expect(words.slice(head, head + again.length)).toEqual(again);
  words.splice(head, again.length);
  expect(words).toEqual(truth.replaceAll('|', ' ').split(/\s+/).filter(Boolean));
});
