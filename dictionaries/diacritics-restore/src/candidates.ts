/** What each piece may have been: the arcs of the lattice, profile by profile. */
import type { Channel, Reading } from './channel.ts';
import type { Arc } from './decoder.ts';
import type { LanguageModel } from './language-model.ts';
import { capitalise, capitalsOf, stripMarks, withCapitals } from './letters.ts';
import { printedCapitals } from './observed.ts';
import type { Rules } from './rules.ts';
import { isPlausibleSyllable } from './syllable.ts';
import { CAPITALS, type KeepScores, type OcrWeights } from './weights.ts';
import { NUMBER, UNKNOWN, wordForm } from './words.ts';

/** What the arcs are made with. */
export interface Sources {
  model: LanguageModel;
  rules: Rules;
}

/** A word as it may be written: its number in a list, and its text in one. Arcs share them: they are most of what the caches hold. */
interface Written {
  words: readonly number[];
  lower: readonly string[] | undefined;
  title: readonly string[] | undefined;
  upper: readonly string[] | undefined;
}

const written: (Written | undefined)[] = [];
let writtenOf: LanguageModel | undefined;

function writtenWord(id: number, model: LanguageModel): Written {
  if (writtenOf !== model) {
    written.length = 0;
    writtenOf = model;
  }
  let found = written[id];
  if (!found) {
    found = { words: [id], lower: undefined, title: undefined, upper: undefined };
    written[id] = found;
  }
  return found;
}

/** The text of a word in capitals of a kind, in a list. */
function textsOf(own: Written, capitals: 'lower' | 'title' | 'upper', model: LanguageModel): readonly string[] {
  own[capitals] ??= [withCapitals(model.words[own.words[0] as number] as string, capitals)];
  return own[capitals];
}

/** The capitals of `like`, which are mixed, letter by letter where both are equally long, else a capital first letter. */
function copyCapitals(word: string, like: string): string {
  if (word.length !== like.length) return capitalise(word);
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const c = like[i] as string;
    out += c === c.toLowerCase() ? (word[i] as string) : (word[i] as string).toUpperCase();
  }
  return out;
}

/** A piece of text without marks: every word that looks so. A piece with marks of its own stays as it is. */
export function strippedArcs(piece: string, span: number, sources: Sources, begins = false): readonly Arc[] {
  if (span > 1) return strippedSearch(piece, span, sources, begins);
  const cache = begins ? firstArcs : innerArcs;
  let found = cache.get(piece);
  if (!found) {
    found = strippedSearch(piece, span, sources, begins);
    if (cache.size >= CACHE) cache.clear();
    cache.set(piece, found);
  }
  return found;
}

const CACHE = 6000;
const firstArcs = new Map<string, readonly Arc[]>();
const innerArcs = new Map<string, readonly Arc[]>();

function strippedSearch(piece: string, span: number, { model, rules }: Sources, begins: boolean): Arc[] {
  const low = wordForm(piece);
  const key = stripMarks(low);
  const abbreviation = rules.abbreviations.get(piece);
  if (abbreviation !== undefined) {
    return [{ span, words: [model.id(abbreviation.toLowerCase())], score: 0, texts: [abbreviation] }];
  }
  const ids = key === low ? model.byKey.get(key) : undefined;
  if (!ids) return [{ span, words: [model.id(low)], score: 0, texts: [piece] }];
  const capitals = begins || ids.length === 1 ? 'mixed' : capitalsOf(piece);
  const shape = capitals === 'title' ? model.title : capitals === 'lower' ? model.small : undefined;
  const printed = capitalsOf(piece);
  return ids.map((id) => {
    const own = writtenWord(id, model);
    return {
      span,
      words: own.words,
      score: shape ? CAPITALS.weight * (shape[id] as number) : 0,
      texts: printed === 'mixed' ? [copyCapitals(model.words[id] as string, piece)] : textsOf(own, printed, model),
    };
  });
}

const PLAIN = /^\p{L}+$/u;
const OURS = /[ăđơưạ-ỹ]/iu;
const VOWEL = /[aeiouyăâêôơư]/i;

