import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from 'pdf-lib';
import { tempFolder } from '../temp.ts';

export const TEXT =
  'Uy ban nhan dan xa ban hanh Ke hoach cai cach hanh chinh nha nuoc nam 2026 tren dia ban xa voi cac noi dung cu the sau';

export interface Pen {
  document: PDFDocument;
  page: PDFPage;
  font: PDFFont;
  bold: PDFFont;
}

/** The path of a one-page A4 PDF (points from the bottom left, as PDF counts). */
export async function makePdf(draw: (pen: Pen) => void | Promise<void>): Promise<string> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const font = await document.embedFont(StandardFonts.TimesRoman);
  const bold = await document.embedFont(StandardFonts.TimesRomanBold);
  await draw({ document, page, font, bold });
  return save(await document.save());
}

const folder = tempFolder();
let count = 0;

export async function save(bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, `${++count}.pdf`);
  await writeFile(path, bytes);
  return path;
}

/** A paragraph of full lines from `y` down. */
export function write({ page, font }: Pen, y: number, lines: number): void {
  for (let line = 0; line < lines; line++)
    page.drawText(TEXT.slice(0, 80), { x: 85, y: y - line * 18, size: 14, font });
}

/** A picture with a black square in its top left quarter. */
export function picture(width: number, height: number): Uint8Array {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'black';
  context.fillRect(0, 0, width / 2, height / 2);
  return canvas.toBuffer('image/png');
}

/** Asks for a password: the file's key does not come out of the empty one. */
export const ENCRYPTED = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<${'00'.repeat(16)}><${'00'.repeat(16)}>]>>
startxref
0
%%EOF
`;
