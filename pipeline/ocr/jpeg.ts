import { type Bits, type Codes, readBlock, readCodes, ZIGZAG } from './jpeg-codes.ts';
import { newPlane, type Plane, paint, scaleAt } from './jpeg-transform.ts';
import { MOST_PIXELS } from './page-size.ts';
import type { RasterImage, Tint } from './raster.ts';

interface Component {
  id: number;
  /** Blocks of a unit across and down. */
  across: number;
  down: number;
  table: number;
  /** Blocks of the whole picture across. */
  blocks: number;
  plane: Plane;
  dc: number;
}

interface Frame {
  width: number;
  height: number;
  components: Component[];
  /** Units across and down; blocks of the largest component in one, each way. */
  columns: number;
  rows: number;
  across: number;
  down: number;
}

/**
 * The pixels of a JPEG picture as scanners write them (ITU-T T.81: Huffman, 8 bits, one scan; gray or YCbCr), not turned. Null for one of another kind, or whose pixels are damaged. Throws an Error where its header makes no sense.
 */
export function decodeJpeg(file: Uint8Array, dpi: number): RasterImage | null {
  const quantization: (Float32Array | undefined)[] = [];
  const codes: (Codes | undefined)[] = [];
  let frame: Frame | null = null;
  let restart = 0;
  let transform: number | null = null;
  for (let at = 2; at + 4 <= file.length; ) {
    if (file[at] !== 0xff) throw new Error('its header is damaged');
    const marker = file[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = (file[at + 2]! << 8) | file[at + 3]!;
    const body = file.subarray(at + 4, at + 2 + length);
    at += 2 + length;
    if (length < 2 || at > file.length) throw new Error('its header is damaged');
    if (marker === 0xdb) readQuantization(body, quantization);
    else if (marker === 0xc4) readCodes(body, codes);
    else if (marker === 0xc0 || marker === 0xc1) {
      if (frame !== null) throw new Error('its header is damaged');
      frame = readFrame(body);
    } else if (marker >= 0xc2 && marker <= 0xcf) return null;
    else if (marker === 0xdd) restart = (body[0]! << 8) | body[1]!;
    else if (marker === 0xee && isAdobe(body)) transform = body[11] ?? null;
    else if (marker === 0xda) {
      if (frame === null) throw new Error('its header is damaged');
      const { components } = frame;
      if (body[0] !== components.length || !isUsual(frame)) return null;
      const tables = components.map((component, i) => {
        const q = quantization[component.table];
        const dc = codes[body[2 + 2 * i]! >> 4];
        const ac = codes[16 + (body[2 + 2 * i]! & 15)];
        if (!q || !dc || !ac || body[1 + 2 * i] !== component.id) throw new Error('its header is damaged');
        return { component, q, dc, ac };
      });
      if (!decodeScan(frame, tables, restart, file.subarray(at))) return null;
      return toRaster(frame, isRgb(frame, transform), dpi);
    }
  }
  throw new Error('it has no picture');
}

function readQuantization(body: Uint8Array, tables: (Float32Array | undefined)[]): void {
  for (let at = 0; at < body.length; ) {
    const [size, id] = [body[at]! >> 4 ? 2 : 1, body[at]! & 15];
    at++;
    if (at + 64 * size > body.length) throw new Error('its header is damaged');
    const table = new Float32Array(64);
    for (let k = 0; k < 64; k++, at += size) {
      const step = size === 1 ? body[at]! : (body[at]! << 8) | body[at + 1]!;
      table[k] = step * scaleAt(ZIGZAG[k]!);
    }
    tables[id] = table;
  }
}

function readFrame(body: Uint8Array): Frame {
  const height = (body[1]! << 8) | body[2]!;
  const width = (body[3]! << 8) | body[4]!;
  const count = body[5]!;
  if (
    body[0] !== 8 ||
    width * height === 0 ||
    width * height > MOST_PIXELS ||
    body.length < 6 + 3 * count ||
    count === 0
  )
    throw new Error('its header is damaged');
  const components = Array.from({ length: count }, (_, i): Component => {
    const sampling = body[7 + 3 * i]!;
    return {
      ...{ id: body[6 + 3 * i]!, table: body[8 + 3 * i]!, blocks: 0, plane: newPlane(0), dc: 0 },
      ...(count === 1 ? { across: 1, down: 1 } : { across: sampling >> 4, down: sampling & 15 }),
    };
  });
  const across = Math.max(...components.map((component) => component.across));
  const down = Math.max(...components.map((component) => component.down));
  if (across > 4 || down > 4 || components.some((one) => one.across === 0 || one.down === 0))
    throw new Error('its header is damaged');
  const columns = Math.ceil(width / (8 * across));
  const rows = Math.ceil(height / (8 * down));
  return { width, height, components, columns, rows, across, down };
}

/** Gray, or one component of the picture's own size and two that are as large or two or four times smaller. */
function isUsual({ components: [first, second, third, ...others], across, down }: Frame): boolean {
  if (first && !second) return true;
  if (!first || !second || !third || others.length > 0 || first.across !== across || first.down !== down) return false;
  const isAlike = second.across === third.across && second.down === third.down;
  return isAlike && [across / second.across, down / second.down].every((times) => [1, 2, 4].includes(times));
}

const isAdobe = (body: Uint8Array): boolean => Buffer.from(body.subarray(0, 5)).toString('latin1') === 'Adobe';

interface Tables {
  component: Component;
  q: Float32Array;
  dc: Codes;
  ac: Codes;
}

/** Fills the planes; false where the bits make no sense. */
function decodeScan(frame: Frame, tables: Tables[], restart: number, data: Uint8Array): boolean {
  const block = new Float32Array(64);
  const units = frame.columns * frame.rows;
  for (const { component } of tables) {
    component.blocks = frame.columns * component.across;
    component.plane = newPlane(component.blocks * 8 * frame.rows * component.down * 8);
  }
  const source: Bits = { data, at: 0, held: 0, count: 0, missing: 0 };
  for (let unit = 0; unit < units; unit++) {
    if (restart > 0 && unit > 0 && unit % restart === 0 && !nextInterval(source, frame.components)) return false;
    const column = unit % frame.columns;
    const row = (unit - column) / frame.columns;
    for (const { component, q, dc, ac } of tables)
      for (let y = 0; y < component.down; y++)
        for (let x = 0; x < component.across; x++) {
          const last = readBlock(source, component, q, dc, ac, block);
          if (last < 0) return false;
          const stride = component.blocks * 8;
          const to = (row * component.down + y) * 8 * stride + (column * component.across + x) * 8;
          paint(block, last, component.plane, to, stride);
        }
  }
  return source.missing < 8;
}

/** Behind the marker that parts two intervals. */
function nextInterval(source: Bits, components: Component[]): boolean {
  const { data, at } = source;
  if (data[at] !== 0xff || (data[at + 1]! & 0xf8) !== 0xd0 || source.missing > 8) return false;
  source.at += 2;
  source.held = 0;
  source.count = 0;
  source.missing = 0;
  for (const component of components) component.dc = 0;
  return true;
}

/** Whether the components are red, green and blue already. `transform`: what an Adobe mark says, 0 for such. */
function isRgb({ components }: Frame, transform: number | null): boolean {
  return transform === 0 || (transform === null && [82, 71, 66].every((id, i) => components[i]?.id === id));
}

/** Light and two differences from it, as they are kept; null where colours are kept otherwise. */
function toRaster(frame: Frame, areRgb: boolean, dpi: number): RasterImage | null {
  const { width, height, components } = frame;
  const [first, second, third] = components;
  if (!first || (areRgb && second)) return null;
  const image: RasterImage = { width, height, channels: 1, data: cut(first, frame), dpi };
  if (!second || !third) return image;
  const across = frame.across / second.across;
  const down = frame.down / second.down;
  const size = { width: Math.ceil(width / across), height: Math.ceil(height / down) };
  const tint: Tint = { ...size, across, down, blue: cut(second, size), red: cut(third, size) };
  return { ...image, tint };
}

interface Size {
  width: number;
  height: number;
}

/** The rows of a component's plane without what fills its last blocks, in place. */
function cut({ plane, blocks }: Component, { width, height }: Size): Uint8ClampedArray {
  const { bytes } = plane;
  for (let y = 1; y < height; y++) bytes.copyWithin(y * width, y * blocks * 8, y * blocks * 8 + width);
  return bytes.subarray(0, width * height);
}
