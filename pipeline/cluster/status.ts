import { databaseError } from '../../output/postgres/connect.ts';
import { durationText, pad, paint, shorten, textWidth, type View } from '../../output/terminal.ts';
import { openCluster } from './database.ts';
import { openQueue } from './queue.ts';
import { ALIVE, type Engine, nameOf, type Reader } from './readers.ts';

export interface QueueStatus {
  /** Engine and version that the jobs of this queue need. */
  engine: string;
  /** Jobs that a worker may take. */
  waiting: number;
  active: number;
  /** Documents whose pages are not all recognised. */
  unfinished: number;
  /** Workers at work that take them. */
  workers: number;
}

export interface WorkerStatus {
  host: string;
  pid: number;
  engines: string[];
  /** Side by side. */
  jobs: number;
  documents: number;
  pages: number;
  /** Milliseconds since it said that it lives. */
  silence: number;
}

export interface ClusterStatus {
  database: string;
  documents: { all: number; waiting: number; done: number; partial: number; failed: number; withoutResult: number };
  /** Of the last ten minutes, or since the first document of them. */
  rates: { documentsPerMinute: number; pagesPerMinute: number };
  queues: QueueStatus[];
  workers: WorkerStatus[];
  /** The latest first. */
  failures: { source: string; outcome: string; message: string }[];
}

const FAILURES = 10;

/** What a cluster is doing. Throws UsageError where its database cannot be reached. */
export async function clusterStatus(url: string): Promise<ClusterStatus> {
  const database = await openCluster(url);
  const { pool, label } = database;
  const rowsOf = async <Row extends object>(query: string): Promise<Row[]> => (await pool.query<Row>(query)).rows;
  try {
    const [documents] = await rowsOf<ClusterStatus['documents']>(`select count(*)::float8 as all,
      count(*) filter (where outcome is null and problem is null)::float8 as waiting,
      count(*) filter (where outcome = 'done')::float8 as done,
      count(*) filter (where outcome = 'partial')::float8 as partial,
      count(*) filter (where outcome = 'failed')::float8 as failed,
      count(*) filter (where problem is not null)::float8 as "withoutResult" from kehoach.imports`);
    const [rates] = await rowsOf<ClusterStatus['rates']>(RATES);
    const workers = await rowsOf<Omit<WorkerStatus, 'engines'> & { readers: Reader[] }>(`select host, pid, jobs,
      documents, pages, readers, (extract(epoch from now() - seen_at) * 1000)::float8 as silence
      from kehoach.workers where ${ALIVE} order by host, pid`);
    const failures = await rowsOf<ClusterStatus['failures'][number]>(FAILED);
    const names = await rowsOf<{ queue: string; options: Engine }>(`select distinct on (queue) queue, options
      from kehoach.imports where outcome is null order by queue`);
    const queues = await Promise.all(
      names.map(async ({ queue: name, options }): Promise<QueueStatus> => {
        const queue = openQueue(database, name);
        const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'waiting-children');
        await queue.close();
        const { waiting = 0, prioritized = 0, delayed = 0, active = 0 } = counts;
        const own = workers.filter(({ readers }) => readers.some((reader) => reader.queue === name)).length;
        const unfinished = counts['waiting-children'] ?? 0;
        return { engine: nameOf(options), waiting: waiting + prioritized + delayed, active, unfinished, workers: own };
      }),
    );
    return {
      database: label,
      documents: documents ?? { all: 0, waiting: 0, done: 0, partial: 0, failed: 0, withoutResult: 0 },
      rates: rates ?? { documentsPerMinute: 0, pagesPerMinute: 0 },
      queues,
      workers: workers.map(({ readers, ...worker }) => ({ ...worker, engines: readers.map(nameOf) })),
      failures,
    };
  } catch (cause) {
    throw databaseError(cause, label);
  } finally {
    await pool.end();
  }
}

/** The errors of documents, and why some have no result. */
const FAILED = `select source, outcome, message from (
  select source, outcome, finished_at, (select message from issues where document = imports.id and severity = 'error'
    order by position limit 1) as message
    from kehoach.imports where outcome <> 'done'
  union all
  select source, 'no result', queued_at, problem from kehoach.imports where problem is not null
) failed where message is not null order by finished_at desc limit ${FAILURES}`;

/** Minutes count from the first thing done in the last ten, at least one. */
const RATES = `with recent as (
  select finished_at as at, 1 as document, 0 as page from kehoach.imports where finished_at > now() - interval '10 min'
  union all
  select ended_at, 0, 1 from kehoach.pages where ended_at > now() - interval '10 min'
), span as (select greatest(1, extract(epoch from now() - min(at)) / 60) as minutes from recent)
select coalesce(sum(document) / max(minutes), 0)::float8 as "documentsPerMinute",
  coalesce(sum(page) / max(minutes), 0)::float8 as "pagesPerMinute" from recent, span`;

const rate = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** The status for people. */
export function renderStatus(status: ClusterStatus, { color, width }: View): string {
  const { documents, rates, queues, workers, failures } = status;
  const counts = (['waiting', 'done', 'partial', 'failed'] as const).map((name) => `${documents[name]} ${name}`);
  if (documents.withoutResult > 0) counts.push(`${documents.withoutResult} without result`);
  const head = (text: string) => paint(text, 'bold', color);
  return [
    `${head('Documents')}  ${documents.all} in ${status.database}: ${counts.join(', ')}`,
    `${head('Rates')}      ${rate(rates.documentsPerMinute)} documents/min, ${rate(rates.pagesPerMinute)} recognised pages/min`,
    '',
    ...table(
      ['Jobs for', 'Waiting', 'Active', 'Unfinished documents', 'Workers'],
      queues.map((queue) => [queue.engine, queue.waiting, queue.active, queue.unfinished, queue.workers]),
      'No jobs.',
      head,
    ),
    '',
    ...table(
      ['Worker', 'Engines', 'Side by side', 'Documents', 'Pages', 'Seen'],
      workers.map(({ host, pid, engines, jobs, documents: done, pages, silence }) => [
        ...[`${host} ${pid}`, engines.join(', '), jobs, done, pages, `${durationText(silence)} ago`],
      ]),
      'No worker is at work: start one with "kehoach worker --database …".',
      head,
    ),
    ...(failures.length > 0 ? ['', head('Latest failures')] : []),
    ...failures.map(({ source, outcome, message }) =>
      shorten(`${source} (${outcome}): ${message}`, Math.max(width, 80)),
    ),
  ].join('\n');
}

function table(
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  none: string,
  head: (text: string) => string,
): string[] {
  if (rows.length === 0) return [none];
  const widths = heads.map((text, i) => Math.max(...[text, ...rows.map((row) => String(row[i]))].map(textWidth)));
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, i) => pad(String(cell), widths[i] ?? 0, typeof cell === 'number' ? 'left' : 'right')).join('  ');
  const isNumber = (i: number) => typeof rows[0]?.[i] === 'number';
  return [
    head(heads.map((text, i) => pad(text, widths[i] ?? 0, isNumber(i) ? 'left' : 'right')).join('  ')),
    ...rows.map(line),
  ].map((text) => text.trimEnd());
}
