/** Decodes the sentences of a text and puts what was found back into its tokens. */
import { type Finding, join, settle } from './careful.ts';
import { type Arc, type Decoded, decode } from './decoder.ts';
import { type Draft, draftOf, NO_ALTERNATIVES, putSlot, type Slot } from './draft.ts';
import { isCode, latticeOf } from './lattice.ts';
import { capitalsOf, placementOf, toNewPlacement, toOldPlacement, withCapitals } from './letters.ts';
import { DocumentMemory } from './memory.ts';
import type { Model } from './model.ts';
import type { TokenParts } from './pieces.ts';
import { type Proposal, proposals, withProposals } from './proposals.ts';
import { type Position, sentencesOf } from './sentences.ts';
import type { Profile, RestoredToken, RestoreOptions } from './types.ts';
import { DECODER } from './weights.ts';

/** Options of `assemble` beyond the public ones. */
export interface AssembleOptions extends RestoreOptions {
  /** Confidence and alternatives are wanted. */
  details: boolean;
  /** The profile was given, not judged. */
  sure: boolean;
}

/** A result, and whether its token went into the one before. */
export interface Assembled extends RestoredToken {
  joined?: boolean;
}

/** A part of a text, whole lines: its tokens, which of them begin a line, their profiles. */
export interface Stretch {
  tokens: readonly string[];
  lineStart: readonly boolean[];
  profiles: readonly Profile[];
  confidences?: readonly (number | undefined)[];
}

/** Most tokens of a stretch: what is held at a time does not grow with the text. Text with marks is judged by its slips, which needs more. */
export const STRETCH = { marked: 2500, other: 1200 };

interface Prepared {
  draft: Draft;
  sentences: Position[][];
  /** By sentence: what its neighbours propose. */
  proposed: Map<number, readonly Proposal[]>;
}

/**
 * Restores the stretches of a text one by one, one result per token. They are read twice: what the first reading shows anywhere
 * helps everywhere. `stretches` must give the same each time it is called.
 */
export function* assemble(
  stretches: () => Iterable<Stretch>,
  model: Model,
  options: AssembleOptions,
): Generator<Assembled[]> {
  const memory = new DocumentMemory(model.language);
  const given = [...(options.names ?? [])];
  for (const name of given) memory.addName(name);
  const first: Prepared[] = [];
  const proposed: Prepared['proposed'][] = [];
  for (const stretch of stretches()) {
    const prepared = prepare(stretch, model);
    readOnce(prepared, model, memory, given.length > 0);
    proposed.push(prepared.proposed);
    if (first.length === 0) first.push(prepared);
  }
  let number = 0;
  for (const stretch of stretches()) {
    const prepared = first.pop() ?? { ...prepare(stretch, model), proposed: proposed[number] ?? new Map() };
    const findings: Finding[] = [];
    readAgain(prepared, model, memory, options.details, findings);
    if (findings.length > 0)
      settle(findings, prepared.draft, model, { sure: options.sure, given, details: options.details });
    yield results(prepared.draft, options.tonePlacement ?? 'keep', options.details);
    number++;
  }
}

function prepare({ tokens, lineStart, profiles, confidences }: Stretch, model: Model): Prepared {
  const draft = draftOf(tokens, lineStart, profiles, model, confidences);
  return { draft, sentences: sentencesOf(tokens, draft.parts, lineStart, model.rules), proposed: new Map() };
}

function readOnce(
  { draft, sentences, proposed }: Prepared,
  model: Model,
  memory: DocumentMemory,
  named: boolean,
): void {
  sentences.forEach((sentence, i) => {
    const profile = profileOf(sentence, draft);
    if (profile === 'clean') return;
    const arcs = latticeOf(sentence, profile, draft, model);
    const { path } = decode(arcs, model.language, named ? memory : undefined, false, DECODER.draftBeam);
    memory.add(path.flatMap(({ arc }) => arc.words));
    if (profile !== 'vietnamese-ocr') return;
    const found = proposals(path, model.language, (at) => {
      const { token, piece } = sentence[at] as Position;
      const text = draft.parts[token]?.pieces[piece];
      return text === undefined || isCode(text, draft.tokens[token] as string) ? undefined : text;
    });
    if (found.length > 0) proposed.set(i, found);
  });
}

function readAgain(
  { draft, sentences, proposed }: Prepared,
  model: Model,
  memory: DocumentMemory,
  details: boolean,
  findings: Finding[],
): void {
  sentences.forEach((sentence, i) => {
    const profile = profileOf(sentence, draft);
    if (profile === 'clean') return;
    const arcs = withProposals(latticeOf(sentence, profile, draft, model), proposed.get(i) ?? []);
    const found = decode(arcs, model.language, memory, details || profile === 'vietnamese-ocr');
    take(found, arcs, sentence, draft, details, findings);
  });
}

