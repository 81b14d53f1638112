import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LayoutRecord, PlanRecord, SCHEMA_VERSION } from '../../output/record.ts';
import { writeWhole } from '../../output/write-whole.ts';
import { buildRecord } from '../build-record.ts';
import type { PlanDocument, StageContext } from '../document.ts';
import { type Page, pageLines } from '../page.ts';
import { textLines } from '../text-lines.ts';

/** Builds, validates and writes the record with its text and layout. document.json comes last: it says that all is there. */
export async function write(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  const record = PlanRecord.parse(buildRecord(document));
  const folder = join(context.outDir, document.file.folder);
  await mkdir(folder, { recursive: true });
  const lines = document.assembled ? textLines(document.assembled) : [];
  const text = lines.map((line) => `${line}\n`).join('');
  await writeWhole(join(folder, 'text.txt'), text);
  await writeWhole(join(folder, 'layout.json'), `${JSON.stringify(layoutOf(document.pages))}\n`);
  await writeWhole(join(folder, 'document.json'), `${JSON.stringify(record, null, 2)}\n`);
  return { ...document, record };
}

function layoutOf(pages: readonly Page[]): LayoutRecord {
  return {
    schemaVersion: SCHEMA_VERSION,
    pages: pages.map((page) => ({
      number: page.number,
      lines: [...pageLines(page)].map((line) => ({
        box: line.box,
        words: line.words.map(({ raw, text, box, confidence }) => ({
          raw,
          text,
          box,
          confidence: Math.round(confidence * 1000) / 1000,
        })),
      })),
      regions: page.regions.map(({ kind, box, text }) => ({ kind, box, ...(text === undefined ? {} : { text }) })),
    })),
  };
}
