import { isPlausibleSyllable } from 'diacritics-restore/syllable';
import { isEncoded, toUnicode, wordsOf } from './convert.ts';
import { type LegacyEncoding, legacyEncodings } from './encodings.ts';

/** Text in one font. */
export interface FontRun {
  text: string;
  /** The font's name where it is known. */
  font: string | null;
}

/** Below so many different words with codes there is nothing to judge by where the font's name says nothing. */
const ENOUGH = 4;
/** Share of plausible syllables after conversion, and how far above the share before. */
const PLAUSIBLE = 0.8;
const BETTER = 0.4;
/** Words of one run that contradict what the other runs of their font say. */
const AGAINST = 2;
/** Letters that Vietnamese has in Unicode only. */
const UNICODE_ONLY = /[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]|\p{M}/u;

interface Evidence {
  words: number;
  /** Plausible as they are, and after conversion. */
  before: number;
  after: number;
}

function weigh(text: string, encoding: LegacyEncoding): Evidence {
  const evidence: Evidence = { words: 0, before: 0, after: 0 };
  for (const word of new Set(wordsOf(text))) {
    // Signs alone (½, ×) and units (m²) are no words; what is said twice says no more.
    if (!/[^\p{ASCII}]/u.test(word) || !/[A-Za-z]/.test(word)) continue;
    evidence.words++;
    if (isPlausibleSyllable(word)) evidence.before++;
    if (isEncoded(word, encoding) && isPlausibleSyllable(toUnicode(word, encoding))) evidence.after++;
  }
  return evidence;
}

/** Quickly told for most documents: letters that only Unicode has. */
function isUnicode(text: string): boolean {
  const marked = wordsOf(text).filter((word) => /[^\p{ASCII}]/u.test(word));
  return marked.filter((word) => UNICODE_ONLY.test(word)).length * 4 > marked.length;
}

/** The encoding that a text without a telling font is in; null for Unicode and where there is too little to judge by. */
export function detectEncoding(text: string): LegacyEncoding | null {
  if (isUnicode(text)) return null;
  let best: { encoding: LegacyEncoding; after: number } | null = null;
  for (const encoding of legacyEncodings()) {
    const { words, before, after } = weigh(text, encoding);
    if (words < ENOUGH || after / words < PLAUSIBLE || (after - before) / words < BETTER) continue;
    if (!best || after > best.after) best = { encoding, after };
  }
  return best?.encoding ?? null;
}

/**
 * The encoding of each run, null for Unicode. A legacy font's name is believed unless the words say otherwise: many a
 * document has Unicode text that is still marked with its old font. Runs that stand side by side in one font are judged
 * together, the rest of their font where they are too short to tell.
 */
export function runEncodings(runs: readonly FontRun[]): (LegacyEncoding | null)[] {
  const byFont = new Map<string, string[]>();
  for (const run of runs) byFont.set(run.font ?? '', [...(byFont.get(run.font ?? '') ?? []), run.text]);
  const ofFont = new Map([...byFont].map(([font, texts]) => [font, fontEncoding(font, texts.join(''))]));
  const encodings: (LegacyEncoding | null)[] = [];
  for (let from = 0; from < runs.length; ) {
    let to = from + 1;
    while (to < runs.length && runs[to]?.font === runs[from]?.font) to++;
    const font = runs[from]?.font ?? '';
    const parts = runs.slice(from, to).map((run) => run.text);
    for (const { text, count } of paragraphs(parts)) {
      const encoding = partEncoding(font, text, ofFont.get(font) ?? null);
      for (let i = 0; i < count; i++) encodings.push(encoding);
    }
    from = to;
  }
  return encodings;
}

/** Neighbouring texts up to a line end. */
function* paragraphs(texts: readonly string[]): Generator<{ text: string; count: number }> {
  let open = { text: '', count: 0 };
  for (const text of texts) {
    open = { text: open.text + text, count: open.count + 1 };
    if (!text.endsWith('\n')) continue;
    yield open;
    open = { text: '', count: 0 };
  }
  if (open.count > 0) yield open;
}

const namedEncoding = (font: string): LegacyEncoding | null =>
  legacyEncodings().find((encoding) => encoding.isFont(font)) ?? null;

function fontEncoding(font: string, text: string): LegacyEncoding | null {
  const named = namedEncoding(font);
  if (named === null) return detectEncoding(text);
  const { before, after } = weigh(text, named);
  return after >= before ? named : null;
}

function partEncoding(font: string, text: string, usual: LegacyEncoding | null): LegacyEncoding | null {
  const encoding = usual ?? namedEncoding(font);
  if (encoding === null) return detectEncoding(text);
  const { before, after } = weigh(text, encoding);
  if (UNICODE_ONLY.test(text) && before >= after) return null;
  if (usual === null) return after >= before + AGAINST ? encoding : null;
  return before >= after + AGAINST ? null : encoding;
}
