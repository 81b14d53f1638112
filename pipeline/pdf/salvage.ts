import { constants, inflateSync } from 'node:zlib';

/** A4 in points: the page made for a picture whose own page is lost. */
const WIDTH = 595;
/** Objects with higher numbers are letters of a picture that look like one. */
const MOST_OBJECTS = 1_000_000;
/** Characters of an object that are searched for what it is. */
const DICTIONARY = 4096;

interface Found {
  number: number;
  /** The dictionary, up to its stream. */
  dictionary: string;
  at: number;
}

/**
 * A PDF whose end is lost has its pages but no list of them. Gives the bytes with a new list behind them: of the pages that
 * are there, else of the JPEG pictures. Null where there is neither, or the file is encrypted.
 */
export function withPageList(bytes: Uint8Array): Uint8Array | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1');
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) return null;
  const objects = objectsOf(text);
  const packed = objects.filter(({ dictionary }) => /\/Type\s*\/ObjStm\b/.test(dictionary));
  const unpacked = packed.flatMap((stream) => packedObjects(stream, buffer, text));
  const known = new Set(objects.map(({ number }) => number));
  const added = unpacked.filter(({ number }) => !known.has(number));
  let next = Math.max(0, ...objects.map(({ number }) => number), ...added.map(({ number }) => number)) + 1;
  const body = added.map(({ number, dictionary }) => `${number} 0 obj\n${dictionary}\nendobj\n`);
  const all = [...objects, ...added];
  const root = all.find(({ dictionary }) => /\/Type\s*\/Pages\b/.test(dictionary) && !/\/Parent\b/.test(dictionary));
  let list = root?.number;
  if (list === undefined) {
    let pages = all.filter(({ dictionary }) => /\/Type\s*\/Page\b/.test(dictionary)).map(({ number }) => number);
    if (pages.length === 0) {
      pages = all.filter(isPicture).map((picture) => {
        body.push(picturePage(picture, next));
        next += 2;
        return next - 2;
      });
    }
    if (pages.length === 0) return null;
    list = next++;
    const kids = pages.map((number) => `${number} 0 R`).join(' ');
    body.push(`${list} 0 obj\n<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>\nendobj\n`);
  }
  body.push(`${next} 0 obj\n<</Type/Catalog/Pages ${list} 0 R>>\nendobj\n`);
  body.push(`trailer\n<</Root ${next} 0 R/Size ${next + 1}>>\nstartxref\n0\n%%EOF\n`);
  // The first trailer ends a table of places that was cut: what stands before it there is not read.
  const end = `\nendstream\nendobj\ntrailer\n<<>>\nstartxref\n0\n${body.join('')}`;
  return new Uint8Array(Buffer.concat([buffer, Buffer.from(end, 'latin1')]));
}

/** The file's objects; of several with one number the last, which replaced the others. One that is cut in two is none. */
function objectsOf(text: string): Found[] {
  const found = new Map<number, Found>();
  for (const match of text.matchAll(/(?:^|[\s>])(\d{1,7})\s+\d{1,5}\s+obj\b/g)) {
    const number = Number(match[1]);
    const at = match.index + match[0].length;
    const end = text.slice(at, at + DICTIONARY).search(/\bstream\r?\n|\bendobj\b/);
    if (end < 0 || number === 0 || number > MOST_OBJECTS) continue;
    found.delete(number);
    found.set(number, { number, at, dictionary: text.slice(at, at + end) });
  }
  return [...found.values()];
}

/** Objects that are kept together in a compressed stream; those that its end cut off are left out. */
function packedObjects({ dictionary, at }: Found, buffer: Buffer, text: string): Found[] {
  const [, first] = /\/First\s+(\d+)/.exec(dictionary) ?? [];
  const start = /stream\r?\n/g;
  start.lastIndex = at + dictionary.length;
  const begins = start.exec(text);
  if (first === undefined || !begins || !/\/FlateDecode\b/.test(dictionary)) return [];
  const end = text.indexOf('endstream', start.lastIndex);
  const packed = buffer.subarray(start.lastIndex, end < 0 ? undefined : end);
  let content: string;
  try {
    content = inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
  } catch {
    return [];
  }
  const numbers = content.slice(0, Number(first)).trim().split(/\s+/).map(Number);
  const places: { number: number; from: number }[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2)
    places.push({ number: numbers[i] ?? 0, from: Number(first) + (numbers[i + 1] ?? 0) });
  return places
    .filter(({ number, from }) => number > 0 && number <= MOST_OBJECTS && from < content.length)
    .map(({ number, from }, i) => ({ number, at: from, dictionary: content.slice(from, places[i + 1]?.from) }));
}

const isPicture = ({ dictionary }: Found): boolean =>
  /\/Subtype\s*\/Image\b/.test(dictionary) && /\/DCTDecode\b/.test(dictionary);

/** A page, object `number`, and what is drawn on it, the next: the picture from edge to edge. */
function picturePage({ number: picture, dictionary }: Found, number: number): string {
  const side = (name: string): number => Number(new RegExp(`/${name}\\s+(\\d+)`).exec(dictionary)?.[1] ?? 0);
  const [width, height] = [side('Width') || 1, side('Height') || 1];
  const high = Math.round((WIDTH * height) / width);
  const drawn = `q ${WIDTH} 0 0 ${high} 0 0 cm /Picture Do Q`;
  return (
    `${number} 0 obj\n<</Type/Page/MediaBox[0 0 ${WIDTH} ${high}]/Resources<</XObject<</Picture ${picture} 0 R>>>>` +
    `/Contents ${number + 1} 0 R>>\nendobj\n` +
    `${number + 1} 0 obj\n<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream\nendobj\n`
  );
}
