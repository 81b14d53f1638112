import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { lineText, pageLines } from '../../pipeline/page.ts';
import { openPdf } from '../../pipeline/pdf/file.ts';
import { save } from './make.ts';

/** Three pages with a word each; `packed`: as object streams, as new programs write. */
async function threePages(packed: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (const word of ['Trang mot', 'Trang hai', 'Trang ba'])
    document.addPage([595, 842]).drawText(word, { x: 85, y: 700, size: 14, font });
  return document.save({ useObjectStreams: packed });
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

async function textOf(bytes: Uint8Array): Promise<string[]> {
  const pdf = await openPdf(await save(bytes));
  try {
    expect(pdf.damaged).toBe(true);
    const pages: string[] = [];
    for (let number = 1; number <= pdf.pageCount; number++) {
      const { page } = await pdf.readPage(number);
      pages.push([...pageLines(page)].map(lineText).join(' '));
    }
    return pages;
  } finally {
    await pdf.close();
  }
}

describe('a PDF whose end is lost', () => {
  test.each([true, false])('has the pages that are there (packed: %s)', async (packed) => {
    const whole = await threePages(packed);
    // The list of places, and the objects that say where the pages are.
    const end = packed ? latin(whole).lastIndexOf('/XRef') : latin(whole).indexOf('xref\n');
    expect(await textOf(whole.subarray(0, end - 8))).toEqual(['Trang mot', 'Trang hai', 'Trang ba']);
  });

  test('has the pages whose list is lost too', async () => {
    const text = latin(await threePages(false)).replace(/\/Type \/(Pages|Catalog)/g, '/Type /Lost');
    const cut = text.slice(0, text.indexOf('xref\n') + 60);
    expect(await textOf(Buffer.from(cut, 'latin1'))).toEqual(['Trang mot', 'Trang hai', 'Trang ba']);
  });
});
