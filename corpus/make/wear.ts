import type { Random } from './random.ts';

/** A picture as planes of brightness (0 black to 255 white): one plane for gray, three for red, green, blue. */
export interface Picture {
  width: number;
  height: number;
  planes: Float32Array[];
}

/** How far a page is worn. Amounts of level 1; level 0 leaves the page as it is, 2 and 3 take twice and three times as much. */
const WEAR = { degrees: 0.35, blur: 0.4, fade: 0.1, light: 0.05, noise: 3.2, specks: 0.00003 } as const;

/** The quality of the JPEG for a level from 0 to 3. */
export function jpegQuality(level: number): number {
  return [88, 66, 50, 36][Math.max(0, Math.min(3, Math.round(level)))] ?? 66;
}

/** A picture out of the bytes of a canvas (red, green, blue, alpha). */
export function toPicture(rgba: Uint8ClampedArray, width: number, height: number, colour: boolean): Picture {
  const size = width * height;
  const planes = Array.from({ length: colour ? 3 : 1 }, () => new Float32Array(size));
  for (let i = 0; i < size; i++) {
    const r = rgba[4 * i] ?? 0;
    const g = rgba[4 * i + 1] ?? 0;
    const b = rgba[4 * i + 2] ?? 0;
    if (!colour) (planes[0] as Float32Array)[i] = 0.299 * r + 0.587 * g + 0.114 * b;
    else for (let k = 0; k < 3; k++) (planes[k] as Float32Array)[i] = rgba[4 * i + k] ?? 0;
  }
  return { width, height, planes };
}

/** A plane turned about its middle; what comes in from outside is white paper. */
export function rotate(plane: Float32Array, width: number, height: number, degrees: number): Float32Array {
  const out = new Float32Array(plane.length);
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : (plane[y * width + x] ?? 255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x - width / 2;
      const dy = y - height / 2;
      const sx = cos * dx + sin * dy + width / 2;
      const sy = -sin * dx + cos * dy + height / 2;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      const fx = sx - x0;
      const fy = sy - y0;
      const top = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx;
      const bottom = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx;
      out[y * width + x] = top * (1 - fy) + bottom * fy;
    }
  }
  return out;
}

/** Gaussian blur, first along the rows, then along the columns. */
function blur(plane: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const pass = (from: Float32Array, length: number, step: number, lines: number, jump: number): Float32Array => {
    const out = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < length; i++) {
        let value = 0;
        for (let k = -reach; k <= reach; k++) {
          const j = Math.max(0, Math.min(length - 1, i + k));
          value += (from[line * jump + j * step] ?? 255) * (kernel[k + reach] ?? 0);
        }
        out[line * jump + i * step] = value / sum;
      }
    }
    return out;
  };
  return pass(pass(plane, width, 1, height, width), height, width, width, 1);
}

/** Light that falls unevenly, paler ink, grain and specks of dust; all planes get the same. */
function stain(picture: Picture, level: number, rng: Random): void {
  const { width, height, planes } = picture;
  const ink = 1 - WEAR.fade * level * rng.between(0.5, 1);
  const [right, down] = [WEAR.light * level * rng.between(-1, 1), WEAR.light * level * rng.between(-1, 1)];
  const paper = 250 - 4 * level;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 1 - Math.max(0, right * (x / width - 0.5) + down * (y / height - 0.5) + 0.02 * level);
      const grain = WEAR.noise * level * rng.normal();
      const speck = rng.next() < WEAR.specks * level;
      for (const plane of planes) {
        const i = y * width + x;
        const value = paper - (255 - (plane[i] ?? 255)) * ink;
        plane[i] = speck ? 60 : Math.max(0, Math.min(255, value * light + grain));
      }
    }
  }
}

/** The picture after a copying machine: skew, blur, uneven light, paler ink, grain and specks, as the level says (0 to 3). */
export function wear(picture: Picture, level: number, rng: Random): Picture {
  if (level <= 0) return picture;
  const { width, height } = picture;
  const degrees = WEAR.degrees * level * rng.between(0.5, 1) * (rng.next() < 0.5 ? -1 : 1);
  const planes = picture.planes.map((plane) =>
    blur(rotate(plane, width, height, degrees), width, height, WEAR.blur * level),
  );
  const worn = { width, height, planes };
  stain(worn, level, rng);
  return worn;
}
