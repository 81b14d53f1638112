/** The arcs of a sentence: for each position what may have been printed there. */
import { codeArcs, digitArcs, type OcrContext, ocrArcs, splitArcs, strippedArcs, surplusArcs } from './candidates.ts';
import type { Arc } from './decoder.ts';
import type { Draft } from './draft.ts';
import { joinedArcs } from './joined.ts';
import { capitalsOf } from './letters.ts';
import type { Model } from './model.ts';
import type { TokenParts } from './pieces.ts';
import type { Position } from './sentences.ts';
import { isPlausibleSyllable } from './syllable.ts';
import type { Profile } from './types.ts';
import { CAREFUL, ENGLISH, VIETNAMESE } from './weights.ts';
import { NUMBER, UNKNOWN } from './words.ts';

/** The arcs of every position of a sentence. */
export function latticeOf(
  sentence: readonly Position[],
  profile: Profile,
  draft: Draft,
  model: Model,
): (readonly Arc[])[] {
  return sentence.map((_, i) => arcsAt(i, sentence, profile, draft, model));
}

function arcsAt(
  i: number,
  sentence: readonly Position[],
  profile: Profile,
  draft: Draft,
  model: Model,
): readonly Arc[] {
  const position = sentence[i] as Position;
  const part = draft.parts[position.token] as TokenParts;
  const english = profile === 'english-ocr';
  const context = contextOf(model, english, i === 0);
  if (position.piece < 0) {
    const arcs: Arc[] = [{ span: 1, words: [part.kind === 'number' ? NUMBER : UNKNOWN], score: 0, texts: [] }];
    if (english && part.kind === 'number' && i > 0)
      arcs.push(...digitArcs(draft.tokens[position.token] ?? '', 1, context));
    return arcs;
  }
  const piece = part.pieces[position.piece] as string;
  if (profile === 'stripped')
    return endsWithHyphen(part)
      ? [...strippedArcs(piece, 1, context, i === 0), ...joins(piece, i, sentence, draft, context)]
      : strippedArcs(piece, 1, context, i === 0);
  const { arcs, doubtful } = english ? remembered(piece, context) : carefulReadings(i, piece, sentence, draft, context);
  return doubtful || endsWithHyphen(part) ? [...arcs, ...joins(piece, i, sentence, draft, context)] : arcs;
}

/** The contexts in use: of both channels, at the beginning of a sentence and inside. */
const contexts: OcrContext[] = [];

function contextOf(model: Model, english: boolean, begins: boolean): OcrContext {
  const number = (english ? 2 : 0) + (begins ? 1 : 0);
  let context = contexts[number];
  if (context?.model !== model.language) {
    context = {
      model: model.language,
      rules: model.rules,
      get channel() {
        return english ? model.english : model.vietnamese;
      },
      weights: english ? ENGLISH : VIETNAMESE,
      keep: true,
      begins,
      change: 0,
    };
    contexts[number] = context;
  }
  return context;
}

/** What a change of a token costs by the engine's confidence; nothing after an English OCR. */
function changeOf(token: number, draft: Draft, { weights }: OcrContext): number {
  const confidence = draft.confidences?.[token];
  return confidence === undefined || weights === ENGLISH ? 0 : changePenalty(confidence);
}

interface Readings {
  arcs: readonly Arc[];
  /** No reading as one word is good. */
  doubtful: boolean;
}

function readingsOf(piece: string, context: OcrContext): Readings {
  const arcs = ocrArcs(piece, 1, context);
  const doubtful = unclear(arcs, piece);
  if (piece.length >= 3 && unclear(arcs, piece, -4)) arcs.push(...surplusArcs(piece, context));
  if (piece.length >= 4 && doubtful) arcs.push(...splitArcs(piece, 1, context));
  return { arcs, doubtful };
}

const CACHE = 6000;
/** By whether the piece begins a sentence. */
const caches = [new Map<string, Readings>(), new Map<string, Readings>()] as const;

/** The readings of a piece of an English OCR: the same wherever it stands. */
function remembered(piece: string, context: OcrContext): Readings {
  const cache = caches[context.begins ? 1 : 0];
  let found = cache.get(piece);
  if (!found) {
    found = readingsOf(piece, context);
    if (cache.size >= CACHE) cache.clear();
    cache.set(piece, found);
  }
  return found;
}

