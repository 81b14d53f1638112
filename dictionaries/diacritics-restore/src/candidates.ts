/** What each piece may have been: the arcs of the lattice, profile by profile. */
import type { Channel } from './channel.ts';
import type { Arc } from './decoder.ts';
import type { LanguageModel } from './language-model.ts';
import { capitalise, capitalsOf, stripMarks, withCapitals } from './letters.ts';
import { printedCapitals } from './observed.ts';
import type { Rules } from './rules.ts';
import { isPlausibleSyllable } from './syllable.ts';
import { UNKNOWN, wordForm } from './words.ts';

/** What the arcs are made with. */
export interface Sources {
  model: LanguageModel;
  rules: Rules;
}

/** The capitals of `like` letter by letter where both are equally long, else its general capitals. */
function copyCapitals(word: string, like: string): string {
  if (word === like) return word;
  const capitals = capitalsOf(like);
  if (capitals !== 'mixed') return withCapitals(word, capitals);
  if (word.length !== like.length) return capitalise(word);
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const c = like[i] as string;
    out += c === c.toLowerCase() ? (word[i] as string) : (word[i] as string).toUpperCase();
  }
  return out;
}

/** A piece of text without marks: every word that looks so. A piece with marks of its own stays as it is. */
export function strippedArcs(piece: string, to: number, { model, rules }: Sources): Arc[] {
  const low = wordForm(piece);
  const key = stripMarks(low);
  const abbreviation = rules.abbreviations.get(piece);
  if (abbreviation !== undefined) {
    return [{ to, words: [model.id(abbreviation.toLowerCase())], score: 0, texts: [abbreviation] }];
  }
  const ids = key === low ? model.byKey.get(key) : undefined;
  if (!ids) return [{ to, words: [model.id(low)], score: 0, texts: [piece] }];
  return ids.map((id) => ({ to, words: [id], score: 0, texts: [copyCapitals(model.words[id] as string, piece)] }));
}

/** How readily each kind of piece is left as it is, in log probability. */
export interface KeepScores {
  /** A word of the model, read as it stands. */
  known: number;
  abbreviation: number;
  /** Letters that make no Vietnamese syllable: a foreign name, a code. */
  foreign: number;
  /** A syllable in shape that the model does not know. */
  syllable: number;
  /** Digits or signs among the letters: noise of the reader. */
  noise: number;
}

export const KEEP_ENGLISH: KeepScores = { known: -7, abbreviation: -3, foreign: -13, syllable: -12, noise: -18 };
export const KEEP_VIETNAMESE: KeepScores = { known: -0.5, abbreviation: -0.5, foreign: -6, syllable: -9, noise: -12 };

const PLAIN = /^\p{L}+$/u;
const VOWEL = /[aeiouyăâêôơư]/i;

function keepScore(piece: string, id: number, scores: KeepScores, rules: Rules): number {
  if (!PLAIN.test(piece)) return scores.noise;
  const upper = piece.length > 1 && piece === piece.toUpperCase();
  if (rules.latin.has(piece.toLowerCase())) return scores.abbreviation;
  if (upper && (id !== UNKNOWN || !VOWEL.test(stripMarks(piece)))) {
    return isPlausibleSyllable(piece) && id !== UNKNOWN ? scores.known : scores.abbreviation;
  }
  if (id !== UNKNOWN) return scores.known;
  return isPlausibleSyllable(piece) ? scores.syllable : scores.foreign;
}

/** Options of `ocrArcs`. */
export interface OcrContext extends Sources {
  channel: Channel;
  keep: KeepScores;
  /** The piece may begin a sentence: a small letter may be a misread capital. */
  begins: boolean;
  /** Added to every reading that differs from the piece (from the engine's confidence). */
  change: number;
}

/** Most readings of a piece that are followed. */
const MOST = 24;
/** A capital read as a small letter, at the beginning of a sentence and inside one. */
const LOST_CAPITAL = [-7, -2];

