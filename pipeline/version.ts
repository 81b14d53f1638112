import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../dictionaries/administrative/package-root.ts';

const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };

/** The package's version. */
export const VERSION = manifest.version;
