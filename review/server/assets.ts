import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { packageRoot } from '../../dictionaries/administrative/package-root.ts';
import { UsageError } from '../../output/usage-error.ts';

/** Where Vite puts the page. */
export const WEB = join(packageRoot(), 'dist', 'review', 'web');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface Asset {
  type: string;
  body: Buffer;
}

/** The built page by path ("index.html", "assets/index.js"), read once: no request is ever turned into a file's path. */
export async function readAssets(): Promise<Map<string, Asset>> {
  const files = await readdir(WEB, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new UsageError('the reviewer\'s page is not built: run "npm run build".', { cause });
  });
  const assets = new Map<string, Asset>();
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const name = path.slice(WEB.length + 1).replaceAll('\\', '/');
    assets.set(name, { type: TYPES[extname(name)] ?? 'application/octet-stream', body: await readFile(path) });
  }
  return assets;
}
