import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { EngineOption } from '../ocr/engine.ts';
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
  const of = (module: string) => codeVersion(fileURLToPath(new URL(`../run/${module}`, import.meta.url)));
  versions ??= { page: of('page-job.js'), all: of('worker.js') };
  return versions;
}

export function readerOf({ engine, engineVersion }: Engine): Reader {
  const { page, all } = codeVersions();
  const reader = `${engine} ${engineVersion} ${page}`;
  const digest = createHash('sha256').update(`${reader} ${all}`).digest('hex').slice(0, 12);
  return { engine, engineVersion, reader, queue: `kehoach ${engine} ${engineVersion} ${digest}` };
}
