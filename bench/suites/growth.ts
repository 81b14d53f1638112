import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { longScan } from '../material.ts';
import { measure } from '../measure.ts';
import { importInto, ROOT } from '../processes.ts';
import { megabytes, table } from '../report.ts';
import type { Suite } from './context.ts';

const DOCUMENTS = [10, 100, 1000, 10_000];
const LONG_SCAN = 300;

async function writePlans(count: number, folder: string): Promise<void> {
  const template = await readFile(join(ROOT, 'bench/small-plan.txt'), 'utf8');
  await mkdir(folder);
  for (let n = 1; n <= count; n++) {
    const numbers: Record<string, number> = { n, a: 90 + (n % 10), b: 50 + (n % 47), c: 5 + (n % 31), d: 1 + (n % 19) };
    const text = template.replace(/\{(\w)\}/g, (_, name: string) => String(numbers[name]));
    await writeFile(join(folder, `xa-${n}.txt`), text);
  }
}

/** Time and memory as folders grow. */
export const growth: Suite = async ({ folder, tell }) => {
  const rows: string[][] = [];
  for (const count of DOCUMENTS) {
    const [input, out] = [join(folder, `plans-${count}`), join(folder, 'grown')];
    await writePlans(count, input);
    const { seconds, cpu, memory } = await measure(async () => void (await importInto(out, input)));
    await rm(out, { recursive: true });
    tell(`${count} documents: ${seconds.toFixed(1)} s`);
    const each = (time: number | null) => (time === null ? '–' : ((time * 1000) / count).toFixed(1));
    rows.push([String(count), seconds.toFixed(1), each(seconds), each(cpu), megabytes(memory)]);
  }
  const heads = ['documents', 's', 'ms/document', 'CPU ms/document', 'peak MB'];
  return table(
    heads,
    rows,
    heads.map(() => 'right'),
  );
};

/** The memory that a long scan takes. */
export const memory: Suite = async ({ folder, tell }) => {
  const [pdf, out] = [join(folder, 'long.pdf'), join(folder, 'long')];
  await longScan(LONG_SCAN, pdf);
  const { size } = await stat(pdf);
  const measured = await measure(async () => void (await importInto(out, pdf)));
  tell(`${LONG_SCAN} pages: ${measured.seconds.toFixed(1)} s`);
  const row = [String(LONG_SCAN), megabytes(size), measured.seconds.toFixed(0), megabytes(measured.memory)];
  return table(['pages', 'MB of the PDF', 's', 'peak MB'], [row], ['right', 'right', 'right', 'right']);
};
