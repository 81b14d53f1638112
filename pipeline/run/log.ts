import { closeSync, openSync, writeSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageName } from '../../output/issues.ts';
import type { Outcome } from '../../output/record.ts';
import type { JobName } from './protocol.ts';

/** Logs of earlier runs that are kept. */
const KEPT = 20;
const NAME = /^run-[\dTZ]+-\d+\.jsonl$/;

/** What a run log tells, a line an event; times in milliseconds. docs/runs.md says more. */
export type RunEvent =
  | { event: 'run-start'; version: string; engine: string; engineVersion: string; jobs: number; documents: number }
  | {
      event: 'document';
      source: string;
      id: string;
      folder: string;
      outcome: Outcome;
      pages: number;
      /** Null where the result of an earlier run was kept. */
      ms: number | null;
      /** Work on each stage; of pages read side by side, all together. */
      stages: Partial<Record<StageName, number>>;
      /** Pages that were not recognised again. */
      cachedPages: number;
    }
  | { event: 'page'; source: string; page: number; ms: number; outcome: 'done' | 'failed' }
  | { event: 'worker-lost'; pid: number | null; reason: string; job: JobName; source: string; page: number | null }
  | { event: 'run-end'; ms: number; done: number; partial: number; failed: number; interrupted: boolean };

export interface RunLog {
  /** Where it lies; null where it could not be written. */
  readonly path: string | null;
  write(event: RunEvent): void;
  close(): void;
}

/** Begins a log in the folder and takes those away that are long past. A log that cannot be written holds up no run. */
export async function openLog(state: string): Promise<RunLog> {
  const earlier = (await readdir(state)).filter((name) => NAME.test(name)).sort();
  for (const name of earlier.slice(0, Math.max(0, earlier.length - KEPT + 1))) {
    await rm(join(state, name), { force: true }).catch(() => undefined);
  }
  const time = new Date().toISOString().replace(/[-:.]/g, '');
  const path = join(state, `run-${time}-${process.pid}.jsonl`);
  let file: number | null = null;
  try {
    file = openSync(path, 'a');
  } catch {
    // The disk is full, say: the results matter more.
  }
  const close = () => {
    if (file !== null) closeSync(file);
    file = null;
  };
  return {
    path: file === null ? null : path,
    write(event) {
      if (file === null) return;
      try {
        writeSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
      } catch {
        close();
      }
    },
    close,
  };
}
