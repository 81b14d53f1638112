import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readIndex } from '../../output/results.ts';
import { UsageError } from '../../output/usage-error.ts';
import type { ReportDocument } from '../payload.ts';
import { readAssets } from '../server/assets.ts';
import { createDocuments, type Documents } from '../server/documents.ts';
import { createPictures, type Pictures } from '../server/pictures.ts';

/** Pixels and quality that can be read and still be sent by mail: about 100 kB a page. */
const PICTURE = { width: 1100, format: 'webp', quality: 62 } as const;

/** JSON inside a script element: nothing in it can end the element. */
const embed = (id: string, value: unknown): string =>
  `<script type="application/json" id="${escapeAttribute(id)}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>\n`;

const escapeAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

async function head(): Promise<{ before: string; after: string }> {
  const assets = await readAssets();
  const text = (name: string): string => {
    const asset = assets.get(name);
    if (!asset) throw new UsageError('the reviewer\'s page is not built: run "npm run build".');
    return asset.body.toString('utf8');
  };
  const style = text('assets/app.css');
  const script = text('assets/app.js').replaceAll('</script', '<\\/script');
  const policy = `default-src 'none'; img-src data:; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  return {
    before: `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kehoach</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
`,
    after: `<script type="module">${script}</script>\n</body>\n</html>\n`,
  };
}

async function carry(documents: Documents, pictures: Pictures, folder: string): Promise<ReportDocument | null> {
  const entry = await documents.entry(folder);
  if (!entry) return null;
  const payload = await documents.payload(entry).catch(() => null);
  if (!payload) return null;
  const { layout, picture } = await documents.open(entry);
  const drawn: string[] = [];
  if (typeof picture !== 'string') {
    for (const { number } of payload.record.pages) {
      const bytes = await pictures.get({ ...picture, page: number, ...PICTURE }).catch(() => null);
      drawn.push(bytes ? `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}` : '');
    }
  }
  return { payload, layouts: layout?.pages ?? [], pictures: drawn };
}

/**
 * Writes the reviewer's page of a results folder as one file that opens without a server: pages, boxes, records and
 * decisions, to look at. Returns the number of documents. Throws UsageError for a folder that is none, or a file that
 * cannot be written.
 */
export async function writeReport(dir: string, to: string, source?: string): Promise<number> {
  const root = resolve(dir);
  await readIndex(root);
  const documents = createDocuments(root, source === undefined ? undefined : resolve(source));
  const pictures = createPictures();
  const part = `${to}.${randomUUID()}.part`;
  try {
    const { before, after } = await head();
    const list = await documents.list();
    const file = await open(part, 'w');
    try {
      await file.write(before + embed('report', list));
      for (const { folder } of list) {
        const document = await carry(documents, pictures, folder);
        if (document) await file.write(embed(`document-${folder}`, document));
      }
      await file.write(after);
    } finally {
      await file.close();
    }
    await rename(part, to);
    return list.length;
  } catch (cause) {
    await rm(part, { force: true });
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${to} cannot be written: ${(cause as Error).message}`, { cause });
  } finally {
    await pictures.close();
  }
}
