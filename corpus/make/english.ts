import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeGray } from './jpeg.ts';
import { random } from './random.ts';
import { rasterise } from './raster.ts';
import { toPicture, wear } from './wear.ts';

const DPI = 200;

/** The pages of a PDF, worn, as the English data of an installed `tesseract` reads them: words without their marks, a form feed between pages. */
export async function readAsEnglish(pdf: Uint8Array, seed: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kehoach-corpus-'));
  const pages: string[] = [];
  try {
    for await (const { canvas } of rasterise(pdf, DPI)) {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const rng = random(seed * 1000 + pages.length);
      const { planes, width, height } = wear(toPicture(data, canvas.width, canvas.height, false), 1, rng);
      const path = join(folder, `${pages.length}.jpg`);
      writeFileSync(path, encodeGray(planes[0] as Float32Array, width, height, 60, DPI));
      pages.push(execFileSync('tesseract', [path, 'stdout', '-l', 'eng'], { encoding: 'utf8', stdio: 'pipe' }));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return pages.map((page) => page.replaceAll('\f', '').trimEnd()).join('\n\f');
}