function keepScore(piece: string, id: number, scores: KeepScores, rules: Rules): number {
  if (!PLAIN.test(piece)) return scores.noise;
  const upper = piece.length > 1 && piece === piece.toUpperCase();
  if (rules.latin.has(piece.toLowerCase())) return scores.abbreviation;
  if (upper && (id !== UNKNOWN || !VOWEL.test(stripMarks(piece)))) {
    return isPlausibleSyllable(piece) && id !== UNKNOWN ? scores.known : scores.abbreviation;
  }
  if (id !== UNKNOWN) return scores.known;
  if (isPlausibleSyllable(piece)) return scores.syllable;
  // Letters of ours that make no syllable are no foreign word.
  return OURS.test(piece) ? scores.noise : scores.foreign;
}

/** Options of `ocrArcs`. */
export interface OcrContext extends Sources {
  channel: Channel;
  weights: OcrWeights;
  /** Whether the piece may also be left as it is. */
  keep: boolean;
  /** The piece may begin a sentence: a small letter may be a misread capital. */
  begins: boolean;
  /** A word in capitals among small letters. */
  loud?: boolean;
  /** Added to every reading that differs from the piece (from the engine's confidence). */
  change: number;
}

/** Most readings of a piece that are followed where a character is left out, and of a part of one. */
const MOST = 24;
const FEW = 4;

