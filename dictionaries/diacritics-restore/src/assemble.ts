/** Decodes the sentences of a text and puts the readings back into its tokens. */
import { KEEP_ENGLISH, KEEP_VIETNAMESE, ocrArcs, splitArcs, strippedArcs } from './candidates.ts';
import { type Arc, decode } from './decoder.ts';
import { capitalsOf, placementOf, toNewPlacement, toOldPlacement, withCapitals } from './letters.ts';
import type { Model } from './model.ts';
import { cleanParts, ocrParts, type TokenParts } from './pieces.ts';
import { type Position, sentencesOf } from './sentences.ts';
import type { Profile, RestoredToken, RestoreOptions } from './types.ts';
import { NUMBER, UNKNOWN } from './words.ts';

/** Options of `assemble` beyond the public ones. */
export interface AssembleOptions extends RestoreOptions {
  /** Confidence and alternatives are wanted. */
  details: boolean;
  /** The profile was given, not judged. */
  sure: boolean;
  confidences?: readonly (number | undefined)[];
}

interface Slot {
  text: string;
  confidence: number;
  alternatives: { text: string; probability: number }[];
}

/** What is restored for each token, before it is put together. */
type Slots = (Slot | undefined)[][];

/** A change in a Vietnamese OCR's text needs this posterior. */
const CHANGE_AT = 0.8;
/** Text with marks is taken as clean, and left alone, where fewer words than this share would change. */
const CLEAN_BELOW = 0.006;

