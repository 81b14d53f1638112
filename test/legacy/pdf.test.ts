import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LegacyEncoding } from '../../pipeline/legacy/encodings.ts';
import { lineText } from '../../pipeline/page.ts';
import { openPdf } from '../../pipeline/pdf/file.ts';
import { tempFolder } from '../temp.ts';
import { encoded, encodingOf } from './encode.ts';

const folder = tempFolder();
let count = 0;

const LINES = [
  'Cộng hòa xã hội chủ nghĩa Việt Nam',
  'Trường học được hưởng 12,5% số vốn, như kế hoạch năm 2005',
  'Kinh tế - xã hội: lưu trữ tư liệu của thư viện; ưu tiên nước sạch',
];
const CMAP =
  '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <FF> <0020> endbfrange endcmap end end';

/** A PDF whose text is in a font of this name; its characters told by the font's encoding, or by a ToUnicode map. */
function pdfIn(font: string, encoding: LegacyEncoding, mapped: boolean): string {
  const shown = LINES.map((line) => `<${Buffer.from(encoded(line, encoding), 'latin1').toString('hex')}> Tj T*`);
  const text = `BT /F1 12 Tf 60 700 Td 20 TL ${shown.join(' ')} ET`;
  const parts = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>',
    `<</Type/Font/Subtype/TrueType/BaseFont/${font}/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[${'500 '.repeat(224)}]${mapped ? '/ToUnicode 6 0 R' : ''}>>`,
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    `<</Length ${CMAP.length}>>stream\n${CMAP}\nendstream`,
  ];
  let out = '%PDF-1.4\n';
  const offsets = parts.map((part, index) => {
    const offset = out.length;
    out += `${index + 1} 0 obj ${part} endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = out.length;
  out += `xref\n0 7\n0000000000 65535 f \n${offsets.join('')}trailer <</Root 1 0 R/Size 7>>\nstartxref\n${start}\n%%EOF\n`;
  const path = join(folder, `${++count}.pdf`);
  writeFileSync(path, out, 'latin1');
  return path;
}

describe('text layers of PDFs', () => {
  it.each<[string, 'TCVN3' | 'VNI' | 'VISCII', boolean, boolean]>([
    ['.VnTime', 'TCVN3', false, false],
    ['ABCDEF+.VnTime', 'TCVN3', true, false],
    ['.VnTimeH', 'TCVN3', false, true],
    ['VNI-Times', 'VNI', true, false],
    ['VI#20Times', 'VISCII', true, false],
    ['F7', 'TCVN3', true, false],
    ['F7', 'VNI', false, false],
    ['F7', 'VISCII', true, false],
  ])('%s in %s, mapped to Latin letters: %s', async (font, name, mapped, capitals) => {
    const pdf = await openPdf(pdfIn(font, encodingOf(name), mapped));
    const { page, needsRecognition } = await pdf.readPage(1);
    await pdf.close();
    const lines = page.items.map((item) => (item.kind === 'line' ? lineText(item) : ''));
    expect(lines).toEqual(capitals ? LINES.map((line) => line.toUpperCase()) : LINES);
    expect([needsRecognition, page.textSource, page.quality]).toEqual([false, 'text-layer', 1]);
  });
});
