import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { confidenceFigures, type Judged, judgeRecord } from '../../output/eval/confidence.ts';
import { goldNameOf } from '../../output/eval/folder.ts';
import { readGold } from '../../output/eval/gold.ts';
import { readEntries } from '../../output/results.ts';
import { buildRecord } from '../../pipeline/build-record.ts';
import { chanceOf, DOUBTS, type Doubts, doubtsOf } from '../../pipeline/confidence.ts';
import { newDocument, type PlanDocument } from '../../pipeline/document.ts';
import type { Page } from '../../pipeline/page.ts';
import { assemble } from '../../pipeline/stages/assemble.ts';
import { extract } from '../../pipeline/stages/extract.ts';
import { restore } from '../../pipeline/stages/restore.ts';
import { segment } from '../../pipeline/stages/segment.ts';

/** A recognised record: its plan, what speaks against its words, and whether it is right. */
interface Example {
  plan: string;
  doubts: Doubts;
  right: boolean;
}

export interface Weights {
  base: number;
  weights: Record<string, number>;
}

/** The pages of a document that were kept when it was imported; empty where none were recognised. */
function keptPages(results: string, id: string): Page[] {
  const folder = join(results, '.kehoach', 'pages', id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((file) => (JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8')) as { page: Page }).page)
    .sort((a, b) => a.number - b.number);
}

function extracted(id: string, pages: Page[]): PlanDocument {
  const file = { path: '', source: id, id, sha256: '', bytes: 0, folder: id };
  const read: PlanDocument = { ...newDocument(file), kind: 'pdf', pageCount: pages.length, pages };
  return [restore, assemble, segment, extract].reduce((document, stage) => stage(document), read);
}

/** Indicators and rows of the recognised documents of a results folder, judged by gold. */
async function examplesOf(results: string, goldDir: string): Promise<Example[]> {
  const examples: Example[] = [];
  for (const entry of await readEntries(results)) {
    const plan = goldNameOf(entry.source);
    const pages = keptPages(results, entry.id);
    if (pages.length === 0 || !existsSync(join(goldDir, plan))) continue;
    const document = extracted(entry.id, pages);
    const { assembled, extracted: found } = document;
    if (assembled === null || found === null) continue;
    const doubts = [
      ...found.indicators.map(({ anchor }) => doubtsOf(assembled, anchor)),
      ...found.tables.flatMap((table) => table.rows.map((row) => doubtsOf(assembled, row.anchor, { row, table }))),
    ];
    const judged = judgeRecord(buildRecord(document), await readGold(join(goldDir, plan)));
    judged.forEach(({ right }, i) => {
      const own = doubts[i];
      if (own) examples.push({ plan, doubts: own, right });
    });
  }
  return examples;
}

/** Keeps weights small that few examples speak for. */
const RIDGE = 3;
const ROUNDS = 40;

/** Logistic regression by Newton's method on doubts scaled to unit variance. */
function fitWeights(examples: readonly Example[]): Weights {
  const scales = DOUBTS.map((name) => {
    const values = examples.map(({ doubts }) => doubts[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
  });
  const rows = examples.map(({ doubts }) => [1, ...DOUBTS.map((name, k) => doubts[name] / (scales[k] ?? 1))]);
  const size = DOUBTS.length + 1;
  const w = new Array<number>(size).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = w.map((weight, k) => (k === 0 ? 0 : RIDGE * weight));
    const hessian = w.map((_, a) => w.map((_, b) => (a === b ? (a === 0 ? 1e-6 : RIDGE) : 0)));
    rows.forEach((row, i) => {
      const p = 1 / (1 + Math.exp(-row.reduce((sum, value, k) => sum + value * (w[k] ?? 0), 0)));
      const error = p - (examples[i]?.right ? 1 : 0);
      for (let a = 0; a < size; a++) {
        gradient[a] = (gradient[a] ?? 0) + error * (row[a] ?? 0);
        const line = hessian[a] as number[];
        for (let b = 0; b < size; b++) line[b] = (line[b] ?? 0) + p * (1 - p) * (row[a] ?? 0) * (row[b] ?? 0);
      }
    });
    solve(hessian, gradient).forEach((step, k) => {
      w[k] = (w[k] ?? 0) - step;
    });
  }
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    base: rounded(w[0] ?? 0),
    // What speaks against a record never speaks for it.
    weights: Object.fromEntries(
      DOUBTS.map((name, k) => [name, Math.min(0, rounded((w[k + 1] ?? 0) / (scales[k] ?? 1)))]),
    ),
  };
}

/** Gaussian elimination with row exchange. Changes what it is given. */
function solve(matrix: number[][], vector: number[]): number[] {
  const size = vector.length;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(matrix[i]?.[k] ?? 0) > Math.abs(matrix[pivot]?.[k] ?? 0)) pivot = i;
    [matrix[k], matrix[pivot]] = [matrix[pivot] as number[], matrix[k] as number[]];
    [vector[k], vector[pivot]] = [vector[pivot] ?? 0, vector[k] ?? 0];
    const top = matrix[k] as number[];
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const row = matrix[i] as number[];
      const factor = (row[k] ?? 0) / (top[k] ?? 1);
      for (let j = k; j < size; j++) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
      vector[i] = (vector[i] ?? 0) - factor * (vector[k] ?? 0);
    }
  }
  return vector.map((value, k) => value / (matrix[k]?.[k] ?? 1));
}

/**
 * Fits the weights of confidence to the scans of results folders. `left`: how each plan's records are judged by weights
 * fitted without that plan.
 */
export async function fitConfidence(
  results: readonly string[],
  goldDir: string,
): Promise<{ weights: Weights; left: ReturnType<typeof confidenceFigures> }> {
  const examples = (await Promise.all(results.map((folder) => examplesOf(folder, goldDir)))).flat();
  const plans = [...new Set(examples.map(({ plan }) => plan))];
  const left = plans.flatMap((plan): Judged[] => {
    const weights = fitWeights(examples.filter((example) => example.plan !== plan));
    return examples
      .filter((example) => example.plan === plan)
      .map(({ doubts, right }) => ({ confidence: chanceOf(doubts, weights), right }));
  });
  return { weights: fitWeights(examples), left: confidenceFigures(left) };
}