/** Restores tokens; `profiles[i]` is the profile of token i. One result per token. */
export function assemble(
  tokens: readonly string[],
  lineStart: readonly boolean[],
  profiles: readonly Profile[],
  model: Model,
  options: AssembleOptions,
): RestoredToken[] {
  const parts = tokens.map((t, i) =>
    profiles[i] === 'english-ocr' ? ocrParts(t, model.rules) : cleanParts(t, model.rules),
  );
  const slots: Slots = parts.map((p) => p.pieces.map(() => undefined));
  const changed: { token: number; piece: number; slot: Slot }[] = [];
  for (const sentence of sentencesOf(tokens, parts, lineStart, model.rules)) {
    const profile = profiles[sentence[0]?.token ?? 0] as Profile;
    if (profile === 'clean') continue;
    decodeSentence(sentence, profile);
  }
  settle();
  const placement = options.tonePlacement ?? 'keep';
  const wanted = placement === 'keep' ? mostUsed(tokens) : placement;
  return tokens.map((raw, i) => {
    const part = parts[i] as TokenParts;
    let restored = '';
    let confidence = 1;
    const alternatives: { text: string; probability: number }[] = [];
    part.pieces.forEach((piece, k) => {
      const slot = slots[i]?.[k];
      restored +=
        (part.separators[k] ?? '') +
        placed(slot?.text ?? piece, wanted, placement === 'keep' && (slot?.text ?? piece) === piece);
      if (slot) confidence *= slot.confidence;
    });
    restored += part.separators[part.pieces.length] ?? '';
    if (part.pieces.length === 1) {
      const [lead = '', trail = ''] = part.separators;
      for (const a of slots[i]?.[0]?.alternatives ?? []) {
        alternatives.push({ text: lead + placed(a.text, wanted, false) + trail, probability: a.probability });
      }
    }
    return { raw, restored, confidence, alternatives };
  });

  function decodeSentence(sentence: Position[], profile: Profile): void {
    const arcs = sentence.map((position, i) => arcsAt(position, i, sentence, profile));
    const careful = profile === 'vietnamese-ocr';
    const path = decode(arcs, model.language, undefined, options.details || careful);
    let at = 0;
    for (const arc of path) {
      const position = sentence[at] as Position;
      const piece = position.piece < 0 ? undefined : parts[position.token]?.pieces[position.piece];
      if (piece !== undefined) {
        const slot: Slot = { text: arc.texts.join(' '), confidence: arc.posterior ?? 1, alternatives: [] };
        if (options.details || careful) detail(slot, arcs[at] ?? []);
        const row = slots[position.token] as (Slot | undefined)[];
        if (careful && slot.text !== piece) changed.push({ token: position.token, piece: position.piece, slot });
        else row[position.piece] = slot;
      }
      at = arc.to;
    }
  }

  function arcsAt(position: Position, i: number, sentence: Position[], profile: Profile): Arc[] {
    const part = parts[position.token] as TokenParts;
    const to = i + 1;
    if (position.piece < 0) return [{ to, words: [part.kind === 'number' ? NUMBER : UNKNOWN], score: 0, texts: [] }];
    const piece = part.pieces[position.piece] as string;
    if (profile === 'stripped') return strippedArcs(piece, to, { model: model.language, rules: model.rules });
    const english = profile === 'english-ocr';
    const confidence = options.confidences?.[position.token];
    const context = {
      model: model.language,
      rules: model.rules,
      channel: english ? model.english : model.vietnamese,
      keep: english ? KEEP_ENGLISH : KEEP_VIETNAMESE,
      begins: i === 0,
      change: english || confidence === undefined ? 0 : changePenalty(confidence),
    };
    const found = ocrArcs(piece, to, context);
    if (english && piece.length >= 4 && unclear(found, piece)) found.push(...splitArcs(piece, to, context));
    if (english && unclear(found, piece)) found.push(...joinArcs(piece, i, sentence, context));
    return found;
  }

  /** Two pieces in a row that are one word ("chuy ên"). */
  function joinArcs(piece: string, i: number, sentence: Position[], context: Parameters<typeof ocrArcs>[2]): Arc[] {
    const here = sentence[i] as Position;
    const next = sentence[i + 1];
    if (!next || next.token !== here.token + 1 || next.piece !== 0) return [];
    const a = parts[here.token] as TokenParts;
    const b = parts[next.token] as TokenParts;
    if (a.pieces.length !== 1 || b.pieces.length !== 1 || a.separators[1] !== '' || b.separators[0] !== '') return [];
    const both = piece + (b.pieces[0] ?? '');
    if (both.length > 8 || lineStart[next.token]) return [];
    return ocrArcs(both, i + 2, { ...context, keep: NEVER })
      .filter((arc) => arc.words[0] !== UNKNOWN && arc.score > -9)
      .slice(0, 6)
      .map((arc) => ({ ...arc, score: arc.score + JOIN }));
  }

  function detail(slot: Slot, arcs: readonly Arc[]): void {
    const byText = new Map<string, number>();
    for (const arc of arcs) {
      const text = arc.texts.join(' ');
      byText.set(text, (byText.get(text) ?? 0) + (arc.posterior ?? 0));
    }
    slot.confidence = Math.min(1, byText.get(slot.text) ?? slot.confidence);
    slot.alternatives = [...byText]
      .filter(([text, p]) => text !== slot.text && p >= 0.005)
      .sort((x, y) => y[1] - x[1])
      .slice(0, 5)
      .map(([text, probability]) => ({ text, probability }));
  }

  /** Decides which changes to text with marks are made. */
  function settle(): void {
    const sureOnes = changed.filter((c) => c.slot.confidence >= CHANGE_AT);
    const words = parts.reduce((n, p, i) => n + (profiles[i] === 'vietnamese-ocr' ? p.pieces.length : 0), 0);
    const clean = !options.sure && sureOnes.length < CLEAN_BELOW * words;
    for (const { token, piece, slot } of changed) {
      const row = slots[token] as (Slot | undefined)[];
      if (!clean && slot.confidence >= CHANGE_AT) row[piece] = slot;
      else {
        const raw = parts[token]?.pieces[piece] ?? '';
        const own = slot.alternatives.find((a) => a.text === raw)?.probability ?? 0;
        const rest = slot.alternatives.filter((a) => a.text !== raw);
        row[piece] = {
          text: raw,
          confidence: clean ? Math.max(0.9, own) : own,
          alternatives: [{ text: slot.text, probability: slot.confidence }, ...rest],
        };
      }
    }
  }
}

/** No reading as one word is good: the piece may be two. */
function unclear(found: readonly Arc[], piece: string): boolean {
  let best = Number.NEGATIVE_INFINITY;
  for (const arc of found) if (arc.texts[0] !== piece && arc.score > best) best = arc.score;
  return best < (piece.length > 6 ? -5 : -7);
}

const NEVER = { known: -99, abbreviation: -99, foreign: -99, syllable: -99, noise: -99 };
/** What a space inside a word costs. */
const JOIN = -5;

/** How much less likely a change is where the engine was sure of its reading. */
function changePenalty(confidence: number): number {
  const c = Math.min(0.99, Math.max(0.05, confidence));
  return -0.5 * Math.log(c / (1 - c));
}

function mostUsed(tokens: readonly string[]): 'old' | 'new' {
  let old = 0;
  let modern = 0;
  for (const token of tokens) {
    const placement = placementOf(token.replace(/\P{L}+$/u, ''));
    if (placement === 'old') old++;
    else if (placement === 'new') modern++;
  }
  return modern > old ? 'new' : 'old';
}

function placed(text: string, wanted: 'old' | 'new', untouched: boolean): string {
  if (untouched) return text;
  return text.replace(/\p{L}+/gu, (word) => {
    const low = word.toLowerCase();
    const other = wanted === 'new' ? toNewPlacement(low) : toOldPlacement(low);
    return other === low ? word : withCapitals(other, capitalsOf(word));
  });
}
