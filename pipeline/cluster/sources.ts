import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type pg from 'pg';
import { PlanError } from '../../output/issues.ts';
import type { PlanFile } from '../document.ts';

/** Bytes of one piece: a statement holds it in memory, on both sides. */
const PIECE = 1_048_576;
/** Files a worker keeps that it does not need now: the next page is often of the same document. */
const KEPT = 8;

/** Held by a transaction that puts a source in or takes it out. */
export async function lockSource(client: pg.PoolClient, sha256: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [sha256]);
}

/**
 * Puts a file's bytes into the database, if they are not there. Throws PlanError where the file is another than the one
 * that was taken in. The caller holds lockSource.
 */
export async function putSource(client: pg.PoolClient, { path, sha256, bytes }: PlanFile): Promise<void> {
  const { rowCount } = await client.query(
    'insert into kehoach.sources (sha256, bytes) values ($1, $2) on conflict do nothing',
    [sha256, bytes],
  );
  if (rowCount === 0) return;
  const hash = createHash('sha256');
  const file = await open(path);
  try {
    for (let number = 0; ; number++) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE), 0, PIECE);
      if (bytesRead === 0) break;
      const content = buffer.subarray(0, bytesRead);
      hash.update(content);
      await client.query('insert into kehoach.source_pieces (sha256, number, content) values ($1, $2, $3)', [
        ...[sha256, number, content],
      ]);
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== sha256) {
    throw new PlanError('intake', 'unreadable', 'The file changed while it was read: import it again.');
  }
}

/** Takes a source away that no document waits for. The caller holds lockSource. */
export async function dropSource(client: pg.PoolClient, sha256: string): Promise<void> {
  await client.query(
    `delete from kehoach.sources where sha256 = $1
      and not exists (select from kehoach.imports where sha256 = $1 and outcome is null)`,
    [sha256],
  );
}

export interface SourceFiles {
  /** Does work on a source's bytes as a file of this machine. Rejects with PlanError where they are not there. */
  use<Result>(file: PlanFile, work: (path: string) => Promise<Result>): Promise<Result>;
}

interface Fetched {
  path: string;
  ready: Promise<void>;
  users: number;
}

/** Sources as files in a folder of the worker's own; each is fetched once for all that need it at the time. */
export function createSourceFiles(pool: pg.Pool, folder: string): SourceFiles {
  const files = new Map<string, Fetched>();

  function fetched({ sha256, source }: PlanFile): Fetched {
    const ending = /^\.[a-z0-9]{1,8}$/i.exec(extname(source))?.[0] ?? '';
    const name = `${sha256}${ending}`;
    const path = join(folder, name);
    const file = files.get(name) ?? { path, ready: fetchSource(pool, sha256, path), users: 0 };
    // The one used last stands last.
    files.delete(name);
    files.set(name, file);
    file.ready.catch(() => files.delete(name));
    return file;
  }

  async function dropIdle(): Promise<void> {
    const idle = [...files].filter(([, { users }]) => users === 0);
    for (const [name, { path }] of idle.slice(0, Math.max(0, idle.length - KEPT))) {
      files.delete(name);
      await rm(path, { force: true });
    }
  }

  return {
    async use(source, work) {
      const file = fetched(source);
      file.users++;
      try {
        await file.ready;
        return await work(file.path);
      } finally {
        file.users--;
        await dropIdle();
      }
    },
  };
}

async function fetchSource(pool: pg.Pool, sha256: string, path: string): Promise<void> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for (let number = 0; ; number++) {
      const { rows } = await pool.query<{ content: Buffer }>(
        'select content from kehoach.source_pieces where sha256 = $1 and number = $2',
        [sha256, number],
      );
      const [piece] = rows;
      if (!piece) break;
      hash.update(piece.content);
      await file.write(piece.content);
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== sha256) {
    throw new PlanError('intake', 'unreadable', 'Its bytes are not in the database any more: import it again.');
  }
}
