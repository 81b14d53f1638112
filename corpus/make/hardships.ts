import type { Picture } from './wear.ts';

function eachPlane(
  picture: Picture,
  width: number,
  height: number,
  from: (x: number, y: number) => [number, number],
): Picture {
  const planes = picture.planes.map((plane) => {
    const out = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [sx, sy] = from(x, y);
        out[y * width + x] = plane[sy * picture.width + sx] ?? 255;
      }
    }
    return out;
  });
  return { width, height, planes };
}

/** Turned clockwise by a quarter, a half or three quarters, as a page laid the wrong way on the glass. */
export function turn(picture: Picture, degrees: number): Picture {
  const { width, height } = picture;
  if (degrees === 90) return eachPlane(picture, height, width, (x, y) => [y, height - 1 - x]);
  if (degrees === 180) return eachPlane(picture, width, height, (x, y) => [width - 1 - x, height - 1 - y]);
  if (degrees === 270) return eachPlane(picture, height, width, (x, y) => [width - 1 - y, x]);
  return picture;
}

/** Left and right changed places: a picture stored mirrored, with a tag that says so. */
export function mirror(picture: Picture): Picture {
  return eachPlane(picture, picture.width, picture.height, (x, y) => [picture.width - 1 - x, y]);
}

/** Two pictures of one height and as many planes as one, the first at the left. */
export function beside(left: Picture, right: Picture): Picture {
  const { width, height } = left;
  const planes = left.planes.map((plane, i) => {
    const out = new Float32Array((width + right.width) * height);
    for (let y = 0; y < height; y++) {
      out.set(plane.subarray(y * width, (y + 1) * width), y * (width + right.width));
      out.set(
        (right.planes[i] as Float32Array).subarray(y * right.width, (y + 1) * right.width),
        y * (width + right.width) + width,
      );
    }
    return out;
  });
  return { width: width + right.width, height, planes };
}

/** The black of an open lid around a page that was smaller than the glass. `share`: of the width, on every side; the corners are not cut straight. */
export function darkBorder(picture: Picture, share: number): Picture {
  const { width, height } = picture;
  const edge = share * width;
  for (const plane of picture.planes) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const lean = (edge * y) / height;
        const outside =
          x < edge * 0.4 + lean || x > width - edge * 1.2 + lean * 0.5 || y < edge * 0.7 || y > height - edge;
        if (outside) plane[y * width + x] = 22 + ((x * 7 + y * 13) % 19);
      }
    }
  }
  return picture;
}

/** A shadow that falls from the right and from below, as in the photograph of a page. `depth`: what it takes away at most (0 to 1). */
export function shadow(picture: Picture, depth: number): Picture {
  const { width, height } = picture;
  for (const plane of picture.planes) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const far = Math.min(1, (x / width) ** 2 * 0.7 + (y / height) ** 2 * 0.5);
        plane[y * width + x] = (plane[y * width + x] ?? 255) * (1 - depth * far);
      }
    }
  }
  return picture;
}

/** One in `gap` bits of each straight ruling is lost, as where a printer runs dry. A ruling: dark over `long` pixels in a row. */
export function breakRulings(picture: Picture, long: number, gap: number): Picture {
  const { width, height, planes } = picture;
  const plane = planes[0] as Float32Array;
  const dark = (x: number, y: number): boolean => (plane[y * width + x] ?? 255) < 150;
  const lost: number[] = [];
  const scan = (length: number, lines: number, at: (line: number, i: number) => [number, number]): void => {
    for (let line = 0; line < lines; line++) {
      let begin = 0;
      for (let i = 0; i <= length; i++) {
        if (i < length && dark(...at(line, i))) continue;
        if (i - begin > long) {
          for (let k = begin; k < i; k++) {
            const [x, y] = at(line, k);
            if (Math.floor(k / 9) % gap === 0) lost.push(y * width + x);
          }
        }
        begin = i + 1;
      }
    }
  };
  scan(width, height, (y, x) => [x, y]);
  scan(height, width, (x, y) => [x, y]);
  for (const i of lost) for (const each of planes) each[i] = 255;
  return picture;
}

/** Every second or so row of pixels, as a fax keeps: `lines` a inch instead of `dpi`. The page keeps its width. */
export function squeeze(picture: Picture, dpi: number, lines: number): Picture {
  const height = Math.round((picture.height * lines) / dpi);
  const planes = picture.planes.map((plane) => {
    const out = new Float32Array(picture.width * height);
    for (let y = 0; y < height; y++) {
      const [from, to] = [Math.floor((y * dpi) / lines), Math.max(1, Math.floor(((y + 1) * dpi) / lines))];
      for (let x = 0; x < picture.width; x++) {
        let sum = 0;
        for (let row = from; row < to; row++) sum += plane[row * picture.width + x] ?? 255;
        out[y * picture.width + x] = sum / Math.max(1, to - from);
      }
    }
    return out;
  });
  return { width: picture.width, height, planes };
}
