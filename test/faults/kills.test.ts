import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../temp.ts';
import { runKills } from './kills.ts';

const folder = tempFolder();
const cli = join(import.meta.dirname, '../../dist/pipeline/cli.js');

// `npm run faults` does it with 200 kills of a batch of 60.
test.skipIf(process.platform !== 'linux')(
  'killed at random moments, a batch ends in the same files',
  async () => {
    const { kills, wrong } = await runKills({ folder, cli, kills: 9, texts: 12, scans: 2, seed: 7 });
    expect(wrong).toEqual([]);
    expect(kills.run + kills.all + kills.worker).toBe(9);
  },
  240_000,
);
