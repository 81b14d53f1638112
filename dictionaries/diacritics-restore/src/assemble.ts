/** Decodes the sentences of a text and puts what was found back into its tokens. */
import { type Arc, type Decoded, decode } from './decoder.ts';
import { type Draft, draftOf, type Slot } from './draft.ts';
import { latticeOf } from './lattice.ts';
import { capitalsOf, placementOf, toNewPlacement, toOldPlacement, withCapitals } from './letters.ts';
import { DocumentMemory } from './memory.ts';
import type { Model } from './model.ts';
import type { TokenParts } from './pieces.ts';
import { type Position, sentencesOf } from './sentences.ts';
import type { Profile, RestoredToken, RestoreOptions } from './types.ts';
import { CAREFUL, DECODER, MEMORY } from './weights.ts';

/** Options of `assemble` beyond the public ones. */
export interface AssembleOptions extends RestoreOptions {
  /** Confidence and alternatives are wanted. */
  details: boolean;
  /** The profile was given, not judged. */
  sure: boolean;
  confidences?: readonly (number | undefined)[];
}

/** A result, and whether its token went into the one before. */
export interface Assembled extends RestoredToken {
  joined?: boolean;
}

/** A change to text with marks, made only if it is sure enough. */
interface Change {
  token: number;
  piece: number;
  slot: Slot;
}

/** Sentences decoded before their second pass: bounds the memory of long texts. */
const BLOCK = 2000;

/** Restores tokens; `profiles[i]` is the profile of token i. One result per token. */
export function assemble(
  tokens: readonly string[],
  lineStart: readonly boolean[],
  profiles: readonly Profile[],
  model: Model,
  options: AssembleOptions,
): Assembled[] {
  const draft = draftOf(tokens, lineStart, profiles, model, options.confidences);
  const changes: Change[] = [];
  const sentences = sentencesOf(tokens, draft.parts, lineStart, model.rules);
  const memory = new DocumentMemory(model.language);
  let named = false;
  for (const name of options.names ?? []) {
    memory.addName(name);
    named = true;
  }
  for (let at = 0; at < sentences.length; at += BLOCK) {
    decodeBlock(sentences.slice(at, at + BLOCK), draft, model, memory, named, options.details, changes);
  }
  settle(changes, draft, options.sure);
  return results(draft, options.tonePlacement ?? 'keep');
}

function decodeBlock(
  sentences: readonly Position[][],
  draft: Draft,
  model: Model,
  memory: DocumentMemory,
  named: boolean,
  details: boolean,
  changes: Change[],
): void {
  const again: { sentence: Position[]; arcs: (readonly Arc[])[] }[] = [];
  const profileOf = (s: Position[]): Profile => draft.profiles[s[0]?.token ?? 0] as Profile;
  for (const sentence of sentences) {
    const profile = profileOf(sentence);
    if (profile === 'clean') continue;
    const arcs = latticeOf(sentence, profile, draft, model);
    const twice = profile === 'english-ocr' ? MEMORY.passes > 1 : profile === 'stripped' && MEMORY.strippedPasses > 1;
    const careful = profile === 'vietnamese-ocr';
    const found = decode(
      arcs,
      model.language,
      named ? memory : undefined,
      !twice && (details || careful),
      twice ? DECODER.draftBeam : DECODER.beam,
    );
    if (twice) {
      memory.add(found.path.flatMap(({ arc }) => arc.words));
      again.push({ sentence, arcs });
    } else take(found, arcs, sentence, draft, details, careful, changes);
  }
  for (const { sentence, arcs } of again) {
    take(decode(arcs, model.language, memory, details), arcs, sentence, draft, details, false, changes);
  }
}

/** Writes a path's readings into the draft. */
function take(
  { path, posteriors }: Decoded,
  arcs: readonly (readonly Arc[])[],
  sentence: readonly Position[],
  draft: Draft,
  details: boolean,
  careful: boolean,
  changes: Change[],
): void {
  for (const { at, arc } of path) {
    const { token, piece } = sentence[at] as Position;
    const next = arc.span > 1 ? sentence[at + 1] : undefined;
    if (arc.texts.length > 0) {
      const slot: Slot = { text: arc.texts.join(' '), confidence: 1, alternatives: [] };
      if (details || careful) detail(slot, arcs[at] ?? [], posteriors[at]);
      if (piece < 0) draft.whole[token] = slot;
      else if (careful && (next || slot.text !== draft.parts[token]?.pieces[piece])) {
        if (!next) {
          if (draft.parts[token]?.pieces[piece]?.length !== 1) changes.push({ token, piece, slot });
        } else if (slot.confidence >= CAREFUL.changeAt) join(draft, token, next.token, slot);
      } else if (next) join(draft, token, next.token, slot);
      else (draft.slots[token] as (Slot | undefined)[])[piece] = slot;
    }
  }
}