/** A piece read by an OCR engine: the words its channel knows, and the piece as it is. */
export function ocrArcs(piece: string, to: number, context: OcrContext): Arc[] {
  const { model, channel, rules } = context;
  const low = wordForm(piece);
  const arcs = new Map<string, Arc>();
  const add = (arc: Arc): void => {
    const text = arc.texts.join(' ');
    const old = arcs.get(text);
    if (!old || old.score < arc.score) arcs.set(text, arc);
  };
  const printed = printedCapitals(piece);
  const upperAbbreviation = printed === 'upper' ? rules.abbreviations.get(piece.replace(/[ĐÐ]/g, 'D')) : undefined;
  if (upperAbbreviation !== undefined) {
    add({ to, words: [model.id(upperAbbreviation.toLowerCase())], score: -0.5, texts: [upperAbbreviation] });
  }
  const readings = (text: string, as: typeof printed, extra: number, rough = false): void => {
    for (const { id, score } of channel.read(text, as, rough).slice(0, MOST)) {
      const word = model.words[id] as string;
      const shown = as === 'lower' ? word : as === 'title' ? capitalise(word) : word.toUpperCase();
      add({ to, words: [id], score: score + extra + (shown === piece ? 0 : context.change), texts: [shown] });
    }
  };
  readings(piece, printed, 0, context.keep.known > -50);
  if (printed === 'upper') readings(piece, 'title', -4);
  if (printed === 'title' && piece.length <= 2) readings(piece, 'lower', -5);
  if (printed === 'lower') readings(piece, 'title', LOST_CAPITAL[context.begins ? 1 : 0] as number);
  const id = model.id(low);
  add({ to, words: [id], score: keepScore(piece, id, context.keep, rules), texts: [piece] });
  return [...arcs.values()];
}

/** Two or three words that ran together ("Datty", "Banhanhva"); only readings much worse as one word are worth it. */
export function splitArcs(piece: string, to: number, context: OcrContext, depth = 2): Arc[] {
  const { model, channel } = context;
  const printed = printedCapitals(piece);
  const arcs: Arc[] = [];
  const after = printed === 'title' ? 'lower' : printed;
  for (let at = 1; at < piece.length; at++) {
    const left = channel.read(piece.slice(0, at), printed).slice(0, 4);
    if (left.length === 0 || (left[0]?.score ?? -99) < -9) continue;
    const rest = piece.slice(at);
    const one = channel.read(rest, after).slice(0, 4);
    for (const a of left) {
      for (const b of one) {
        if (a.score + b.score < SPLIT_WORST) continue;
        arcs.push(twoWords(a, b, to, printed, model));
      }
    }
    if (depth > 2 || piece.length < 8) continue;
    for (const tail of splitArcs(rest, to, context, 3).slice(0, 3)) {
      const a = left[0];
      if (!a || a.score + tail.score < SPLIT_WORST) continue;
      const first = withCapitals(model.words[a.id] as string, printed);
      const rest2 = printed === 'title' ? tail.texts.map((t) => t.toLowerCase()) : tail.texts;
      arcs.push({ to, words: [a.id, ...tail.words], score: a.score + tail.score + SPLIT, texts: [first, ...rest2] });
    }
  }
  return arcs.sort((x, y) => y.score - x.score).slice(0, 10);
}

/** What a lost space costs, and the worst channel score of the parts worth trying. */
const SPLIT = -6;
const SPLIT_WORST = -16;

function twoWords(
  a: { id: number; score: number },
  b: { id: number; score: number },
  to: number,
  printed: 'lower' | 'title' | 'upper',
  model: LanguageModel,
): Arc {
  const first = withCapitals(model.words[a.id] as string, printed);
  const second = withCapitals(model.words[b.id] as string, printed === 'upper' ? 'upper' : 'lower');
  return { to, words: [a.id, b.id], score: a.score + b.score + SPLIT, texts: [first, second] };
}
