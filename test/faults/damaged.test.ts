import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../temp.ts';
import { runDamaged } from './damaged.ts';

const folder = tempFolder();
const cli = join(import.meta.dirname, '../../dist/pipeline/cli.js');

// `npm run faults` does it with 1,000 files, and looks at the memory.
test('damaged files of every kind: no crash, each with an outcome and a cause', async () => {
  const { wrong, outcomes } = await runDamaged({ folder, cli, files: 48, seed: 3 });
  expect(wrong).toEqual([]);
  const total = Object.values(outcomes).flatMap((counts) => Object.values(counts));
  expect(total.reduce((sum, count) => sum + count, 0)).toBe(48);
}, 240_000);
