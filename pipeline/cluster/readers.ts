import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { UsageError } from '../../output/usage-error.ts';
import type { EngineOption } from '../ocr/engine.ts';
import { resolveEngine } from '../run/choose-engine.ts';
import { codeVersion } from '../run/code-version.ts';

export interface Engine {
  engine: Exclude<EngineOption, 'auto'>;
  engineVersion: string;
}

/** An engine with the code that uses it: what the pages it recognises depend on, and who may take jobs for it. */
export interface Reader extends Engine {
  /** Equal for equal pages. */
  reader: string;
  /** Workers whose results would be others have another queue. */
  queue: string;
}

let versions: { page: string; all: string } | null = null;

/** As a process of a worker runs it; read once, for it reads many files. */
function codeVersions(): { page: string; all: string } {
  const of = (name: string) =>
    codeVersion(fileURLToPath(new URL(`../run/${name}${extname(import.meta.url)}`, import.meta.url)));
  versions ??= { page: of('page-job'), all: of('jobs') };
  return versions;
}

export function readerOf({ engine, engineVersion }: Engine): Reader {
  const { page, all } = codeVersions();
  const reader = `${engine} ${engineVersion} ${page}`;
  const digest = createHash('sha256').update(`${reader} ${all}`).digest('hex').slice(0, 12);
  return { engine, engineVersion, reader, queue: `kehoach ${engine} ${engineVersion} ${digest}` };
}

/** The engines of this machine, the fastest first. */
export async function installedReaders(): Promise<Reader[]> {
  const engines = [await resolveEngine('auto'), await resolveEngine('tesseract.js')].map(readerOf);
  return engines.filter(({ queue }, index) => engines.findIndex((one) => one.queue === queue) === index);
}

/** "native 5.3.0": without what else its words depend on. */
export const nameOf = ({ engine, engineVersion }: Engine): string => `${engine} ${engineVersion.split(',')[0]}`;

/** A worker that was silent for longer is taken for lost. */
export const ALIVE = "seen_at > now() - interval '15 s' and stopped_at is null";

/** Whether a worker that takes this reader's jobs is at work. */
export async function hasWorker(pool: pg.Pool, { queue }: Reader): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from kehoach.workers where ${ALIVE} and readers @> jsonb_build_array(jsonb_build_object('queue', $1::text)) limit 1`,
    [queue],
  );
  return rowCount !== 0;
}

/**
 * The reader of a whole import: of the workers at work, else of those seen last, else of this machine. Throws UsageError
 * where none of them has the engine.
 */
export async function chooseReader(pool: pg.Pool, option: EngineOption): Promise<Reader> {
  const { rows } = await pool.query<{ readers: Reader[]; alive: boolean }>(
    `select readers, (${ALIVE}) as alive from kehoach.workers order by seen_at desc limit 100`,
  );
  const of = (alive: boolean) => rows.flatMap((row) => (row.alive === alive ? row.readers : [])).filter(isOfThisCode);
  for (const known of [of(true), of(false), await installedReaders()]) {
    const fit = known.filter(({ engine }) => option === 'auto' || engine === option);
    const best = fit.find(({ engine }) => engine === 'native') ?? fit[0];
    if (best) return best;
  }
  throw new UsageError(
    '--engine native: no worker has the program "tesseract". Install it on a machine and start a worker there, or use --engine tesseract.js, which needs nothing installed.',
  );
}

const isOfThisCode = (reader: Reader): boolean => readerOf(reader).queue === reader.queue;
