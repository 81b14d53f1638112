import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { closureOf, codeVersion } from '../../pipeline/run/code-version.ts';
import { tempFolder } from '../temp.ts';

const DIST = join(import.meta.dirname, '../../dist/pipeline/run');
const ROOT = join(import.meta.dirname, '../..');
const root = tempFolder();

/** A package of two parts that share a module, with data, a bundled package and a foreign one. */
const FILES: Record<string, string> = {
  'package.json': '{"bundleDependencies":["own"]}',
  'dist/pages.js': "import { a } from './shared.js';\nimport { b } from 'own/part';\nimport 'node:fs';\n",
  'dist/records.js':
    "export * from './shared.js';\nconst x = await import('foreign');\nrequire('@scope/other/lib');\nread(join(root, 'dictionaries', 'words'));\n",
  'dist/shared.js': "export const a = 1; join(root, 'dictionaries', 'forms', 'lines.json');\n",
  'dictionaries/forms/lines.json': '[]',
  'dictionaries/forms/other.json': '[]',
  'dictionaries/words/list.json': '[]',
  'dictionaries/words/index.ts': '',
  'node_modules/own/package.json': '{"exports":{".":{"default":"./index.js"},"./part":{"default":"./part.js"}}}',
  'node_modules/own/index.js': '',
  'node_modules/own/part.js': "new URL('./model/', import.meta.url);\n",
  'node_modules/own/model/weights.bin': '0',
  'node_modules/foreign/package.json': '{"version":"1.0.0"}',
  'node_modules/@scope/other/package.json': '{"version":"2.1.0"}',
};

function write(changes: Record<string, string> = {}): void {
  for (const [path, text] of Object.entries({ ...FILES, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
const versions = () => [
  codeVersion(join(root, 'dist/pages.js'), root),
  codeVersion(join(root, 'dist/records.js'), root),
];
const closure = (module: string, from: string) => {
  const { files, packages } = closureOf(module, from);
  return { files: files.map((file) => relative(from, file).replaceAll('\\', '/')), packages };
};

test('a closure has the modules imported, their data, and the versions of foreign packages', () => {
  write();
  expect(closure(join(root, 'dist/pages.js'), root)).toEqual({
    files: [
      'dictionaries/forms/lines.json',
      'dist/pages.js',
      'dist/shared.js',
      'node_modules/own/model/weights.bin',
      'node_modules/own/part.js',
    ],
    packages: [],
  });
  expect(closure(join(root, 'dist/records.js'), root)).toEqual({
    files: ['dictionaries/forms/lines.json', 'dictionaries/words/list.json', 'dist/records.js', 'dist/shared.js'],
    packages: ['@scope/other@2.1.0', 'foreign@1.0.0'],
  });
});

test.each([
  ['a module of the one', { 'dist/pages.js': "import './shared.js';\n" }, [true, false]],
  ['a module of both', { 'dist/shared.js': 'export const a = 2;\n' }, [true, true]],
  ['the data that both read', { 'dictionaries/forms/lines.json': '[1]' }, [true, true]],
  ['data beside it', { 'dictionaries/forms/other.json': '[1]' }, [false, false]],
  ['data of the other', { 'dictionaries/words/list.json': '["a"]' }, [false, true]],
  ['a model of the bundled package', { 'node_modules/own/model/weights.bin': '1' }, [true, false]],
  ['a foreign package', { 'node_modules/foreign/package.json': '{"version":"1.0.1"}' }, [false, true]],
  ['notes beside the data', { 'dictionaries/words/index.ts': '// note\n' }, [false, false]],
])('%s changes the versions that depend on it', (_, changes, expected) => {
  write();
  const before = versions();
  write(changes as Record<string, string>);
  const after = versions();
  expect(after.map((version, index) => version !== before[index])).toEqual(expected);
});

test('pages recognised depend on no extractor and no word of theirs, records on both', () => {
  const pages = closure(join(DIST, 'page-job.js'), ROOT).files.join('\n');
  const records = closure(join(DIST, 'jobs.js'), ROOT).files.join('\n');
  expect(pages).toMatch(/^dist\/pipeline\/ocr\/recognize-page\.js$/m);
  expect(pages).not.toMatch(/extractors|administrative\/(?!form-lines).*\.json|language\.bin/);
  for (const part of [
    /extractors\/segment\.js/,
    /administrative\/units\.json/,
    /model\/language\.bin/,
    /recognize-page/,
  ]) {
    expect(records).toMatch(part);
  }
});