/** Two tokens become one: the first takes the word and the second's closing punctuation. */
function join(draft: Draft, first: number, second: number, slot: Slot): void {
  const lead = draft.parts[first]?.separators[0] ?? '';
  const trail = draft.parts[second]?.separators[1] ?? '';
  draft.whole[first] = { ...slot, text: lead + slot.text + trail };
  draft.joined[second] = true;
}

function detail(slot: Slot, arcs: readonly Arc[], posteriors: Float64Array | undefined): void {
  const byText = new Map<string, number>();
  arcs.forEach((arc, k) => {
    if (arc.texts.length === 0) return;
    const text = arc.texts.join(' ');
    byText.set(text, (byText.get(text) ?? 0) + (posteriors?.[k] ?? 0));
  });
  slot.confidence = Math.min(1, byText.get(slot.text) ?? slot.confidence);
  slot.alternatives = [...byText]
    .filter(([text, p]) => text !== slot.text && p >= 0.005)
    .sort((x, y) => y[1] - x[1])
    .slice(0, 5)
    .map(([text, probability]) => ({ text, probability }));
}

/** Decides which changes to text with marks are made: sure ones, and none at all where the text is clean. */
function settle(changes: readonly Change[], draft: Draft, sure: boolean): void {
  const sureOnes = changes.filter((c) => c.slot.confidence >= CAREFUL.changeAt).length;
  let words = 0;
  draft.parts.forEach((p, i) => {
    if (draft.profiles[i] === 'vietnamese-ocr') words += p.pieces.length;
  });
  const clean = !sure && sureOnes < CAREFUL.cleanBelow * words + CAREFUL.cleanMost;
  for (const { token, piece, slot } of changes) {
    const row = draft.slots[token] as (Slot | undefined)[];
    if (!clean && slot.confidence >= CAREFUL.changeAt) {
      row[piece] = slot;
      continue;
    }
    const raw = draft.parts[token]?.pieces[piece] ?? '';
    const own = slot.alternatives.find((a) => a.text === raw)?.probability ?? 0;
    row[piece] = {
      text: raw,
      confidence: clean ? Math.max(0.9, own) : own,
      alternatives: [
        { text: slot.text, probability: slot.confidence },
        ...slot.alternatives.filter((a) => a.text !== raw),
      ],
    };
  }
}

function results(draft: Draft, placement: 'keep' | 'old' | 'new'): Assembled[] {
  const wanted = placement === 'keep' ? mostUsed(draft.tokens) : placement;
  const shown = (text: string, piece: string): string =>
    placement === 'keep' && text === piece ? text : placed(text, wanted);
  return draft.tokens.map((raw, i) => {
    const part = draft.parts[i] as TokenParts;
    const whole = draft.whole[i];
    if (draft.joined[i]) {
      return { raw, restored: '', confidence: draft.whole[i - 1]?.confidence ?? 1, alternatives: [], joined: true };
    }
    if (whole) {
      const { confidence, alternatives } = whole;
      return { raw, restored: placed(whole.text, wanted), confidence, alternatives };
    }
    let restored = '';
    let confidence = 1;
    part.pieces.forEach((piece, k) => {
      const slot = draft.slots[i]?.[k];
      restored += (part.separators[k] ?? '') + shown(slot?.text ?? piece, piece);
      if (slot) confidence *= slot.confidence;
    });
    restored += part.separators[part.pieces.length] ?? '';
    const [lead = '', trail = ''] = part.separators;
    const own = part.pieces.length === 1 ? (draft.slots[i]?.[0]?.alternatives ?? []) : [];
    const alternatives = own.map((a) => ({ text: lead + placed(a.text, wanted) + trail, probability: a.probability }));
    return { raw, restored, confidence, alternatives };
  });
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

function placed(text: string, wanted: 'old' | 'new'): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const low = word.toLowerCase();
    const other = wanted === 'new' ? toNewPlacement(low) : toOldPlacement(low);
    return other === low ? word : withCapitals(other, capitalsOf(word));
  });
}
