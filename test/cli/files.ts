import { createHash } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';

/** A small plan; plans with different numbers differ in their words. */
export const planText = (number: number, unit = 'xã Thử Nghiệm'): string => `ỦY BAN NHÂN DÂN
XÃ THỬ NGHIỆM
Số: ${number}/KH-UBND
KẾ HOẠCH
Cải cách hành chính nhà nước năm 2026 trên địa bàn ${unit}

I. MỤC TIÊU
1. Mục tiêu cụ thể
- Phấn đấu ${50 + (number % 50)}% hồ sơ thủ tục hành chính được giải quyết đúng hạn.
- Số hóa ${number} hồ sơ lưu trữ trước ngày 30/6/2026.
II. NHIỆM VỤ
1. Cải cách thủ tục hành chính
- Rà soát, công khai đầy đủ thủ tục hành chính trên Cổng dịch vụ công.
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND xã chủ trì, theo dõi việc thực hiện Kế hoạch này.
`;

/** A picture that says how large it is, and nothing more. */
export function pngHeader(width: number, height: number): Buffer {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  ihdr.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', ihdr),
    chunk('IDAT', Buffer.alloc(8)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, Buffer.from(kind, 'latin1'), body, Buffer.alloc(4)]);
}

/** A zip whose files are stored as they are. */
export function zip(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).map(([name, content]) => {
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04\x14', 'latin1');
    header.writeUInt32LE(content.length, 18);
    header.writeUInt32LE(content.length, 22);
    header.writeUInt16LE(name.length, 26);
    return Buffer.concat([header, Buffer.from(name + content)]);
  });
  return Buffer.concat([...parts, Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')]);
}

export const DOCX = zip({
  '[Content_Types].xml':
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  'word/document.xml': '<document/>',
});

/** A page of print, 110 dpi, as a photo of a plan may be. */
export async function printedPage(kind: 'png' | 'jpeg', lines: string[]): Promise<Buffer> {
  const canvas = createCanvas(910, 1287);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 910, 1287);
  context.fillStyle = '#000';
  context.font = '24px "DejaVu Serif", "Liberation Serif", serif';
  for (const [index, line] of lines.entries()) context.fillText(line, 110, 150 + index * 40);
  return kind === 'png' ? canvas.encode('png') : canvas.encode('jpeg', 92);
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/** RC4, as the oldest encryption of PDF has it; OpenSSL no longer gives it. */
function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 255] ?? 0;
  const swap = (i: number, j: number) => {
    [state[i], state[j]] = [at(j), at(i)];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255;
      j = (j + at(i)) & 255;
      swap(i, j);
      return byte ^ at(at(i) + at(j));
    }),
  );
}

const md5 = (...parts: Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const padded = (password: string): Buffer => Buffer.concat([Buffer.from(password), PADDING]).subarray(0, 32);

/** A PDF of one line, encrypted with RC4 of 40 bits (ISO 32000-1, 7.6.3); an empty `user` password opens it for all. */
export function encryptedPdf(user: string, line: string): Buffer {
  const id = md5(Buffer.from('kehoach'));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(-44);
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(user));
  const key = md5(padded(user), owner, permissions, id).subarray(0, 5);
  const content = rc4(
    md5(key, Buffer.from([4, 0, 0, 0, 0])).subarray(0, 10),
    Buffer.from(`BT /F1 14 Tf 72 760 Td (${line}) Tj ET`),
  );
  const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>\nstream\n${content.toString('latin1')}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Filter/Standard/V 1/R 2/P -44/O ${hex(owner)}/U ${hex(rc4(key, PADDING))}>>`,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = file.length;
  file += `xref\n0 7\n0000000000 65535 f \n${offsets.join('')}`;
  file += `trailer\n<</Size 7/Root 1 0 R/Encrypt 6 0 R/ID[${hex(id)}${hex(id)}]>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
