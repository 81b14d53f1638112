import type { Anchor, Paragraph } from '../extractors/plan.ts';
import { foldWords } from '../output/fold.ts';
import type { Assembled } from './assemble/assemble.ts';

/** Words of a line at most, where the paragraph lets itself be cut: evidence names lines, and a reader must find the words in them. */
const MOST_WORDS = 70;

/** Behind the end of a clause or sentence; and, where one is too long by itself, behind a comma. */
const CLAUSE_END = /[;:.!?…][)"”’»\]]*\s+/gu;
const COMMA = /,\s+/gu;

/** The lines of text.txt, and where each paragraph's begin. */
interface TextLines {
  lines: string[];
  /** For each paragraph: number of its first line, from 1, and the offsets in its text where its lines begin. */
  places: { first: number; starts: readonly number[] }[];
}

const known = new WeakMap<Assembled, TextLines>();

/** text.txt line by line: a paragraph a line; one of more than 70 words goes on in the next line behind a clause. */
export const textLines = (assembled: Assembled): readonly string[] => cut(assembled).lines;

/** The lines a stretch of a paragraph stands in: [from, to], counted from 1. */
export function linesOf(assembled: Assembled, { paragraph, start, end }: Anchor): [number, number] {
  const { first, starts } = cut(assembled).places[paragraph] ?? { first: paragraph + 1, starts: [0] };
  const lineAt = (offset: number) =>
    first +
    Math.max(
      0,
      starts.findLastIndex((from) => from <= offset),
    );
  return [lineAt(start), lineAt(Math.max(start, end - 1))];
}

function cut(assembled: Assembled): TextLines {
  let found = known.get(assembled);
  if (!found) {
    found = { lines: [], places: [] };
    for (const paragraph of assembled.paragraphs) {
      const starts = lineStarts(paragraph);
      found.places.push({ first: found.lines.length + 1, starts });
      starts.forEach((from, i) => {
        found?.lines.push(paragraph.text.slice(from, starts[i + 1]).trimEnd());
      });
    }
    known.set(assembled, found);
  }
  return found;
}

function lineStarts({ kind, text }: Paragraph): number[] {
  // So short a text has no more words.
  if (kind === 'row' || text.length < 2 * MOST_WORDS || words(text) <= MOST_WORDS) return [0];
  const clauses = ends(text, CLAUSE_END);
  const parts = clauses.flatMap((end, i) => {
    const from = clauses[i - 1] ?? 0;
    const clause = text.slice(from, end);
    return words(clause) <= MOST_WORDS ? [end] : ends(clause, COMMA).map((at) => from + at);
  });
  const starts = [0];
  parts.forEach((end, i) => {
    const from = starts.at(-1) ?? 0;
    const before = parts[i - 1] ?? 0;
    if (before > from && words(text.slice(from, end)) > MOST_WORDS) starts.push(before);
  });
  return starts;
}

/** The offsets behind each match, and the text's own end. */
const ends = (text: string, mark: RegExp): number[] => [
  ...[...text.matchAll(mark)].map(({ index, 0: { length } }) => index + length).filter((end) => end < text.length),
  text.length,
];

const words = (text: string): number => foldWords(text).length;
