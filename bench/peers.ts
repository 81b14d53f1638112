import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './processes.ts';

/** Programs that others have made for the same work, where they are found. */
export interface Peers {
  /** Each program's version, or null. */
  tesseract: string | null;
  ocrmypdf: string | null;
  pdftotext: string | null;
  /** `program` is its command line, for Node. */
  liteparse: { version: string; program: string } | null;
}

const LITEPARSE = '@llamaindex/liteparse';

async function versionOf(program: string, option: string): Promise<string | null> {
  try {
    const said = await run('sh', ['-c', `${program} ${option} 2>&1`]);
    return /\d+(\.\d+)+/.exec(said)?.[0] ?? null;
  } catch {
    return null;
  }
}

/** LiteParse is fetched into `folder` from the registry. */
async function fetchLiteparse(folder: string): Promise<Peers['liteparse']> {
  try {
    await mkdir(folder, { recursive: true });
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    await run(npm, ['install', '--prefix', folder, '--no-save', '--silent', LITEPARSE]);
    const installed = join(folder, 'node_modules', LITEPARSE);
    const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
    return { version, program: join(installed, 'dist/cli.js') };
  } catch {
    return null;
  }
}

/** Looks for the peers; `folder` takes what is fetched. */
export async function findPeers(folder: string): Promise<Peers> {
  return {
    tesseract: await versionOf('tesseract', '--version'),
    ocrmypdf: await versionOf('ocrmypdf', '--version'),
    pdftotext: await versionOf('pdftotext', '-v'),
    liteparse: await fetchLiteparse(folder),
  };
}