/** The readings of a piece of text with marks; changes cost what the engine's confidence and the place of the piece say. */
function carefulReadings(
  i: number,
  piece: string,
  sentence: readonly Position[],
  draft: Draft,
  context: OcrContext,
): Readings {
  const { token } = sentence[i] as Position;
  if (isCode(piece, draft.tokens[token] as string)) {
    return { arcs: codeArcs(piece, { ...context, change: changeOf(token, draft, context) }), doubtful: false };
  }
  const loud = alone(i, piece, sentence, draft);
  const cache = carefulCaches[(context.begins ? 2 : 0) + (loud ? 1 : 0)] as Map<string, Readings>;
  let found = cache.get(piece);
  if (!found) {
    const arcs = ocrArcs(piece, 1, { ...context, loud });
    const doubtful = unclear(arcs, piece);
    if (mayBeTwo(piece) && piece.length >= 4) {
      if (doubtful && /^\p{L}\p{Ll}+$/u.test(piece)) arcs.push(...splitArcs(piece, 1, context));
      arcs.push(...joinedArcs(piece, 1, context.model));
    }
    found = { arcs, doubtful };
    if (cache.size >= CACHE) cache.clear();
    cache.set(piece, found);
  }
  const lead = i > 0 ? capitalsOf(pieceOf(sentence[i - 1] as Position, draft)) : 'lower';
  const named = capitalsOf(piece) === 'title' && lead === 'title' ? CAREFUL.name : 0;
  const change = changeOf(token, draft, context) + named;
  if (change === 0 && !loud) return found;
  const arcs = found.arcs.map((arc) => {
    const score = arc.texts[0] !== piece ? change : loud ? CAREFUL.loud : 0;
    return score === 0 ? arc : { ...arc, score: arc.score + score };
  });
  return { arcs, doubtful: found.doubtful };
}

/** By whether the piece begins a sentence, and whether it is loud. */
const carefulCaches = Array.from({ length: 4 }, () => new Map<string, Readings>());

const pieceOf = ({ token, piece }: Position, draft: Draft): string => draft.parts[token]?.pieces[piece] ?? '';

/** Capitals without marks that make no syllable, or stand in a token of several parts: "XD", "/KH-SYT", "CTr/TU". */
export function isCode(piece: string, token: string): boolean {
  if (!/^[A-ZĐ][A-Za-zĐ]*[A-ZĐ]$|^[A-ZĐ][A-Za-z]?[A-Za-z]$/.test(piece) || capitalsOf(piece) === 'title') return false;
  return /[/&]|\p{Lu}-\p{Lu}/u.test(token) || !isPlausibleSyllable(piece);
}

/** A syllable in capitals among words in small letters ("HỆ thống"). */
function alone(i: number, piece: string, sentence: readonly Position[], draft: Draft): boolean {
  if (capitalsOf(piece) !== 'upper' || !isPlausibleSyllable(piece) || /^\p{ASCII}*$/u.test(piece)) return false;
  const quiet = (position: Position | undefined): boolean =>
    position === undefined || /^\p{L}?[\p{Ll}]+$/u.test(pieceOf(position, draft));
  const [before, after] = [sentence[i - 1], sentence[i + 1]];
  return (before ?? after) !== undefined && quiet(before) && quiet(after);
}

const endsWithHyphen = (part: TokenParts): boolean => part.separators[part.pieces.length] === '-';

/** A piece and the next as one word: a space too many ("chuy ên"), or a word broken at the line's end ("chuy-" / "ển"). */
function joins(piece: string, i: number, sentence: readonly Position[], draft: Draft, context: OcrContext): Arc[] {
  const here = sentence[i] as Position;
  const next = sentence[i + 1];
  if (!next || next.token !== here.token + 1 || next.piece !== 0) return [];
  const a = draft.parts[here.token] as TokenParts;
  const b = draft.parts[next.token] as TokenParts;
  if (b.separators[0] !== '' || b.pieces.length !== 1) return [];
  const broken = draft.lineStart[next.token] === true;
  const end = a.separators[a.pieces.length];
  if (here.piece !== a.pieces.length - 1 || a.pieces.length !== 1 || end !== (broken ? '-' : '')) return [];
  const second = b.pieces[0] as string;
  const both = piece + second;
  if (both.length > 8 || second !== second.toLowerCase()) return [];
  if (draft.profiles[here.token] === 'stripped') {
    return broken ? strippedArcs(both, 2, context).filter((arc) => arc.words[0] !== UNKNOWN) : [];
  }
  return ocrArcs(both, 2, { ...context, keep: false, change: changeOf(here.token, draft, context) })
    .filter((arc) => arc.words[0] !== UNKNOWN && arc.score > -9)
    .slice(0, 6)
    .map((arc) => ({ ...arc, score: arc.score + (broken ? 0 : context.weights.join) }));
}

/** No reading as one word is good: the piece may be two. */
function unclear(found: readonly Arc[], piece: string, least = piece.length > 6 ? -5 : -7): boolean {
  let best = Number.NEGATIVE_INFINITY;
  for (const arc of found) if (arc.texts[0] !== piece && arc.score > best) best = arc.score;
  return best < least;
}

/** Letters that are no syllable: after a Vietnamese OCR perhaps words without their spaces ("sửdụng", "thứtƯ", "TỔCHỨC"). */
const mayBeTwo = (piece: string): boolean =>
  /^\p{L}+$/u.test(piece) && /[^\p{ASCII}]|\p{Ll}{4}/u.test(piece) && !isPlausibleSyllable(piece);

/** How much less likely a change is where the engine was sure of its reading. */
function changePenalty(confidence: number): number {
  const c = Math.min(0.99, Math.max(0.05, confidence));
  return -CAREFUL.confidence * Math.log(c / (1 - c));
}
