/** Page images as grey bytes, and what copying and scanning does to them. */

/** A grey image: width × height bytes, 0 black. */
export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Reads a binary PGM (P5, 8 bits). Throws on anything else. */
export function readPgm(bytes: Uint8Array): Grey {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  const match = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(head);
  if (!match) throw new Error('not a binary PGM of 8 bits');
  const width = Number(match[1]);
  const height = Number(match[2]);
  return { width, height, data: bytes.subarray(match[0].length, match[0].length + width * height) };
}

/** Writes a binary PGM. */
export function writePgm(image: Grey): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${image.width} ${image.height}\n255\n`), image.data]);
}

function rotate(image: Grey, degrees: number): Grey {
  const { width, height, data } = image;
  const out = new Uint8Array(width * height).fill(255);
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const cx = width / 2;
  const cy = height / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sx = (x - cx) * cos - (y - cy) * sin + cx;
      const sy = (x - cx) * sin + (y - cy) * cos + cy;
      const ix = Math.floor(sx);
      const iy = Math.floor(sy);
      if (ix < 0 || iy < 0 || ix >= width - 1 || iy >= height - 1) continue;
      const fx = sx - ix;
      const fy = sy - iy;
      const at = iy * width + ix;
      const top = (data[at] ?? 255) * (1 - fx) + (data[at + 1] ?? 255) * fx;
      const low = (data[at + width] ?? 255) * (1 - fx) + (data[at + width + 1] ?? 255) * fx;
      out[y * width + x] = top * (1 - fy) + low * fy;
    }
  }
  return { width, height, data: out };
}

/** Three-tap blur, the middle tap weighing 1 - 2·side; once along each axis. */
function blur(image: Grey, side: number): Grey {
  const { width, height, data } = image;
  const pass = (from: Uint8Array, step: number): Uint8Array => {
    const out = new Uint8Array(from);
    for (let i = step; i < from.length - step; i++) {
      out[i] = (from[i] ?? 0) * (1 - 2 * side) + ((from[i - step] ?? 0) + (from[i + step] ?? 0)) * side;
    }
    return out;
  };
  return { width, height, data: pass(pass(data, 1), width) };
}

/** How worn: 0 clean, 1 a usual scan, 2 worn, 3 bad. Sometimes made black and white, as copiers do. */
export function wear(image: Grey, level: number, random: () => number): Grey {
  if (level === 0) return image;
  let out = rotate(image, (random() - 0.5) * 0.8 * level);
  const side = 0.1 * level + random() * 0.08;
  out = blur(out, Math.min(0.33, side));
  if (level >= 2) out = blur(out, 0.2 * random() + 0.1);
  const ink = 0.7 + random() * 0.28;
  const noise = 6 * level;
  const slope = random() * 0.06 * level;
  const { data, width } = out;
  for (let i = 0; i < data.length; i++) {
    const shade = 1 - slope * ((i % width) / width);
    const grain = (random() + random() + random() - 1.5) * noise;
    const value = (255 - (255 - (data[i] ?? 255)) * ink) * shade + grain;
    data[i] = Math.max(0, Math.min(255, value));
  }
  for (let n = data.length * 0.0001 * level; n > 0; n--) data[Math.floor(random() * data.length)] = 50;
  if (random() < 0.4) {
    const cut = 120 + random() * 70;
    for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 255) < cut ? 0 : 255;
  }
  return out;
}
