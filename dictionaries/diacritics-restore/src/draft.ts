/** A text while it is restored: its tokens, what they are, and what has been found for them. */
import type { Model } from './model.ts';
import { cleanParts, ocrParts, type TokenParts } from './pieces.ts';
import type { Profile } from './types.ts';

/** What was found for a piece. */
export interface Slot {
  text: string;
  confidence: number;
  alternatives: { text: string; probability: number }[];
}

/** Shared by all slots without alternatives. */
export const NO_ALTERNATIVES: Slot['alternatives'] = [];

/** The tokens of a text with their parts and, as they are found, their slots. */
export interface Draft {
  tokens: readonly string[];
  lineStart: readonly boolean[];
  profiles: readonly Profile[];
  confidences: readonly (number | undefined)[] | undefined;
  parts: TokenParts[];
  /** By token and piece; undefined where a token has none. */
  slots: ((Slot | undefined)[] | undefined)[];
  /** Tokens settled as a whole: by a rule, or a number that was a word. */
  whole: (Slot | undefined)[];
  /** Tokens that were joined to the one before. */
  joined: boolean[];
}

/** Writes what was found for a piece. */
export function putSlot({ slots, parts }: Draft, token: number, piece: number, slot: Slot): void {
  slots[token] ??= new Array(parts[token]?.pieces.length).fill(undefined);
  slots[token][piece] = slot;
}

/** Takes the tokens apart, each by its profile, and applies the rules for what stands at the beginning of a line. */
export function draftOf(
  tokens: readonly string[],
  lineStart: readonly boolean[],
  profiles: readonly Profile[],
  model: Model,
  confidences?: readonly (number | undefined)[],
): Draft {
  const { rules } = model;
  const parts = tokens.map((t, i) => (profiles[i] === 'english-ocr' ? ocrParts(t, rules) : cleanParts(t, rules)));
  const whole: (Slot | undefined)[] = new Array(tokens.length).fill(undefined);
  let letter = '';
  tokens.forEach((token, i) => {
    const profile = profiles[i] as Profile;
    if (!lineStart[i] || profile === 'clean') return;
    let text: string | undefined;
    const item = /^([a-zđ])\)$/.exec(token);
    if (item) {
      // a) b) c) d) đ) e): the second d of a list was a đ.
      if (item[1] === 'd' && letter === 'd' && profile !== 'vietnamese-ocr') text = 'đ)';
      letter = item[1] as string;
      parts[i] = { kind: 'empty', pieces: [], separators: [token] };
    } else text = romanNumber(token, profile);
    if (profile === 'english-ocr' && /^\p{L}$/u.test(token) && rules.isBulletMisread(token)) {
      if (/^\p{Lu}/u.test(tokens[i + 1] ?? '')) text = '-';
    }
    if (text === undefined || text === token) return;
    parts[i] = { kind: 'empty', pieces: [], separators: [token] };
    whole[i] = { text, confidence: 0.97, alternatives: [{ text: token, probability: 0.03 }] };
  });
  return {
    tokens,
    lineStart,
    profiles,
    confidences,
    parts,
    slots: new Array(tokens.length).fill(undefined),
    whole,
    joined: new Array(tokens.length).fill(false),
  };
}

/** "Il." → "II.", "I11." → "III." (the latter after an English OCR only); undefined where the token is no heading's number. */
function romanNumber(token: string, profile: Profile): string | undefined {
  if (profile === 'stripped' || !/^[IVXl1|]{2,5}\.$/.test(token) || !/[IVX]/.test(token)) return undefined;
  if (/1/.test(token) && profile !== 'english-ocr') return undefined;
  const roman = token.replace(/[l1|]/g, 'I');
  return /^X{0,2}(?:IX|IV|V?I{0,3})\.$/.test(roman) ? roman : undefined;
}
