import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { isCutOff } from './damage.ts';
import { type PdfDict, PdfName, type PdfObject, PdfReader, PdfRef, Unfinished } from './objects.ts';

/** Bytes read at first for an object, and at most. */
const OBJECT = 4096;
const LARGEST = 1 << 22;
/** Where the file says at its end how to begin. */
const TAIL = 2048;
/** Lists of places that go on in each other; objects of one file. */
const MOST_LISTS = 1000;
const MOST_OBJECTS = 1_000_000;

/** Where an object is: its byte, or the stream of objects that it is packed in. */
type Place = { at: number } | { packedIn: number };

/**
 * The objects of a PDF file, each read from where the file's own list says it is; the rest of the file is not read. All
 * throw an Error where the file is not as it should be: damaged, encrypted, or of a kind not met here.
 */
export interface ObjectFile {
  trailer: PdfDict;
  /** What a reference leads to; anything else as it is. */
  resolve(object: PdfObject | undefined): PdfObject;
  /** The dictionary of a stream and its bytes as they lie in the file. */
  stream(reference: PdfObject | undefined): { dictionary: PdfDict; bytes: Buffer };
  close(): void;
}

export function openObjects(path: string): ObjectFile {
  const file = openSync(path, 'r');
  try {
    return objectsIn(file);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function objectsIn(file: number): ObjectFile {
  const { size } = fstatSync(file);
  const bytesAt = (at: number, length: number): Buffer => {
    const from = Math.max(0, at);
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - from)));
    if (readSync(file, bytes, 0, bytes.length, from) < bytes.length) throw new Error('the file became shorter');
    return bytes;
  };
  const places = new Map<number, Place | null>();
  const kept = new Map<number, PdfObject>();
  const packed = new Map<number, Map<number, PdfObject>>();

  /** Reads with as many bytes as it takes. */
  const readAt = <Result>(at: number, read: (reader: PdfReader) => Result): Result => {
    for (let length = OBJECT; ; length *= 8) {
      try {
        return read(new PdfReader(bytesAt(at, length).toString('latin1')));
      } catch (error) {
        if (!(error instanceof Unfinished) || length > LARGEST || at + length > size) throw error;
      }
    }
  };

  /** The object at a byte; `data`: the byte behind the word "stream". */
  const objectAt = (at: number): { number: number; value: PdfObject; data: number | null } =>
    readAt(at, (reader) => {
      const number = reader.object();
      reader.object();
      if (typeof number !== 'number' || !reader.follows('obj')) throw new Error('there is no object');
      const value = reader.object();
      if (reader.follows('endobj')) return { number, value, data: null };
      if (!reader.follows('stream')) throw new Unfinished('an object is cut off');
      return { number, value, data: at + reader.at };
    });

  const bytesOf = (dictionary: PdfDict, data: number): Buffer => {
    const length = resolve(dictionary.get('Length'));
    if (typeof length !== 'number' || length < 0) throw new Error('a stream has no length');
    const bytes = bytesAt(data, length + 2);
    const from = bytes[0] === 13 && bytes[1] === 10 ? 2 : bytes[0] === 10 ? 1 : 0;
    if (from === 0 || data + from + length > size) throw new Error('a stream is cut off');
    const end = bytesAt(data + from + length, 32).toString('latin1');
    if (!/^\s*endstream/.test(end)) throw new Error('a stream is longer or shorter than it says');
    return from === 2 ? bytes.subarray(2) : bytesAt(data + from, length);
  };

  function objectOf(number: number): PdfObject {
    const known = kept.get(number);
    if (known !== undefined) return known;
    const place = places.get(number);
    if (!place) return null;
    let value: PdfObject;
    if ('packedIn' in place) value = packedIn(place.packedIn).get(number) ?? null;
    else {
      const found = objectAt(place.at);
      if (found.number !== number) throw new Error(`object ${number} is not where the file says`);
      value = found.value;
    }
    kept.set(number, value);
    return value;
  }

  function packedIn(number: number): Map<number, PdfObject> {
    const known = packed.get(number);
    if (known) return known;
    const { dictionary, bytes } = stream(new PdfRef(number));
    const text = inflated(dictionary, bytes).toString('latin1');
    const first = dictionary.get('First');
    const count = dictionary.get('N');
    if (typeof first !== 'number' || typeof count !== 'number') throw new Error('a stream of objects has no list');
    const list = new PdfReader(text);
    const objects = new Map<number, PdfObject>();
    for (let i = 0; i < count; i++) {
      const [own, from] = [list.object(), list.object()];
      if (typeof own !== 'number' || typeof from !== 'number') throw new Error('a stream of objects has no list');
      // A space behind the last one, so that it has an end.
      objects.set(own, new PdfReader(`${text} `, first + from).object());
    }
    packed.set(number, objects);
    return objects;
  }

  function resolve(object: PdfObject | undefined): PdfObject {
    return object instanceof PdfRef ? objectOf(object.number) : (object ?? null);
  }

  function stream(reference: PdfObject | undefined): { dictionary: PdfDict; bytes: Buffer } {
    const place = reference instanceof PdfRef ? places.get(reference.number) : undefined;
    if (!place || !('at' in place)) throw new Error('there is no stream');
    const { value, data } = objectAt(place.at);
    if (!(value instanceof Map) || data === null) throw new Error('there is no stream');
    return { dictionary: value, bytes: bytesOf(value, data) };
  }

  const readTable = (at: number): PdfDict =>
    readAt(at, (reader) => {
      if (!reader.follows('xref')) throw new Error('there is no list of places');
      while (!reader.follows('trailer')) {
        const [start, count] = [reader.object(), reader.object()];
        if (typeof start !== 'number' || typeof count !== 'number' || count > MOST_OBJECTS)
          throw new Error('the list of places is damaged');
        for (let number = start; number < start + count; number++) {
          const from = reader.object();
          reader.object();
          const isUsed = reader.follows('n');
          if (typeof from !== 'number' || !(isUsed || reader.follows('f'))) throw new Unfinished('the list is cut off');
          if (!places.has(number)) places.set(number, isUsed ? { at: from } : null);
        }
      }
      const trailer = reader.object();
      if (!(trailer instanceof Map)) throw new Error('the list of places is damaged');
      return trailer;
    });

  const readListStream = (at: number): PdfDict => {
    const { value, data } = objectAt(at);
    if (!(value instanceof Map) || data === null) throw new Error('there is no list of places');
    const widths = value.get('W');
    const total = value.get('Size');
    if (!Array.isArray(widths) || typeof total !== 'number') throw new Error('the list of places is damaged');
    const [kind = 0, place = 0, third = 0] = widths.map(Number);
    const index = value.get('Index');
    const ranges = Array.isArray(index) ? index.map(Number) : [0, total];
    const bytes = inflated(value, bytesOf(value, data));
    let from = 0;
    const next = (width: number) => {
      const number = width === 0 ? 0 : bytes.readUIntBE(from, width);
      from += width;
      return number;
    };
    for (let i = 0; i + 1 < ranges.length; i += 2) {
      const [start = 0, count = 0] = ranges.slice(i, i + 2);
      for (let number = start; number < start + count; number++) {
        const type = kind === 0 ? 1 : next(kind);
        const field = next(place);
        next(third);
        if (!places.has(number))
          places.set(number, type === 1 ? { at: field } : type === 2 ? { packedIn: field } : null);
      }
    }
    return value;
  };

  const tail = bytesAt(size - TAIL, TAIL);
  const start = /startxref\s+(\d+)(?![\s\S]*startxref)/.exec(tail.toString('latin1'))?.[1];
  if (isCutOff(tail, size) || start === undefined) throw new Error('the file is cut off');
  let trailer: PdfDict | null = null;
  const seen = new Set<number>();
  for (let at: PdfObject = Number(start); typeof at === 'number'; ) {
    if (seen.has(at) || seen.size > MOST_LISTS) throw new Error('the lists of places have no end');
    seen.add(at);
    const found: PdfDict = readAt(at, (reader) => reader.follows('xref')) ? readTable(at) : readListStream(at);
    if (found.has('XRefStm') || found.has('Encrypt')) throw new Error('the file is of a kind not met here');
    trailer ??= found;
    at = found.get('Prev') ?? null;
  }
  if (!trailer) throw new Error('there is no list of places');
  return { trailer, resolve, stream, close: () => closeSync(file) };
}

