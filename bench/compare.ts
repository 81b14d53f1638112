import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Measured, measure, median } from './measure.ts';

/** One way to do the work. `out` is a fresh folder for what it writes. */
export interface Contender {
  name: string;
  jobs: number;
  run: (out: string) => Promise<unknown>;
  /** Runs once, whatever the rounds: it takes long, and nothing hangs on its last hundredth. */
  isOnce?: true;
}

export interface Compared extends Measured {
  name: string;
  jobs: number;
}

/**
 * Runs contenders in turn, each once a round, every round beginning with another. Times are medians of the rounds, memory is
 * the most of any. `tell` hears of each run.
 */
export async function compare(
  contenders: readonly Contender[],
  rounds: number,
  folder: string,
  tell: (line: string) => void,
): Promise<Compared[]> {
  const runs = new Map<Contender, Measured[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    const first = round % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      if (contender.isOnce && round > 0) continue;
      const out = join(folder, 'out');
      await mkdir(out, { recursive: true });
      const measured = await measure(async () => void (await contender.run(out)));
      await rm(out, { recursive: true, force: true });
      runs.get(contender)?.push(measured);
      tell(`${contender.name}, ${contender.jobs} at a time: ${measured.seconds.toFixed(1)} s`);
    }
  }
  return contenders.map((contender) => {
    const measured = runs.get(contender) ?? [];
    const cpus = measured.flatMap(({ cpu }) => cpu ?? []);
    const memories = measured.flatMap(({ memory }) => memory ?? []);
    return {
      name: contender.name,
      jobs: contender.jobs,
      seconds: median(measured.map(({ seconds }) => seconds)),
      cpu: cpus.length > 0 ? median(cpus) : null,
      memory: memories.length > 0 ? Math.max(...memories) : null,
    };
  });
}

const JOBS = [2, 1];

/** Compares with two jobs in all rounds, and with one in a single round: that takes twice as long and tells little more. */
export async function compareByJobs(
  contendersOf: (jobs: number) => Contender[] | Promise<Contender[]>,
  { rounds, folder, tell }: { rounds: number; folder: string; tell: (line: string) => void },
): Promise<Compared[]> {
  const results: Compared[] = [];
  for (const jobs of JOBS) {
    results.push(...(await compare(await contendersOf(jobs), jobs === 1 ? 1 : rounds, folder, tell)));
  }
  return results;
}
