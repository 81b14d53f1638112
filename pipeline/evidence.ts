import { isPlausibleSyllable } from 'diacritics-restore';
import { memo } from '../extractors/memo.ts';
import type { Anchor } from '../extractors/plan.ts';
import type { Box, Evidence } from '../output/record.ts';
import type { Assembled, WordSpan } from './assemble/assemble.ts';
import { findSlips } from './slips.ts';
import { linesOf } from './text-lines.ts';

function wordsOf(assembled: Assembled, anchor: Anchor): WordSpan[] {
  return (assembled.words[anchor.paragraph] ?? []).filter((word) => word.start < anchor.end && anchor.start < word.end);
}

function union(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const at = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) => pick(...boxes.map((box) => box[index]));
  return [at(0, Math.min), at(1, Math.min), at(2, Math.max), at(3, Math.max)];
}

/** Where a stretch of text stands: one entry a page, its box around the words, its lines those of text.txt. */
export function evidenceOf(assembled: Assembled, anchors: readonly Anchor[]): Evidence[] {
  return anchors.flatMap((anchor) => {
    const words = wordsOf(assembled, anchor);
    const line = linesOf(assembled, anchor);
    return [...new Set(words.map((word) => word.page))].map((page): Evidence => {
      const boxes = words.filter((word) => word.page === page).flatMap((word) => (word.box === null ? [] : [word.box]));
      return { page, box: union(boxes), line };
    });
  });
}

/** A word with digits that is less sure than this makes its record as unsure. */
const NUMBER_IN_DOUBT = 0.5;

/** A reader gives most words that it read rightly 0.8 to 0.97: only what is missing beyond that speaks against a word. */
const USUAL = 0.9;
/** A misread number makes a target wrong; most other slips leave it usable. */
const NUMBER_WEIGHT = 2;
/** The chance that a word which is no Vietnamese syllable, number, name or abbreviation was read rightly. */
const BROKEN = 0.6;
/** A word that restoration changed is as sure as the language model, never quite as a word that was read so. */
const CHANGED = 0.97;

const slipsKnown = new WeakMap<Assembled, ReadonlySet<string>>();

/** Words that the language model would rather see written otherwise, as "paragraph:offset". */
function slipsOf(assembled: Assembled): ReadonlySet<string> {
  let slips = slipsKnown.get(assembled);
  if (!slips) {
    // A slip in a text that was not recognised is the author's: it is printed so.
    const texts = assembled.paragraphs.map(({ text }, index) =>
      (assembled.words[index] ?? []).some((word) => word.confidence < 1) ? text : '',
    );
    slips = new Set(
      findSlips(texts).flatMap(({ paragraph, slip: { kind, start } }) =>
        kind === 'word' ? [`${paragraph}:${start}`] : [],
      ),
    );
    slipsKnown.set(assembled, slips);
  }
  return slips;
}

/** The chance that a word stands there as it was printed. */
function wordChance(word: WordSpan, text: string, isSlip: boolean): number {
  const printed = text.slice(word.start, word.end);
  const doubt = Math.max(0, 1 - word.confidence / USUAL);
  const chance = 1 - doubt ** 1.5;
  const changed = word.raw === printed ? 1 : CHANGED;
  return Math.max(0.05, chance * changed * (isSlip || isBroken(printed) ? BROKEN : 1));
}

const isBroken = memo((printed: string): boolean => {
  if (/[€¢£|~^{}<>\\]/u.test(printed)) return true;
  const letters = printed.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '');
  return /^\p{Ll}{2,}$/u.test(letters) && !isPlausibleSyllable(letters);
});

/**
 * The chance that a record is right: the rule's certainty and that of each word of it, 0 to 1. `number` are the words that
 * matter most. Long records have more words to be wrong: their chance is that of all words, softened by the root.
 */
export function confidenceOf(
  assembled: Assembled,
  certainty: number,
  anchor: Anchor,
  number: Anchor | null = null,
): number {
  const text = assembled.paragraphs[anchor.paragraph]?.text ?? '';
  const words = wordsOf(assembled, anchor);
  if (words.length === 0) return round(certainty);
  const slips = slipsOf(assembled);
  const isSlip = (word: WordSpan) => slips.has(`${anchor.paragraph}:${word.start}`);
  const doubt = (list: readonly WordSpan[]) =>
    list.reduce((sum, word) => sum - Math.log(wordChance(word, text, isSlip(word))), 0);
  const all = doubt(words) + (number === null ? 0 : (NUMBER_WEIGHT - 1) * doubt(wordsOf(assembled, number)));
  const numbers = words.filter((word) => /\d/.test(word.raw)).map((word) => word.confidence);
  const least = Math.min(...numbers.filter((confidence) => confidence < NUMBER_IN_DOUBT), 1);
  return round(Math.min(certainty * Math.exp(-all * SOFTENED), least));
}

/** Doubts of neighbouring words come from one stain: they count for less than each alone. */
const SOFTENED = 0.5;

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
