// Starts a process that computes for ever, as a run does, and tells its number.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createClock } from '../../dist/pipeline/run/clock.js';
import { createPool } from '../../dist/pipeline/run/pool.js';

const pool = createPool({ size: 1, worker: join(import.meta.dirname, 'fault-worker.mjs') });
const file = { path: '', source: 'spin.txt', id: '', sha256: '', bytes: 1, folder: '' };
pool.run('open', { file, options: { outDir: '', maxPages: 1 } }, createClock(600_000)).catch(() => undefined);
setTimeout(() => {
  const [child] = execFileSync('pgrep', ['-P', String(process.pid)], { encoding: 'utf8' }).split('\n');
  console.log(child);
}, 1500);