/** What a letter read twice costs, and specks read as signs that may just be left out. */
const DOUBLED = -4;
const NOISY = -4;
/** A letter read as its capital. */
const FOLDED = -1;
const NOISE = /[¢@{}|,.'"^~&*_:;=<>()[\]\\/]/g;

/** A piece read by an OCR engine: the words its channel knows, and the piece as it is. */
export function ocrArcs(piece: string, span: number, context: OcrContext): Arc[] {
  const { model, channel, rules, weights } = context;
  const low = wordForm(piece);
  const arcs = new Map<string, Arc>();
  const add = (arc: Arc): void => {
    const text = arc.texts[0] as string;
    const old = arcs.get(text);
    if (!old || old.score < arc.score) arcs.set(text, arc);
  };
  const printed = printedCapitals(piece);
  const upperAbbreviation = printed === 'upper' ? rules.abbreviations.get(piece.replace(/[ĐÐ]/g, 'D')) : undefined;
  if (upperAbbreviation !== undefined) {
    add({ span, words: [model.id(upperAbbreviation.toLowerCase())], score: -0.5, texts: [upperAbbreviation] });
  }
  const readings = (text: string, as: typeof printed, extra: number, rough = false): void => {
    const shape = context.begins || as === 'upper' ? undefined : as === 'title' ? model.title : model.small;
    for (const { id, score } of channel.read(text, as, rough)) {
      const own = writtenWord(id, model);
      const texts = textsOf(own, as, model);
      add({
        span,
        words: own.words,
        score:
          score * weights.channel +
          extra +
          (shape ? CAPITALS.weight * (shape[id] as number) : 0) +
          (texts[0] === piece ? 0 : context.change),
        texts,
      });
    }
  };
  readings(piece, printed, 0, context.keep);
  // A letter read twice ("ngườời"), which an engine does where its lines overlap.
  const once = piece.replace(/([^o\P{L}])\1/giu, '$1');
  if (once !== piece && printed !== 'upper') readings(once, printed, DOUBLED);
  // Capitals inside a word ("nghỀ", "thỨ").
  const folded = piece.slice(0, 1) + piece.slice(1).toLowerCase();
  if (folded !== piece && printed !== 'upper' && isPlausibleSyllable(folded)) readings(folded, printed, FOLDED);
  const quiet = piece.replace(NOISE, '');
  if (quiet !== piece && quiet !== '') readings(quiet, printed, NOISY);
  if (printed === 'upper') readings(context.loud ? folded : piece, 'title', context.loud ? FOLDED : -4);
  if (context.loud && !context.begins) readings(low, 'lower', FOLDED);
  if (printed === 'title' && piece.length <= 2) readings(piece, 'lower', -5);
  if (printed === 'lower') readings(piece, 'title', context.begins ? weights.lostCapitalFirst : weights.lostCapital);
  if (context.keep) {
    const unit = /^\d+\p{Ll}$/u.test(piece);
    const id = unit ? NUMBER : model.id(low);
    add({
      span,
      words: [id],
      score: unit ? weights.keep.known : keepScore(piece, id, weights.keep, rules),
      texts: [piece],
    });
  }
  return [...arcs.values()];
}

/** A code in capitals: itself, or the abbreviation it was misread from ("TTHG" for TTHC). */
export function codeArcs(piece: string, { model, rules, change }: OcrContext): Arc[] {
  const known = rules.abbreviations.get(piece.replace(/[ĐÐ]/g, 'D'));
  const meant = known ?? rules.abbreviationLike(piece);
  const id = model.id(wordForm(piece));
  const strange = meant !== undefined && meant !== piece && id === UNKNOWN;
  const arcs: Arc[] = [{ span: 1, words: [id], score: strange ? STRANGE_CODE : 0, texts: [piece] }];
  if (meant !== undefined && meant !== piece) {
    const score = (known === undefined ? MISREAD_CODE : MARK_OF_CODE) + change;
    arcs.push({ span: 1, words: [model.id(meant.toLowerCase())], score, texts: [meant] });
  }
  return arcs;
}

/** A code nobody writes, one letter off an abbreviation; that abbreviation misread. */
const STRANGE_CODE = -14;
const MISREAD_CODE = -1;
const MARK_OF_CODE = -1;

/** The piece without one of its characters: an engine that is unsure writes a letter twice, each time another ("huédn", "duogc"). */
export function surplusArcs(piece: string, context: OcrContext): Arc[] {
  const arcs = new Map<string, Arc>();
  for (let i = 1; i < piece.length && piece.length <= 9; i++) {
    const rest = piece.slice(0, i) + piece.slice(i + 1);
    for (const arc of ocrArcs(rest, 1, { ...context, keep: false })) {
      const score = arc.score + context.weights.surplus;
      const text = arc.texts.join(' ');
      const old = arcs.get(text);
      if (score > SURPLUS_WORST && (!old || old.score < score)) arcs.set(text, { ...arc, score });
    }
  }
  return [...arcs.values()].sort((a, b) => b.score - a.score).slice(0, MOST);
}

const SURPLUS_WORST = -14;

/** Digits alone where a word was printed ("6" for ở): only the likeliest words, at a price. */
export function digitArcs(token: string, span: number, context: OcrContext): Arc[] {
  const core = token.replace(/[.,;:]+$/, '');
  if (!/^\d{1,2}$/.test(core)) return [];
  const tail = token.slice(core.length);
  return context.channel
    .read(core, 'lower')
    .slice(0, FEW)
    .filter((r) => r.score > -9)
    .map((r) => ({
      span,
      words: [r.id],
      score: r.score + context.weights.digits,
      texts: [(context.model.words[r.id] as string) + tail],
    }));
}

/** Two or three words that ran together ("Datty", "Banhanhva"); only readings much worse as one word are worth it. */
export function splitArcs(piece: string, span: number, context: OcrContext, depth = 2): Arc[] {
  const { model, channel } = context;
  const printed = printedCapitals(piece);
  const arcs: Arc[] = [];
  const after = printed === 'title' ? 'lower' : printed;
  for (let at = 1; at < piece.length; at++) {
    const left = channel.read(piece.slice(0, at), printed).slice(0, FEW);
    if (left.length === 0 || (left[0]?.score ?? -99) < -9) continue;
    const rest = piece.slice(at);
    const one = channel.read(rest, after).slice(0, FEW);
    for (const a of left) {
      for (const b of one) {
        if (a.score + b.score < context.weights.splitWorst) continue;
        arcs.push(twoWords(a, b, span, printed, context));
      }
    }
    if (depth > 2 || piece.length < 8) continue;
    for (const tail of splitArcs(rest, span, context, 3).slice(0, 12)) {
      for (const a of left) {
        if (a.score + tail.score < context.weights.splitWorst) continue;
        const first = withCapitals(model.words[a.id] as string, printed);
        const rest2 = printed === 'title' ? tail.texts.map((t) => t.toLowerCase()) : tail.texts;
        arcs.push({
          span,
          words: [a.id, ...tail.words],
          score: a.score + tail.score + context.weights.split,
          texts: [first, ...rest2],
        });
      }
    }
  }
  return arcs
    .slice(0, 400)
    .sort((x, y) => y.score - x.score)
    .slice(0, 24);
}

function twoWords(
  a: Reading,
  b: Reading,
  span: number,
  printed: 'lower' | 'title' | 'upper',
  context: OcrContext,
): Arc {
  const { model } = context;
  const first = withCapitals(model.words[a.id] as string, printed);
  const second = withCapitals(model.words[b.id] as string, printed === 'upper' ? 'upper' : 'lower');
  return { span, words: [a.id, b.id], score: a.score + b.score + context.weights.split, texts: [first, second] };
}
