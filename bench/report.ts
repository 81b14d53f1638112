import { readFile, writeFile } from 'node:fs/promises';
import type { Compared } from './compare.ts';

export type Align = 'left' | 'right';

/** A table as Markdown, its columns as wide as their widest cell. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly Align[],
): string {
  const widths = heads.map((head, c) => Math.max(3, head.length, ...rows.map((row) => row[c]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (aligns[c] === 'right' ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, c) => (aligns[c] === 'right' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}

export const megabytes = (bytes: number | null): string => (bytes === null ? '–' : (bytes / 1e6).toFixed(0));

/** Two or three digits that count. */
const figure = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3);

/** What was compared, by jobs; the last column says how many times a peer's speed that of the first contender is. */
export function comparison(results: readonly Compared[], amount: number, unit: string): string {
  const ours = results[0]?.name;
  const rows = results.map(({ name, jobs, seconds, cpu, memory }) => {
    const own = results.find((result) => result.name === ours && result.jobs === jobs);
    const ratio = name === ours || !own ? '' : `${(seconds / own.seconds).toFixed(2)} ×`;
    const processor = cpu === null ? '–' : figure(cpu / amount);
    return [name, String(jobs), figure(amount / seconds), processor, megabytes(memory), ratio];
  });
  const heads = ['', 'jobs', `${unit}s/s`, `CPU s/${unit}`, 'peak MB', `${ours ?? ''} to it`];
  return table(heads, rows, ['left', 'right', 'right', 'right', 'right', 'right']);
}

const begin = (id: string) => `<!-- bench ${id} -->`;
const END = '<!-- end -->';

/** Puts a section's text in the place that a file marks for it, `<!-- bench ID -->` to `<!-- end -->`. Throws where it marks none. */
export async function writeSection(path: string, id: string, text: string): Promise<void> {
  const file = await readFile(path, 'utf8');
  const from = file.indexOf(begin(id));
  const to = file.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`${path} has no lines ${begin(id)} and ${END} to write between`);
  await writeFile(path, `${file.slice(0, from)}${begin(id)}\n${text}\n${file.slice(to)}`);
}
