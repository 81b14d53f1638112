import { docx, p } from '../word/make-docx.ts';

/** A PDF of these objects, numbered from 1; the first is its catalog. */
export function pdfOf(objects: readonly string[]): Buffer {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(`${file}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`, 'latin1');
}

export const streamOf = (content: string, entries = ''): string =>
  `<</Length ${content.length}${entries}>>\nstream\n${content}\nendstream`;

const CATALOG = '<</Type/Catalog/Pages 2 0 R>>';
const FONT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>';
const page = (more: string): string => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]${more}>>`;
const line = (text: string): string => `BT /F1 14 Tf 72 760 Td (${text}) Tj ET`;

/** A PDF of `count` pages of one line of text. */
export function manyPages(count: number): Buffer {
  const kids = Array.from({ length: count }, (_, index) => `${index + 5} 0 R`);
  const one = page('/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>');
  return pdfOf([
    ...[CATALOG, `<</Type/Pages/Count ${count}/Kids[${kids.join(' ')}]>>`, FONT],
    streamOf(line('KE HOACH CAI CACH HANH CHINH NHA NUOC NAM 2026')),
    ...kids.map(() => one),
  ]);
}

/** A PDF with zeros where objects were, from the one to the other. */
export function lostObjects(pdf: Buffer, first: number, last: number): Buffer {
  const [from, to] = [first, last].map((number) => pdf.indexOf(`\n${number} 0 obj`)) as [number, number];
  return Buffer.from(pdf).fill(0, from, pdf.indexOf('endobj', to));
}

/** A page of 200 inches with a picture of one inch on it. */
export function hugePage(): Buffer {
  return pdfOf([
    ...[CATALOG, '<</Type/Pages/Count 1/Kids[3 0 R]>>'],
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>',
    streamOf('q 72 0 0 72 7200 7200 cm /I Do Q'),
    streamOf('\x00\xff', '/Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray'),
  ]);
}

/** PDFs whose objects lead back to themselves. */
export const CIRCULAR: Record<string, Buffer> = {
  'pages in pages.pdf': pdfOf([CATALOG, '<</Type/Pages/Count 1/Kids[2 0 R]>>']),
  'two pages nodes.pdf': pdfOf([CATALOG, '<</Type/Pages/Count 2/Kids[3 0 R]>>', '<</Type/Pages/Count 2/Kids[2 0 R]>>']),
  'a page that is its contents.pdf': pdfOf([CATALOG, '<</Type/Pages/Count 1/Kids[3 0 R]>>', page('/Contents 3 0 R')]),
  'contents of themselves.pdf': pdfOf([
    ...[CATALOG, '<</Type/Pages/Count 1/Kids[3 0 R]>>', page('/Contents 4 0 R'), '[4 0 R 4 0 R]'],
  ]),
  'a length that is its stream.pdf': pdfOf([
    ...[CATALOG, '<</Type/Pages/Count 1/Kids[3 0 R]>>', page('/Contents 4 0 R')],
    '<</Length 4 0 R>>\nstream\nBT ET\nendstream',
  ]),
  'a form in itself.pdf': pdfOf([
    ...[CATALOG, '<</Type/Pages/Count 1/Kids[3 0 R]>>'],
    page('/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>'),
    streamOf('/X Do'),
    streamOf('/X Do /X Do', '/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>>>'),
  ]),
  'a font of itself.pdf': pdfOf([
    ...[CATALOG, '<</Type/Pages/Count 1/Kids[3 0 R]>>', page('/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>')],
    streamOf(line('KE HOACH')),
    '<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 5 0 R/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>',
  ]),
  'a catalog of itself.pdf': pdfOf(['<</Type/Catalog/Pages 1 0 R>>']),
  'arrays in arrays.pdf': pdfOf([
    ...[CATALOG, '<</Type/Pages/Count 1/Kids[3 0 R]>>', page('/Contents 4 0 R')],
    '['.repeat(50_000) + ']'.repeat(50_000),
  ]),
};

/** A small Word file whose text unpacks to `megabytes`. */
export function wordBomb(megabytes: number): Buffer {
  const paragraph = p('Kế hoạch');
  return docx({ body: paragraph.repeat(Math.ceil((megabytes * 1_000_000) / Buffer.byteLength(paragraph))) });
}
