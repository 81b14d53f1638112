import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { packageRoot } from '../../dictionaries/administrative/package-root.ts';

/** Imports and exports of a module: `from './x.js'`, `import './x.js'`, `import('./x.js')`, `require('x')`. */
const IMPORTS = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\()(['"])([^'"\n]+)\1/g;
/** A module that reads data names the folder, or the one file of it, from the root; or a folder beside itself. */
const DATA = /['"]dictionaries['"],\s*['"]([\w-]+)['"](?:,\s*['"]([\w-]+\.json)['"])?/g;
const DATA_BESIDE = /new URL\((['"])([./\w-]+\/)\1,\s*import\.meta\.url\)/g;

/** What lies in a folder of data beside it (code, notes) is none. */
const DATA_ENDINGS = new Set(['.json', '.br', '.bin']);

interface Manifest {
  version?: string;
  /** Keys: "." and "./name"; values: the module from the package's folder. */
  exports?: Record<string, { default?: string }>;
  bundleDependencies?: string[];
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** What a module needs to do its work. */
export interface Closure {
  /** Its own file, those of all modules it imports, and the data they read: absolute, sorted. */
  files: string[];
  /** Packages of others that they import: "name@version", sorted. */
  packages: string[];
}

/** Follows a module's imports. Our own packages, those that are bundled, count module by module, others by their version. */
export function closureOf(module: string, root: string = packageRoot()): Closure {
  const files = new Set<string>();
  const packages = new Set<string>();
  const own = manifestOf(root).bundleDependencies ?? [];
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, , specifier = ''] of text.matchAll(IMPORTS)) {
      if (specifier.startsWith('.')) visit(resolve(dirname(file), specifier));
      else if (!isBuiltin(specifier)) addPackage(dirname(file), specifier);
    }
    for (const [, folder = '', name] of text.matchAll(DATA)) {
      if (name === undefined) addData(join(root, 'dictionaries', folder));
      else files.add(join(root, 'dictionaries', folder, name));
    }
    for (const [, , folder = ''] of text.matchAll(DATA_BESIDE)) addData(resolve(dirname(file), folder));
  };
  const addPackage = (from: string, specifier: string): void => {
    const name = (specifier.startsWith('@') ? /^[^/]+\/[^/]+/ : /^[^/]+/).exec(specifier)?.[0] ?? specifier;
    const folder = packageFolder(from, name);
    if (folder === null) return;
    const { version = '', exports = {} } = manifestOf(folder);
    const target = exports[`.${specifier.slice(name.length)}`]?.default;
    if (own.includes(name) && target !== undefined) visit(join(folder, target));
    else packages.add(`${name}@${version}`);
  };
  const addData = (folder: string): void => {
    for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (DATA_ENDINGS.has(extname(name))) files.add(join(parentPath, name));
    }
  };
  visit(module);
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/**
 * Version of a part of the program: 16 hex digits of the SHA-256 over the module, everything it imports and the data they
 * read. Equal versions, equal results; nobody has to remember to raise a number.
 */
export function codeVersion(module: string, root: string = packageRoot()): string {
  const { files, packages } = closureOf(module, root);
  const hash = createHash('sha256').update(packages.join('\n'));
  for (const file of files) {
    hash.update(`\n${relative(root, file).replaceAll('\\', '/')}\n`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function packageFolder(from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return realpathSync(found);
    if (dirname(folder) === folder) return null;
  }
}