/** A stream's bytes unpacked: as they are, or by Flate, with the PNG filters that lists of places have. */
export function inflated(dictionary: PdfDict, bytes: Buffer): Buffer {
  const filter = dictionary.get('Filter');
  const [name, ...others] = Array.isArray(filter) ? filter : [filter];
  if (name === undefined) return bytes;
  if (!(name instanceof PdfName) || name.name !== 'FlateDecode' || others.length > 0)
    throw new Error('a stream is packed otherwise');
  const unpacked = inflateSync(bytes, { maxOutputLength: LARGEST * 8 });
  const parameters = dictionary.get('DecodeParms');
  if (!(parameters instanceof Map) || !parameters.has('Predictor') || parameters.get('Predictor') === 1)
    return unpacked;
  const columns = parameters.get('Columns');
  if (Number(parameters.get('Predictor')) < 10 || typeof columns !== 'number' || columns < 1)
    throw new Error('a stream is packed otherwise');
  const rows = Math.floor(unpacked.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const kind = unpacked[row * (columns + 1)];
    if (kind !== 0 && kind !== 2) throw new Error('a stream is packed otherwise');
    for (let x = 0; x < columns; x++) {
      const above = kind === 2 && row > 0 ? (out[(row - 1) * columns + x] ?? 0) : 0;
      out[row * columns + x] = (unpacked[row * (columns + 1) + 1 + x] ?? 0) + above;
    }
  }
  return out;
}
