/** From tokens to sentences of pieces: what is decoded together. */
import type { TokenParts } from './pieces.ts';
import type { Rules } from './rules.ts';
import { endsSentence } from './words.ts';

/** One position of a lattice: piece `piece` of token `token`, or (piece -1) the token as a whole. */
export interface Position {
  token: number;
  piece: number;
}

/** Longest sentence decoded in one go; longer ones are cut (the search stays linear). */
const LONGEST = 300;

/** Groups tokens into sentences. `lineStart` tells whether a token begins a line. */
export function sentencesOf(
  tokens: readonly string[],
  parts: readonly TokenParts[],
  lineStart: readonly boolean[],
  rules: Rules,
): Position[][] {
  const sentences: Position[][] = [];
  let open: Position[] = [];
  const close = (): void => {
    if (open.length) sentences.push(open);
    open = [];
  };
  for (let t = 0; t < tokens.length; t++) {
    const token = tokens[t] as string;
    const part = parts[t] as TokenParts;
    if (lineStart[t] && (beginsItem(token, rules) || beginsParagraph(tokens, t, lineStart))) close();
    if (part.kind === 'words') part.pieces.forEach((_, piece) => void open.push({ token: t, piece }));
    else if (part.kind !== 'empty') open.push({ token: t, piece: -1 });
    if (endsSentence(token) || open.length >= LONGEST) close();
  }
  close();
  return sentences;
}

/** A bullet, "1.", "2.3", "a)", "II." at the beginning of a line. */
function beginsItem(token: string, rules: Rules): boolean {
  return (
    rules.isBullet(token) || rules.isBulletMisread(token) || /^(?:\d+(?:\.\d+)*[.)]|[a-zđ]\)|[IVXl1]+\.)$/.test(token)
  );
}

/** A line in capitals after one that is not, or the other way round, or a line after one of one or two tokens. */
function beginsParagraph(tokens: readonly string[], t: number, lineStart: readonly boolean[]): boolean {
  const before = tokens[t - 1];
  const here = tokens[t] as string;
  if (before === undefined) return true;
  if (lineStart[t - 1]) return true;
  const loud = (text: string): boolean => /\p{L}\P{L}*\p{L}/u.test(text) && text === text.toUpperCase();
  const next = tokens[t + 1] ?? here;
  return loud(before) !== loud(here) && loud(before) !== loud(next) && /^\P{L}*\p{Lu}/u.test(here);
}
