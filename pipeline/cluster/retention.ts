import type pg from 'pg';

/** What no import has asked for in so long goes; until then an earlier version or another engine may ask for it. */
const KEPT = "interval '30 days'";

/** Results that a later one of the same plan has replaced, or whose rows were taken away. Their files go with them. */
const RESULTS = `delete from kehoach.imports where finished_at < now() - ${KEPT} and (
  not exists (select from documents where documents.id = imports.id)
  or exists (select from kehoach.imports later where later.id = imports.id and later.finished_at > imports.finished_at))`;

const PAGES = `delete from kehoach.pages where ended_at < now() - ${KEPT}
  and not exists (select from kehoach.imports where imports.sha256 = pages.sha256 and imports.reader = pages.reader)`;

const DICTIONARIES = `delete from kehoach.dictionaries where added_at < now() - ${KEPT}
  and not exists (select from kehoach.imports where imports.options ->> 'dictionary' = digest)`;

/** Takes away what the database has kept for nothing, so that it does not grow with each version of the program. */
export async function dropUnneeded(pool: pg.Pool): Promise<void> {
  for (const statement of [RESULTS, PAGES, DICTIONARIES]) await pool.query(statement);
}
