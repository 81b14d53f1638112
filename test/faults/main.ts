import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runDamaged } from './damaged.ts';
import { runKills } from './kills.ts';

// npm run faults -- --kills 200 --damaged 1000: prints tables, ends with 1 where something was wrong. On Linux.

const CLI = join(import.meta.dirname, '../../dist/pipeline/cli.js');
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    damaged: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    cli: { type: 'string', default: CLI },
  },
});
const [kills, files, seed] = [Number(values.kills), Number(values.damaged), Number(values.seed)];
const folder = mkdtempSync(join(tmpdir(), 'kehoach-faults-'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function tellWrong(wrong: readonly string[], well: string): void {
  say(wrong.length === 0 ? `${well}\n` : `${wrong.length} faults:`);
  for (const line of wrong.slice(0, 50)) say(`  ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
}

try {
  if (kills > 0) {
    const started = performance.now();
    const onKill = (done: number) => process.stderr.write(done % 20 === 0 ? `${done} of ${kills} kills\n` : '');
    const batch = { texts: 54, scans: 6 };
    const result = await runKills({ folder: join(folder, 'kills'), cli: values.cli, kills, ...batch, seed, onKill });
    say(`kill -9 over a batch of ${batch.texts + batch.scans} documents, seed ${seed}`);
    say(`  killed: ${counted(result.kills)}`);
    say(`  found: ${counted(result.moments)}`);
    say(`  batches brought to their end: ${result.rounds}, in ${minutes(started)}`);
    tellWrong(result.wrong, 'The same files as undisturbed: nothing lost, nothing twice, nothing half-written.');
  }
  if (files > 0) {
    const started = performance.now();
    const result = await runDamaged({ folder: join(folder, 'files'), cli: values.cli, files, seed });
    say(`${files} damaged files, seed ${seed}`);
    for (const [ending, outcomes] of Object.entries(result.outcomes).sort())
      say(`  ${ending.padEnd(6)}${counted(outcomes)}`);
    const { early, late, most } = result.memory;
    say(`  stopped by the clock: ${result.timeouts}; longest work on one: ${result.longest.toFixed(1)} s`);
    say(`  a decoder or engine died of them, and was replaced: ${result.crashed.length}`);
    for (const line of result.crashed) say(`    ${line}`);
    say(`  memory of the run: ${early} MiB at 20-40 %, ${late} MiB at 80-100 %, ${Math.round(most)} MiB at most`);
    say(`  in ${minutes(started)}`);
    tellWrong(result.wrong, 'Each has an outcome and a cause, none held the run up past its budget.');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function counted(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function minutes(started: number): string {
  return `${((performance.now() - started) / 60_000).toFixed(1)} min`;
}
