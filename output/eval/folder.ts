import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { readDocument, readEntries } from '../results.ts';
import { UsageError } from '../usage-error.ts';
import { type ConfidenceFigures, confidenceFigures, type Judged, judgeRecord } from './confidence.ts';
import { pool, type Scores, scoreRecord } from './evaluate.ts';
import { hasGold, readGold } from './gold.ts';

/** What `kehoach eval DIR GOLD` found; its JSON form is this object. */
export interface Evaluation {
  documents: { document: string; gold: string; scores: Scores }[];
  /** All documents as one. */
  pooled: Scores;
  /** Whether the confidence of indicators and rows tells the right ones from the wrong ones, over all documents. */
  confidence: ConfidenceFigures;
  /** Sources of documents that no gold folder belongs to. */
  withoutGold: string[];
  /** Gold folders that belong to no document. */
  withoutDocument: string[];
}

async function goldFolders(goldDir: string): Promise<string[]> {
  const entries = await readdir(goldDir, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UsageError(`${goldDir}: the folder with the gold folders cannot be read.`, { cause });
  });
  const folders: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() && (await hasGold(join(goldDir, entry.name)))) folders.push(entry.name);
  }
  return folders.sort();
}

/** The gold folder that a source's document belongs to: its name without its ending. */
export function goldNameOf(source: string): string {
  const name = basename(source);
  return name.slice(0, name.length - extname(name).length).normalize('NFC');
}

/**
 * Scores every document of a results folder that has a gold folder named like its source without the ending.
 * Throws UsageError where nothing fits or something is damaged.
 */
export async function evaluateFolder(dir: string, goldDir: string): Promise<Evaluation> {
  const folders = await goldFolders(goldDir);
  if (!folders.length) {
    throw new UsageError(`${goldDir} has no gold folders: folders with headings.jsonl, indicators.jsonl and the like.`);
  }
  const goldOf = new Map(folders.map((folder) => [folder.normalize('NFC'), folder]));
  const entries = await readEntries(dir);
  const documents: Evaluation['documents'] = [];
  const judged: Judged[] = [];
  for (const entry of entries) {
    const gold = goldOf.get(goldNameOf(entry.source));
    if (gold === undefined) continue;
    const { record, lines } = await readDocument(dir, entry);
    const own = await readGold(join(goldDir, gold));
    documents.push({ document: entry.source, gold, scores: scoreRecord(record, lines, own) });
    judged.push(...judgeRecord(record, own));
  }
  if (!documents.length) {
    throw new UsageError(
      `No gold folder of ${goldDir} is named like a document of ${dir} (the source's name without its ending).`,
    );
  }
  const scored = new Set(documents.map(({ document }) => document));
  const used = new Set(documents.map(({ gold }) => gold));
  return {
    documents,
    pooled: pool(documents.map(({ scores }) => scores)),
    confidence: confidenceFigures(judged),
    withoutGold: entries.map((entry) => entry.source).filter((source) => !scored.has(source)),
    withoutDocument: folders.filter((folder) => !used.has(folder)),
  };
}
