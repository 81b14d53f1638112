/** A token taken apart into the pieces that are decoded and what stands between them. */
import { foldObserved } from './observed.ts';
import type { Rules } from './rules.ts';

/** What a token is: words to decode, a number, or something never touched. */
export type TokenKind = 'words' | 'number' | 'fixed' | 'empty';

/** A token apart: separators[0] pieces[0] separators[1] … pieces[n-1] separators[n]. */
export interface TokenParts {
  readonly kind: TokenKind;
  readonly pieces: readonly string[];
  readonly separators: readonly string[];
}

/** The separators of a word that stands alone. */
const ALONE: readonly string[] = ['', ''];

const LEAD = /^[\s.,;:!?…()[\]{}"“”«»'’‘|/\-–—_*•~=+<>¬]+/;
const TRAIL = /[\s.,;:!?…()[\]{}"“”«»|/\-–—_*•~=+<>¬]+$/;
const JOINTS = /(?<=[\p{L}\d'’¢€@]{2})[/\-–—]+(?=[\p{L}\d¢€@]{2})|(?<=\p{Lu})[/&\-–—]+(?=\p{Lu})/u;
/** One or two digits with a letter that may be a unit, or a word of which the digits are letters ("16p" = lớp). */
const DOUBTFUL = /^1[0-9]?[plsghm][.,;:]?$/;
/** Numbers with a letter or a roman number before them: "a.1)", "II-12", "A1.2". */
const NUMBERED = /^[("“]*(?:\p{L}|[IVXLC]+)[.\-–/]\d+(?:[.\-–/]\d+)*[.,;:)”"]*$/u;
const LETTER = /[\p{L}\p{M}]/u;
const RUNS = /[\p{L}\p{M}]+/gu;
const WORD = /^[\p{L}\p{M}]+$/u;

const whole = (kind: TokenKind, token: string): TokenParts => ({ kind, pieces: [], separators: [token] });

/** Takes a token apart as the words of a text with clean letters. */
export function cleanParts(token: string, rules: Rules): TokenParts {
  if (WORD.test(token))
    return rules.isFixed(token) ? whole('fixed', token) : { kind: 'words', pieces: [token], separators: ALONE };
  if (/\d/.test(token)) return whole('number', token);
  if (!LETTER.test(token)) return whole('empty', token);
  if (rules.isFixed(token)) return whole('fixed', token);
  const pieces: string[] = [];
  const separators: string[] = [];
  let at = 0;
  for (const match of token.matchAll(RUNS)) {
    separators.push(token.slice(at, match.index));
    pieces.push(match[0]);
    at = match.index + match[0].length;
  }
  separators.push(token.slice(at));
  return { kind: 'words', pieces, separators };
}

/** Takes a token of an English OCR apart: digits and signs inside a word belong to it. */
export function ocrParts(token: string, rules: Rules): TokenParts {
  if ((rules.isNumber(token) && !DOUBTFUL.test(token)) || NUMBERED.test(token)) return whole('number', token);
  if (rules.isFixed(token)) return whole('fixed', token);
  const lead = LEAD.exec(token)?.[0] ?? '';
  const rest = token.slice(lead.length);
  const trail = TRAIL.exec(rest)?.[0] ?? '';
  const core = rest.slice(0, rest.length - trail.length);
  if (!LETTER.test(core) && !(/[¢€@¥&]/.test(core) && core.length <= 3))
    return whole(/\d/.test(token) ? 'number' : 'empty', token);
  const pieces: string[] = [];
  const separators: string[] = [lead];
  let left = core;
  for (let joint = JOINTS.exec(left); joint; joint = JOINTS.exec(left)) {
    pieces.push(left.slice(0, joint.index));
    separators.push(joint[0]);
    left = left.slice(joint.index + joint[0].length);
  }
  pieces.push(left);
  separators.push(trail);
  return { kind: 'words', pieces: pieces.map(foldObserved), separators };
}
