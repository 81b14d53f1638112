import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figures } from '../../output/eval/figures.ts';
import { type Evaluation, evaluateFolder } from '../../output/eval/folder.ts';
import { formatConfidence, formatScores } from '../../output/eval/format.ts';
import { type ResultDocument, readDocument, readEntries } from '../../output/results.ts';
import { fitConfidence } from './fit.ts';
import { tableOf } from './table.ts';
import { scoreText, syllablesWrong } from './text.ts';

const HELP = `npm run eval                         imports corpus/plans and corpus/scans anew and prints all figures against corpus/gold
npm run eval -- --plans FOLDER …     the same of other folders, as npm run corpus:all makes them
npm run eval -- --fit DIR …          fits the weights of confidence to the scans of results folders, and says how well they do on plans
                                     that they were not fitted to
npm run eval -- DIR GOLD             the verb eval: a results folder against gold folders; --json`;

const CORPUS = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(dirname(CORPUS), 'dist', 'pipeline', 'cli.js');
const GOLD = join(CORPUS, 'gold');
const WEIGHTS = join(dirname(CORPUS), 'dictionaries', 'administrative', 'confidence.json');
const WIDTH = 120;

/** The command line, with its output to ours. Its exit code. */
function kehoach(args: readonly string[]): number {
  return spawnSync(process.execPath, [CLI, ...args], { stdio: 'inherit' }).status ?? 1;
}

interface Reading {
  truth: string;
  document: ResultDocument;
}

/** The documents that have a gold, with its text. */
async function readingsOf(results: string, evaluation: Evaluation): Promise<Reading[]> {
  const golds = new Map(evaluation.documents.map(({ document, gold }) => [document, gold]));
  const entries = (await readEntries(results)).filter(({ source }) => golds.has(source));
  return Promise.all(
    entries.map(async (entry) => ({
      truth: readFileSync(join(GOLD, golds.get(entry.source) ?? '', 'text.txt'), 'utf8'),
      document: await readDocument(results, entry),
    })),
  );
}

const textsOf = (readings: readonly Reading[]): Map<string, Figures> =>
  new Map(
    readings.map(({ truth, document: { entry, lines } }) => [entry.source, scoreText((lines ?? []).join('\n'), truth)]),
  );

/** How many syllables of the recognised documents are wrong as they were read, and as they were restored. */
function restorationOf(readings: readonly Reading[]): string {
  const counts = readings.flatMap(({ truth, document: { entry, record, layout } }) => {
    if (layout === null || !record.pages.some(({ textSource }) => textSource === 'ocr')) return [];
    const words = layout.pages.flatMap(({ lines }) => lines.flatMap((line) => line.words));
    const [read, restored] = (['raw', 'text'] as const).map((form) =>
      syllablesWrong(words.map((word) => word[form]).join(' '), truth),
    ) as [number, number];
    return [{ source: entry.source, read, restored }];
  });
  const sum = (form: 'read' | 'restored'): number => counts.reduce((total, count) => total + count[form], 0);
  const lines = counts.map(({ source, read, restored }) => `${source}: ${read} -> ${restored}`);
  return `Syllables wrong as read -> as restored: ${[`all ${counts.length}: ${sum('read')} -> ${sum('restored')}`, ...lines].join('\n')}`;
}

/** Imports a folder of plans into a folder that is taken away again, and prints its figures. */
async function measure(plans: string): Promise<void> {
  const results = mkdtempSync(join(tmpdir(), 'kehoach-eval-'));
  try {
    if (kehoach(['import', plans, '--out', results]) > 1) throw new Error(`${plans}: nothing was imported`);
    const evaluation = await evaluateFolder(results, GOLD);
    console.log(`\n${basename(plans, extname(plans))}\n`);
    const readings = await readingsOf(results, evaluation);
    console.log(tableOf(evaluation, textsOf(readings)));
    console.log(`\n${restorationOf(readings)}`);
    console.log(`\n${formatScores(evaluation.pooled, { color: false, width: WIDTH })}`);
    console.log(`\n${formatConfidence(evaluation.confidence)}`);
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}

async function fitTo(results: readonly string[]): Promise<void> {
  const { weights, left } = await fitConfidence(results, GOLD);
  writeFileSync(WEIGHTS, `${JSON.stringify({ source: 'npm run eval -- --fit', ...weights }, null, 2)}\n`);
  console.log(`${WEIGHTS}\n\nEach plan by weights fitted to the others:\n${formatConfidence(left)}`);
}

const args = process.argv.slice(2);
if (args[0] === '--help') console.log(HELP);
else if (args[0] === '--fit') await fitTo(args.slice(1).map((folder) => resolve(folder)));
else if (args.length > 0 && args[0] !== '--plans') process.exitCode = kehoach(['eval', ...args]);
else {
  const folders =
    args.length > 1
      ? args.slice(1).map((folder) => resolve(folder))
      : ['plans', 'scans'].map((name) => join(CORPUS, name));
  for (const folder of folders) await measure(folder);
}
