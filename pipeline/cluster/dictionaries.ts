import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { dictionaryDigest, dictionaryText } from '../../output/review/dictionary-file.ts';
import { writeWhole } from '../../output/write-whole.ts';

/** Puts the user's dictionary into the database. Returns its digest; null where there is none. */
export async function putDictionary(pool: pg.Pool): Promise<string | null> {
  const [digest, content] = [dictionaryDigest(), dictionaryText()];
  if (digest === null || content === null) return null;
  await pool.query(
    `insert into kehoach.dictionaries (digest, content) values ($1, $2)
      on conflict (digest) do update set added_at = now()`,
    [digest, content],
  );
  return digest;
}

export interface DictionaryHomes {
  /** The folder (KEHOACH_HOME) with the dictionary of this digest; one without a dictionary for null. */
  of(digest: string | null): Promise<string>;
}

/** Dictionaries of those who import, as files of the worker's own: its machine's own has no say. */
export function createDictionaryHomes(pool: pg.Pool, folder: string): DictionaryHomes {
  const homes = new Map<string | null, Promise<string>>();

  async function make(digest: string | null): Promise<string> {
    const home = join(folder, `dictionary-${digest ?? 'none'}`);
    await mkdir(home, { recursive: true });
    if (digest === null) return home;
    const { rows } = await pool.query<{ content: string }>(
      'select content from kehoach.dictionaries where digest = $1',
      [digest],
    );
    if (rows[0]) await writeWhole(join(home, 'dictionary.json'), rows[0].content);
    return home;
  }

  return {
    of(digest) {
      const home = homes.get(digest) ?? make(digest);
      homes.set(digest, home);
      home.catch(() => homes.delete(digest));
      return home;
    },
  };
}
