import { type ConfidenceWeights, confidenceWeights } from '../dictionaries/administrative/index.ts';
import type { Anchor } from '../extractors/plan.ts';
import type { FoundRow, FoundTable } from '../extractors/task-tables.ts';
import { bare } from '../extractors/text.ts';
import type { Assembled, WordSpan } from './assemble/assemble.ts';
import { wordsOf } from './evidence.ts';
import { judgeMarks, type MarkedWord } from './other-marks.ts';

/** What speaks against a record's words; each 0 where nothing does. */
export const DOUBTS = ['doubt', 'worst', 'marks', 'unknown', 'habit', 'row', 'lost'] as const;
export type Doubts = Record<(typeof DOUBTS)[number], number>;

/** A reader gives most words that it read rightly 0.8 to 0.97: only what is missing beyond that speaks against a word. */
const USUAL = 0.9;
/** One word, however badly read, and all words of a record count no more than this. */
const MOST = { word: 3, record: 3, marks: 15, habit: 3 };

/** Minus log of the chance that a word was read rightly. */
function doubtOf({ confidence }: WordSpan): number {
  const doubt = Math.max(0, 1 - confidence / USUAL);
  return Math.min(MOST.word, -Math.log(Math.max(1e-9, 1 - doubt ** 1.5)));
}

const SIGNS = /[€¢£|~^{}<>\\]/u;

/** What the model says of a paragraph's words, asked once. */
const judgedBefore = new WeakMap<Assembled, Map<number, MarkedWord[]>>();

function judgedIn(assembled: Assembled, paragraph: number): MarkedWord[] {
  const known = judgedBefore.get(assembled) ?? new Map<number, MarkedWord[]>();
  judgedBefore.set(assembled, known);
  const judged = known.get(paragraph) ?? judgeMarks(assembled.paragraphs[paragraph]?.text ?? '');
  known.set(paragraph, judged);
  return judged;
}

const habits = new WeakMap<Assembled, number>();

/** Words in a hundred of which restoration changed the marks: how badly the whole document was read. */
function habitOf(assembled: Assembled): number {
  let habit = habits.get(assembled);
  if (habit === undefined) {
    let [words, changed] = [0, 0];
    assembled.paragraphs.forEach(({ text }, index) => {
      for (const { start, end, raw } of assembled.words[index] ?? []) {
        words++;
        const written = text.slice(start, end);
        if (raw !== written && raw.toLowerCase() !== written.toLowerCase() && bare(raw) === bare(written)) changed++;
      }
    });
    habit = Math.min(MOST.habit, (100 * changed) / Math.max(1, words));
    habits.set(assembled, habit);
  }
  return habit;
}

/** What speaks against the words of a record; null where they were not recognised from a picture. `row`: of a task table. */
export function doubtsOf(
  assembled: Assembled,
  anchor: Anchor,
  row?: { row: FoundRow; table: FoundTable },
): Doubts | null {
  const words = wordsOf(assembled, anchor);
  if (words.every((word) => word.confidence === 1)) return null;
  const text = assembled.paragraphs[anchor.paragraph]?.text ?? '';
  const marks = judgedIn(assembled, anchor.paragraph).filter(
    ({ start }) => start >= anchor.start && start < anchor.end,
  );
  const each = words.map(doubtOf);
  return {
    doubt: Math.min(
      MOST.record,
      each.reduce((sum, doubt) => sum + doubt, 0),
    ),
    worst: Math.max(0, ...each),
    marks: Math.min(MOST.marks, Math.max(0, ...marks.map(({ gain }) => gain))),
    unknown:
      marks.filter(({ known, start }) => !known && /^\p{Ll}/u.test(text.slice(start))).length +
      words.filter(({ start, end }) => SIGNS.test(text.slice(start, end))).length,
    habit: habitOf(assembled),
    row: row ? 1 : 0,
    lost: row ? lostCells(row.row, row.table) : 0,
  };
}

/** A cell that the rows of a table have, but for one in four, is missing rather than empty. */
const FEW = 0.25;

/** Cells of a row that were probably lost, its number counted once more where it does not follow the row before; 2 at most. */
function lostCells(row: FoundRow, { rows }: FoundTable): number {
  const isLost = (cell: 'lead' | 'deadline' | 'product'): boolean =>
    row[cell] === '' && rows.length > 2 && rows.filter((other) => other[cell] === '').length <= FEW * rows.length;
  const before = rows[rows.indexOf(row) - 1];
  const number = Number(row.no);
  const follows = number === 1 || before === undefined || number === Number(before.no) + 1;
  const numbered = /^\d+$/.test(row.no);
  const lost = [isLost('lead'), isLost('deadline'), isLost('product'), row.no === '', numbered && !follows];
  return Math.min(2, lost.filter(Boolean).length);
}

/** The chance that a record is right against whose words these doubts speak. */
export function chanceOf(doubts: Doubts, { base, weights }: ConfidenceWeights): number {
  const logOdds = DOUBTS.reduce((sum, name) => sum + (weights[name] ?? 0) * doubts[name], base);
  return 1 / (1 + Math.exp(-logOdds));
}

const NONE = Object.fromEntries(DOUBTS.map((name) => [name, 0])) as Doubts;

/** A word with digits that is less sure than this makes its record as unsure. */
const NUMBER_IN_DOUBT = 0.5;

/** Of these read from a picture one is seldom right: a share of twice all there is, and a number with another before it. */
const TWICE_ALL = /(?<![\d.,])(?:[2-9]\d\d|\d{4,})(?:[.,]\d+)?\s?%/;
const NUMBER_BEFORE = /(?<![\d.,/-])\d{1,2} \d+(?:[.,]\d+)?\s?%/;

/**
 * The chance that a record is right, 0 to 1: the rule's certainty where nothing speaks against its words, less by what does,
 * weighed as found on scans of our own corpus.
 */
export function confidenceOf(assembled: Assembled, certainty: number, anchor: Anchor, doubts: Doubts | null): number {
  if (doubts === null) return round(certainty);
  const weights = confidenceWeights();
  const numbers = wordsOf(assembled, anchor)
    .filter((word) => /\d/.test(word.raw))
    .map((word) => word.confidence);
  const quote = assembled.paragraphs[anchor.paragraph]?.text.slice(anchor.start, anchor.end) ?? '';
  const isOdd = TWICE_ALL.test(quote) || NUMBER_BEFORE.test(quote);
  const least = Math.min(...numbers.filter((confidence) => confidence < NUMBER_IN_DOUBT), isOdd ? NUMBER_IN_DOUBT : 1);
  return round(Math.min((certainty * chanceOf(doubts, weights)) / chanceOf(NONE, weights), least));
}

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