const profileOf = (sentence: readonly Position[], draft: Draft): Profile =>
  draft.profiles[sentence[0]?.token ?? 0] as Profile;

/** Writes a path's readings into the draft. */
function take(
  { path, posterior }: Decoded,
  arcs: readonly (readonly Arc[])[],
  sentence: readonly Position[],
  draft: Draft,
  details: boolean,
  findings: Finding[],
): void {
  const careful = profileOf(sentence, draft) === 'vietnamese-ocr';
  for (const { at, arc } of path) {
    const { token, piece } = sentence[at] as Position;
    const next = arc.span > 1 ? sentence[at + 1] : undefined;
    if (arc.texts.length === 0) continue;
    // Where nothing changes and nobody asks how sure that is, there is nothing to write.
    if (careful && !details && !next && arc.texts.length === 1 && arc.texts[0] === draft.parts[token]?.pieces[piece])
      continue;
    const slot: Slot = { text: arc.texts.join(' '), confidence: 1, alternatives: NO_ALTERNATIVES };
    if (details || careful) detail(slot, arcs[at] ?? [], (k) => posterior(at, k));
    if (piece < 0) draft.whole[token] = slot;
    else if (careful) findings.push(next ? { token, piece, slot, joins: next.token } : { token, piece, slot });
    else if (next) join(draft, token, next.token, slot);
    else putSlot(draft, token, piece, slot);
  }
}

/** Readings less likely than this are not told. */
const LEAST = 0.005;

function detail(slot: Slot, arcs: readonly Arc[], posterior: (arc: number) => number): void {
  let own = 0;
  let others: { text: string; probability: number }[] | undefined;
  for (let k = 0; k < arcs.length; k++) {
    const probability = posterior(k);
    const { texts } = arcs[k] as Arc;
    if (probability < LEAST / 10 || texts.length === 0) continue;
    const text = texts.length === 1 ? (texts[0] as string) : texts.join(' ');
    if (text === slot.text) own += probability;
    else {
      others ??= [];
      const same = others.find((other) => other.text === text);
      if (same) same.probability += probability;
      else others.push({ text, probability });
    }
  }
  slot.confidence = Math.min(1, own);
  if (!others) return;
  slot.alternatives = others
    .filter(({ probability }) => probability >= LEAST)
    .sort((x, y) => y.probability - x.probability)
    .slice(0, 5);
}

function results(draft: Draft, placement: 'keep' | 'old' | 'new', details: boolean): Assembled[] {
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
    const slots = draft.slots[i];
    const [lead = '', trail = ''] = part.separators;
    if (part.pieces.length === 1) {
      const piece = part.pieces[0] as string;
      const slot = slots?.[0];
      const restored = lead + shown(slot?.text ?? piece, piece) + trail;
      const own = slot?.alternatives ?? NO_ALTERNATIVES;
      return {
        raw,
        restored,
        confidence: slot?.confidence ?? 1,
        alternatives: details
          ? own.map((a) => ({ text: lead + placed(a.text, wanted) + trail, probability: a.probability }))
          : NO_ALTERNATIVES,
      };
    }
    let restored = '';
    let confidence = 1;
    part.pieces.forEach((piece, k) => {
      const slot = slots?.[k];
      restored += (part.separators[k] ?? '') + shown(slot?.text ?? piece, piece);
      if (slot) confidence *= slot.confidence;
    });
    restored += part.separators[part.pieces.length] ?? '';
    return { raw, restored, confidence, alternatives: details ? [] : NO_ALTERNATIVES };
  });
}

function mostUsed(tokens: readonly string[]): 'old' | 'new' {
  let old = 0;
  let modern = 0;
  for (const token of tokens) {
    if (!MOVABLE.test(token)) continue;
    const placement = placementOf(token.replace(/\P{L}+$/u, ''));
    if (placement === 'old') old++;
    else if (placement === 'new') modern++;
  }
  return modern > old ? 'new' : 'old';
}

/** Where a tone may stand on either vowel. */
const MOVABLE = /[òóõỏọ][ae]|[ùúũủụ]y|o[àáãảạèéẽẻẹ]|u[ỳýỹỷỵ]/iu;

function placed(text: string, wanted: 'old' | 'new'): string {
  if (!MOVABLE.test(text)) return text;
  return text.replace(/\p{L}+/gu, (word) => {
    const low = word.toLowerCase();
    const other = wanted === 'new' ? toNewPlacement(low) : toOldPlacement(low);
    return other === low ? word : withCapitals(other, capitalsOf(word));
  });
}
