import { inflateRawSync } from 'node:zlib';

const [CENTRAL, END] = [0x02014b50, 0x06054b50];

/** The files of a zip archive as text, by name: enough to look into an .xlsx. */
export function unzip(zip: Buffer): Map<string, string> {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END) end--;
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === CENTRAL) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    const content = method === 0 ? bytes : inflateRawSync(bytes);
    files.set(zip.toString('utf8', at + 46, at + 46 + name), content.toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** A cell as the file types it: `s` is a text; `n` a number with the number format of its style. */
export type XlsxCell = { type: 's'; text: string } | { type: 'n'; value: number; format: string };

function plainText(xml: string): string {
  const names: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml.replace(/&(\w+);/g, (entity, name: string) => names[name] ?? entity);
}

/** The cells of a sheet by address. Throws where one is of another type, a formula for one. */
export function readCells(files: Map<string, string>, sheet: number): Map<string, XlsxCell> {
  const strings = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g)];
  const styles = files.get('xl/styles.xml') ?? '';
  const formats = new Map(
    [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code = '']) => [id, plainText(code)]),
  );
  const cellStyles = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id]) => id);
  const cells = new Map<string, XlsxCell>();
  const xml = files.get(`xl/worksheets/sheet${sheet}.xml`) ?? '';
  for (const [whole, attributes = '', body = ''] of xml.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const value = /^<v>([^<]*)<\/v>$/.exec(body)?.[1];
    if (body === '') continue;
    const [type, address] = [attribute('t') ?? 'n', attribute('r') ?? ''];
    if (value === undefined || (type !== 's' && type !== 'n')) throw new Error(`neither text nor number: ${whole}`);
    const format = formats.get(cellStyles[Number(attribute('s') ?? 0)]) ?? '';
    if (type === 's') cells.set(address, { type, text: plainText(strings[Number(value)]?.[1] ?? '') });
    else cells.set(address, { type, value: Number(value), format });
  }
  return cells;
}
