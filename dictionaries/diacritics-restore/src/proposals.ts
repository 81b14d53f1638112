/** Words that a text's neighbours ask for where what was read fits neither of them ("quy ham pháp luật": phạm). */
import type { Arc, Decoded } from './decoder.ts';
import type { LanguageModel } from './language-model.ts';
import { stripMarks, withCapitals } from './letters.ts';
import { printedCapitals } from './observed.ts';
import { PROPOSALS } from './weights.ts';
import { BREAK, NUMBER } from './words.ts';

/** Words proposed for a position of a sentence. */
export interface Proposal {
  at: number;
  arcs: readonly Arc[];
}

/** What the neighbours of each word of a path propose; `pieceAt` tells the piece at a position, undefined where it must stay. */
export function proposals(
  path: Decoded['path'],
  model: LanguageModel,
  pieceAt: (position: number) => string | undefined,
): Proposal[] {
  const out: Proposal[] = [];
  path.forEach(({ at, arc }, k) => {
    const piece = pieceAt(at);
    if (arc.span > 1 || arc.words.length > 1 || arc.texts[0] !== piece || piece === undefined) return;
    const before = path[k - 1]?.arc.words.at(-1) ?? BREAK;
    const after = path[k + 1]?.arc.words[0] ?? BREAK;
    const own = arc.words[0] as number;
    const fit = fitOf(model, before, own, after);
    if (fit > PROPOSALS.below) return;
    const arcs = proposed(piece, before, own, after, fit, model);
    if (arcs.length > 0) out.push({ at, arcs });
  });
  return out;
}

/** The lattice with proposals added. */
export function withProposals(
  arcs: readonly (readonly Arc[])[],
  found: readonly Proposal[],
): readonly (readonly Arc[])[] {
  if (found.length === 0) return arcs;
  const out = [...arcs];
  for (const { at, arcs: more } of found) out[at] = merged(arcs[at] ?? [], more);
  return out;
}

/** log p(word | before) + log p(after | word). */
function fitOf(model: LanguageModel, before: number, word: number, after: number): number {
  return (
    model.bigramScore(model.bigram(before, word), before, word) +
    model.bigramScore(model.bigram(word, after), word, after)
  );
}

function proposed(piece: string, before: number, own: number, after: number, fit: number, model: LanguageModel): Arc[] {
  const low = piece.toLowerCase();
  const printed = printedCapitals(piece);
  const found: { id: number; score: number; value: number }[] = [];
  const base = PROPOSALS.base + (own > NUMBER ? PROPOSALS.known : 0);
  const least = fit + PROPOSALS.gain;
  model.eachSuccessor(before, (id, p) => {
    if (id <= NUMBER || p < least) return;
    const value = p + model.bigramScore(model.bigram(id, after), id, after);
    if (value < least) return;
    const distance = distanceOf(low, model.words[id] as string);
    if (distance > PROPOSALS.farthest) return;
    const score = base + PROPOSALS.edit * distance;
    found.push({ id, score, value: value + score });
  });
  return found
    .sort((a, b) => b.value - a.value)
    .slice(0, PROPOSALS.most)
    .map(({ id, score }) => ({
      span: 1,
      words: [id],
      score,
      texts: [withCapitals(model.words[id] as string, printed)],
    }));
}

/** Letters to change, add or take away; a mark alone counts less. */
function distanceOf(a: string, b: string): number {
  const bareA = stripMarks(a);
  const bareB = stripMarks(b);
  let row = Float64Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = new Float64Array(b.length + 1);
    next[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : bareA[i - 1] === bareB[j - 1] ? PROPOSALS.mark : 1;
      next[j] = Math.min((row[j - 1] as number) + same, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row[b.length] as number;
}

function merged(arcs: readonly Arc[], found: readonly Arc[]): Arc[] {
  const better = found.filter((f) => !arcs.some((a) => a.texts[0] === f.texts[0] && a.score >= f.score));
  const replaced = new Set(better.map((f) => f.texts[0]));
  return [...arcs.filter((a) => a.span > 1 || a.words.length > 1 || !replaced.has(a.texts[0])), ...better];
}
