/** How a page's text layer reads. `quality`: share of tokens that look like Vietnamese words, numbers or codes, 0..1. */
export interface TextJudgement {
  quality: number;
  usable: boolean;
  /** Share of the alphabetic tokens with a Vietnamese mark. */
  marked: number;
}

const SYLLABLE = /^(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|nh|ng|[cmnpt])?$/;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const CODE = /^[\p{Lu}\d][\p{Lu}\d&.+-]*$/u;
/** Letters of Vietnamese and the signs plans are printed with; anything else in a word is foreign. */
const FOREIGN = /[^\p{ASCII}À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ“”‘’–—…•·≥≤≈°§%²³½¼×÷−‐‑→✓€$«»]/u;
const BROKEN = /[\uFFFD\uE000-\uF8FF]/u;
const MARKED = /[À-ỹĐđ]/u;

/** Below these shares the layer is not to be trusted; with fewer tokens there is nothing to judge by. */
const ENOUGH = 10;
const PLAUSIBLE = 0.6;
const MAX_FOREIGN = 0.08;

export function judgeText(layer: string[]): TextJudgement {
  const tokens = layer.map((token) => token.normalize('NFC'));
  const judged = tokens
    .map((token) => token.replace(/^[^\p{L}\p{N}\uFFFD\uE000-\uF8FF]+|[^\p{L}\p{N}\uFFFD\uE000-\uF8FF]+$/gu, ''))
    .filter(Boolean);
  if (judged.length === 0) return { quality: tokens.length > 0 ? 1 : 0, usable: tokens.length > 0, marked: 0 };
  const words = judged.filter((token) => /\p{L}/u.test(token));
  const quality = judged.filter(isPlausible).length / judged.length;
  const foreign = tokens.filter((token) => FOREIGN.test(token) || BROKEN.test(token)).length / tokens.length;
  const marked = words.filter((token) => MARKED.test(token)).length / Math.max(words.length, 1);
  const usable = judged.length < ENOUGH ? foreign < 0.5 : quality >= PLAUSIBLE && foreign <= MAX_FOREIGN;
  return { quality, usable, marked };
}

function isPlausible(token: string): boolean {
  if (FOREIGN.test(token) || BROKEN.test(token)) return false;
  if (!/\p{L}/u.test(token) || /\d/.test(token) || CODE.test(token)) return true;
  return token.split(/[^\p{L}]+/u).every((part) => part === '' || isSyllable(part) || CODE.test(part));
}

function isSyllable(part: string): boolean {
  const decomposed = part.toLowerCase().normalize('NFD');
  if ((decomposed.match(TONES) ?? []).length > 1) return false;
  return SYLLABLE.test(decomposed.replace(TONES, '').normalize('NFC'));
}
