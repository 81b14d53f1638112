import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare } from '../../bench/compare.ts';
import { measure, median } from '../../bench/measure.ts';
import { run } from '../../bench/processes.ts';
import { comparison, writeSection } from '../../bench/report.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('a peer is compared with the first contender at the same number of jobs', () => {
  const result = { cpu: null, memory: 123_400_000 };
  const results = [
    { ...result, name: 'ours', jobs: 2, seconds: 2 },
    { ...result, name: 'peer', jobs: 2, seconds: 5 },
    { ...result, name: 'peer', jobs: 1, seconds: 9 },
  ];
  const cells = comparison(results, 100, 'page')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(cells[0]?.slice(1, -1)).toEqual(['', 'jobs', 'pages/s', 'CPU s/page', 'peak MB', 'ours to it']);
  expect(cells.slice(2).map((row) => row.slice(1, -1))).toEqual([
    ['ours', '2', '50.0', '–', '123', ''],
    ['peer', '2', '20.0', '–', '123', '2.50 ×'],
    ['peer', '1', '11.1', '–', '123', ''],
  ]);
});

test('every contender has its turn once a round, another one first each time; some run once in all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kehoach-bench-test-'));
  try {
    let turns = '';
    const contenders = ['a', 'b', 'c', 'd'].map((name) => ({
      name,
      jobs: 1,
      ...(name === 'd' ? { isOnce: true as const } : {}),
      run: async (out: string) => {
        turns += name;
        await writeFile(join(out, 'x'), '', { flag: 'wx' });
      },
    }));
    await compare(contenders, 3, folder, () => undefined);
    expect(turns).toBe('abcdbcacab');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.runIf(process.platform === 'linux')('processes of processes are counted', async () => {
  const hold = `const bytes = Buffer.alloc(60_000_000, 1); setTimeout(() => bytes, 1500)`;
  const { memory } = await measure(async () => {
    await run('sh', ['-c', `'${process.execPath}' -e '${hold}'; true`]);
  });
  expect(memory).toBeGreaterThan(60_000_000);
});

test('a section is written between its marks, others stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kehoach-bench-test-'));
  const path = join(folder, 'B.md');
  try {
    await writeFile(path, '# B\n<!-- bench a -->\nold\n<!-- end -->\ntext\n<!-- bench b -->\nkept\n<!-- end -->\n');
    await writeSection(path, 'a', 'new');
    expect(await readFile(path, 'utf8')).toBe(
      '# B\n<!-- bench a -->\nnew\n<!-- end -->\ntext\n<!-- bench b -->\nkept\n<!-- end -->\n',
    );
    await expect(writeSection(path, 'c', 'new')).rejects.toThrow(/has no lines <!-- bench c -->/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('BENCHMARKS.md has a place for every part', async () => {
  const file = await readFile(join(import.meta.dirname, '../../BENCHMARKS.md'), 'utf8');
  const main = await readFile(join(import.meta.dirname, '../../bench/main.ts'), 'utf8');
  const [, suites = ''] = /const SUITES[^{]*\{([^}]*)\}/.exec(main) ?? [];
  const names = [...suites.matchAll(/^ {2}'?([\w.]+)'?/gm)].map(([, name]) => name);
  expect(names).toContain('tesseract.js');
  for (const name of ['machine', ...names]) expect(file).toContain(`<!-- bench ${name} -->`);
});
