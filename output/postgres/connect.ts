import pg from 'pg';
import { UsageError } from '../usage-error.ts';

export interface Database {
  readonly url: string;
  /** Host and name, without the password: for messages. */
  readonly label: string;
  readonly pool: pg.Pool;
}

export const isPostgresUrl = (text: string): boolean => /^postgres(?:ql)?:\/\//i.test(text);

/** Milliseconds a connection may take. */
const PATIENCE = 10_000;
const CONNECTIONS = 4;

/** A connection that breaks fails the query under way or the next one: besides, it need not end the program. */
class Client extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** How each pool of connections is made. */
export const poolOptions = (url: string, max: number) =>
  ({
    ...{ connectionString: url, max, Client, keepAlive: true, application_name: 'kehoach' },
    connectionTimeoutMillis: PATIENCE,
  }) satisfies pg.PoolConfig;

/** Opens a pool of connections, of which one has been tried. Throws UsageError that says what to do where there is none. */
export async function openDatabase(url: string): Promise<Database> {
  const label = labelOf(url);
  const pool = new pg.Pool({ ...poolOptions(url, CONNECTIONS), allowExitOnIdle: true });
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw databaseError(cause, label);
  }
  return { url, label, pool };
}

function labelOf(url: string): string {
  const bad = (why: string, cause?: unknown) =>
    new UsageError(
      `The address of the database ${why}: write postgres://USER:PASSWORD@HOST:5432/DATABASE, with %40 for an @ and %2F for a / in the password.`,
      { cause },
    );
  if (!isPostgresUrl(url)) throw bad('does not begin with postgres://');
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname || 'localhost'}:${port || 5432}${pathname}`;
  } catch (cause) {
    throw bad('is none that can be read', cause);
  }
}

/** What to do, by the codes of PostgreSQL (appendix A of its manual) and of the system. */
const REMEDIES: Record<string, string> = {
  ECONNREFUSED: 'No server answers there: start PostgreSQL, or check host and port.',
  ENOTFOUND: 'There is no such host: check its name.',
  EAI_AGAIN: 'The name of the host cannot be looked up now: check the network.',
  ETIMEDOUT: 'The host does not answer: check its name, the network and the firewall.',
  EHOSTUNREACH: 'The host cannot be reached: check its name, the network and the firewall.',
  '28P01': 'User or password is wrong: check both; in the address, letters like @ : / are written as %40 %3A %2F.',
  '28000': 'The server does not let this user in: ask for a line in its pg_hba.conf, or add ?sslmode=require.',
  '3D000': 'There is no such database: create it (createdb NAME), or check its name.',
  '42501':
    'This user may not do that: let the owner of the database run GRANT CREATE ON DATABASE and ON SCHEMA public.',
  '53100': 'The disk of the server is full: make room there.',
  '53300': 'The server has too many connections: raise max_connections, or start fewer workers.',
  '57P03': 'The server is starting or stopping: try again in a moment.',
};

/** The server went away, or is not there now: it may come back. */
export function isConnectionError(cause: unknown): boolean {
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  return (
    /^(?:08|57P0)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].includes(code) ||
    /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i.test(
      message,
    )
  );
}

/** Any failure of the database as a message for a person; others come back as they are. */
export function databaseError(cause: unknown, label: string): unknown {
  if (cause instanceof UsageError || !(cause instanceof Error)) return cause;
  const { code = '' } = cause as { code?: string };
  const said = cause.message || code;
  if (REMEDIES[code]) return new UsageError(`Database ${label}: ${REMEDIES[code]} (${said})`, { cause });
  if (isConnectionError(cause)) {
    return new UsageError(
      `Database ${label}: the connection is lost. See that the server runs and run the same line again: what is done stays done. (${said})`,
      { cause },
    );
  }
  if (/timeout/i.test(said)) return new UsageError(`Database ${label}: ${REMEDIES.ETIMEDOUT} (${said})`, { cause });
  return cause;
}

/** All or nothing. */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (cause) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw cause;
  } finally {
    client.release(broken);
  }
}
