/** Text with marks: which of the readings found are taken. A text shows by its slips whether it was read by an engine at all. */
import { type Draft, putSlot, type Slot } from './draft.ts';
import { capitalsOf } from './letters.ts';
import type { Model } from './model.ts';
import { Names } from './names.ts';
import { CALIBRATION, CAREFUL } from './weights.ts';

/** What was found for a piece of a text with marks; `joins`: the token that goes with it where the reading takes both. */
export interface Finding {
  token: number;
  piece: number;
  slot: Slot;
  joins?: number;
}

/** Capitals where no typist puts them: "độỘng", "nỮu", "thứtƯ". */
const GARBLED = /\p{Ll}(?=[^\p{ASCII}])\p{Lu}/u;

/**
 * Takes the findings that are sure enough, given how many slips the text has. `sure`: it is known to be read by an engine;
 * `given`: names known of the document; `details`: what stays wants its confidence and alternatives too.
 */
export function settle(
  findings: readonly Finding[],
  draft: Draft,
  model: Model,
  { sure, given, details }: { sure: boolean; given: readonly string[]; details: boolean },
): void {
  const { words, slips, garbled } = slipsOf(findings, draft);
  const share = slips / (words + CAREFUL.slipWords);
  const clean = !sure && share + (CAREFUL.garbled * garbled) / (words + CAREFUL.slipWords) < CAREFUL.cleanBelow;
  const usual = Math.min(CAREFUL.factorMost, (share / CAREFUL.usual) ** CAREFUL.steep);
  const factor = Math.max(sure ? 1 : CAREFUL.factorLeast, usual);
  let names: Names | undefined;
  const stands = ({ token, piece, slot }: Finding): boolean => {
    names ??= new Names(draft, model, given);
    return names.stands(token, piece, slot.text);
  };
  for (const finding of findings) {
    const { token, piece, slot, joins } = finding;
    const raw = rawOf(finding, draft);
    const changed = slot.text !== raw;
    if (!changed && !details) continue;
    const own = changed ? ownOf(finding, raw) : slot.confidence;
    const all = own + factor * (1 - own);
    const alternatives = slot.alternatives
      .filter((a) => a.text !== raw)
      .map((a) => ({ text: a.text, probability: (a.probability * factor) / all }));
    const best = (slot.confidence * factor) / all;
    const kept = own / all;
    const sureEnough = best >= CAREFUL.changeAt && best - kept >= CAREFUL.margin && /../su.test(raw);
    if (changed && !clean && sureEnough && (joins !== undefined || !stands(finding))) {
      if (joins === undefined) alternatives.push({ text: raw, probability: kept });
      alternatives.sort((a, b) => b.probability - a.probability);
      const taken = calibrated({ text: slot.text, confidence: best, alternatives }, changeRight(best));
      if (joins !== undefined) join(draft, token, joins, taken);
      else putSlot(draft, token, piece, taken);
    } else if (joins === undefined) {
      if (changed) alternatives.unshift({ text: slot.text, probability: best });
      const stayed = { text: raw, confidence: kept, alternatives };
      const right = interpolated(capitalsOf(raw) === 'lower' ? CALIBRATION.stays : CALIBRATION.capital, kept);
      putSlot(draft, token, piece, calibrated(stayed, right));
    }
  }
}

/** How often a change that the model gives this probability is right. */
function changeRight(p: number): number {
  const { least, most, from, power } = CALIBRATION.change;
  return least + (most - least) * Math.max(0, (p - from) / (1 - from)) ** power;
}

/** The value at `p` of a line through points that rise from 0 to 1. */
function interpolated(points: readonly (readonly [number, number])[], p: number): number {
  const end = Math.max(
    1,
    points.findIndex(([x]) => x >= p),
  );
  const [x0, y0] = points[end - 1] as readonly [number, number];
  const [x1, y1] = points[end] as readonly [number, number];
  return y0 + ((y1 - y0) * (p - x0)) / (x1 - x0);
}

/** A slot with another confidence; its alternatives give way where that is higher. */
function calibrated({ text, confidence, alternatives }: Slot, right: number): Slot {
  const rest = right > confidence ? (1 - right) / Math.max(1e-9, 1 - confidence) : 1;
  return {
    text,
    confidence: right,
    alternatives: rest === 1 ? alternatives : alternatives.map((a) => ({ ...a, probability: a.probability * rest })),
  };
}

/** The text as it is that a finding stands against. */
function rawOf({ token, piece, joins }: Finding, draft: Draft): string {
  const own = draft.parts[token]?.pieces[piece] ?? '';
  return joins === undefined ? own : `${own} ${draft.parts[joins]?.pieces[0] ?? ''}`;
}

/** The probability of the text as it is where something else was found. */
function ownOf({ slot, joins }: Finding, raw: string): number {
  if (joins !== undefined) return 1 - slot.confidence;
  return slot.alternatives.find((a) => a.text === raw)?.probability ?? Math.min(0.005, 1 - slot.confidence);
}

/** Whether a finding is about a word with a capital that follows another: part of a name. */
function isName({ token, piece }: Finding, draft: Draft): boolean {
  return isTitle(draft.parts[token]?.pieces[piece]) && isTitle(pieceBefore(token, piece, draft));
}

const pieceBefore = (token: number, piece: number, draft: Draft): string | undefined =>
  piece > 0 ? draft.parts[token]?.pieces[piece - 1] : draft.parts[token - 1]?.pieces.at(-1);

const isTitle = (word: string | undefined): boolean => word !== undefined && capitalsOf(word) === 'title';

/** The words of a text with marks, its slips, and its words with capitals inside. */
function slipsOf(findings: readonly Finding[], draft: Draft): { words: number; slips: number; garbled: number } {
  let words = 0;
  let slips = 0;
  let garbled = 0;
  draft.parts.forEach((part, i) => {
    if (draft.profiles[i] !== 'vietnamese-ocr') return;
    words += part.pieces.length;
    for (const piece of part.pieces) if (GARBLED.test(piece)) garbled++;
  });
  const seen = new Map<string, number>();
  for (const finding of findings) {
    const { confidence, text } = finding.slot;
    const raw = rawOf(finding, draft);
    // Names are rare words by nature, and what stands there again and again was written so.
    if (text === raw || confidence < 0.5 || isName(finding, draft)) continue;
    const times = seen.get(raw) ?? 0;
    seen.set(raw, times + 1);
    if (times < CAREFUL.slipTimes)
      slips += Math.min(CAREFUL.slipMost, -Math.log(1 - Math.min(0.999, confidence)) / CAREFUL.slipUnit);
  }
  return { words, slips, garbled };
}

/** Two tokens become one: the first takes the word and the second's closing punctuation. */
export function join(draft: Draft, first: number, second: number, slot: Slot): void {
  const lead = draft.parts[first]?.separators[0] ?? '';
  const trail = draft.parts[second]?.separators[1] ?? '';
  draft.whole[first] = { ...slot, text: lead + slot.text + trail };
  draft.joined[second] = true;
}
