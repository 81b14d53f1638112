/** The two entry points: text in, text out; tokens in, tokens out. */
import { type Assembled, assemble, STRETCH, type Stretch } from './assemble.ts';
import { loadModel } from './model.ts';
import { profilesOf } from './profile.ts';
import type { Profile, RestoredToken, RestoreOptions, TokenIn } from './types.ts';

/** Gives Vietnamese text its marks back. Same number of lines; numbers as they were; text that is good comes back unchanged. */
export function restore(text: string, options: RestoreOptions = {}): string {
  const model = loadModel();
  const lines = text.normalize('NFC').split('\n');
  const { profile } = options;
  const judged = profile && profile !== 'auto' ? undefined : profilesOf(wordsOf(lines), model.language);
  const ends = stretchEnds(lines, judged?.includes('vietnamese-ocr') || profile === 'vietnamese-ocr');
  const stretches = function* (): Generator<Stretch> {
    for (let i = 0, from = 0; i < ends.length; from = ends[i++] as number) {
      const stretch = { tokens: [] as string[], lineStart: [] as boolean[], profiles: [] as Profile[] };
      for (let line = from; line < (ends[i] as number); line++) {
        tokensOf(lines[line] as string).forEach((token, k) => {
          stretch.tokens.push(token);
          stretch.lineStart.push(k === 0);
          stretch.profiles.push(judged?.[line] ?? (profile as Profile));
        });
      }
      yield stretch;
    }
  };
  const out: string[] = [];
  let line = 0;
  let stretch = 0;
  for (const results of assemble(stretches, model, { ...options, details: false, sure: judged === undefined })) {
    const parts: string[] = [];
    let at = 0;
    for (const from = line; line < (ends[stretch] as number); line++) {
      if (line > from) parts.push('\n');
      at = write(lines[line] as string, results, at, parts);
    }
    stretch++;
    out.push(parts.join(''));
  }
  return out.join('\n');
}

const tokensOf = (line: string): string[] => line.match(/\S+/gu) ?? [];

function* wordsOf(lines: readonly string[]): Generator<string[]> {
  for (const line of lines) yield tokensOf(line);
}

/**
 * Writes a line with its tokens restored, the first of them results[at]; the white space between tokens that were joined goes.
 * Returns where the next line's results begin.
 */
function write(line: string, results: readonly Assembled[], at: number, parts: string[]): number {
  let next = at;
  let end = 0;
  let empty = true;
  for (const match of line.matchAll(/\S+/gu)) {
    const result = results[next++];
    const leads = empty && next - 2 >= at && results[next - 2]?.joined;
    if (match.index > end && !result?.joined && !leads) {
      parts.push(line.slice(end, match.index));
      empty = false;
    }
    const text = result?.restored ?? match[0];
    if (text !== '') {
      parts.push(text);
      empty = false;
    }
    end = match.index + match[0].length;
  }
  if (end < line.length && !(empty && next > at && results[next - 1]?.joined)) parts.push(line.slice(end));
  return next;
}

/** Where each stretch of lines ends: after about so many tokens, at an empty line if one is near. */
function stretchEnds(lines: readonly string[], marked: boolean): number[] {
  const most = marked ? STRETCH.marked : STRETCH.other;
  const ends: number[] = [];
  let tokens = 0;
  lines.forEach((line, i) => {
    if (tokens > most * 1.1 || (tokens > most && line.trim() === '')) {
      ends.push(i);
      tokens = 0;
    }
    tokens += tokensOf(line).length;
  });
  ends.push(lines.length);
  return ends;
}

/** Restores tokens; one result per token. Throws a TypeError where a token is no string. */
export function restoreTokens(tokens: readonly (string | TokenIn)[], options: RestoreOptions = {}): RestoredToken[] {
  const model = loadModel();
  const texts = tokens.map((t) => {
    const text = typeof t === 'string' ? t : t.text;
    if (typeof text !== 'string') throw new TypeError(`a token must be a string or {text}, not ${String(text)}`);
    return text.normalize('NFC');
  });
  const confidences = tokens.map((t) => (typeof t === 'string' ? undefined : t.confidence));
  const starts = new Set(options.lineStarts ?? []);
  const lineStart = texts.map((_, i) => i === 0 || starts.has(i));
  const lines: string[][] = [];
  texts.forEach((text, i) => {
    if (lineStart[i] || lines.length === 0 || (lines[lines.length - 1]?.length ?? 0) >= 15) lines.push([]);
    lines[lines.length - 1]?.push(text);
  });
  const judged = options.profile && options.profile !== 'auto' ? undefined : profilesOf(lines, model.language);
  const profiles = lines.flatMap((line, i) => line.map(() => judged?.[i] ?? (options.profile as Profile)));
  const ends: number[] = [];
  texts.forEach((_, i) => {
    const length = i - (ends.at(-1) ?? 0);
    if (length >= STRETCH.marked && (lineStart[i] || length >= 2 * STRETCH.marked)) ends.push(i);
  });
  ends.push(texts.length);
  const stretches = function* (): Generator<Stretch> {
    for (let i = 0, from = 0; i < ends.length; from = ends[i++] as number) {
      const own = <T>(all: readonly T[]): T[] => all.slice(from, ends[i]);
      yield {
        tokens: own(texts),
        lineStart: own(lineStart),
        profiles: own(profiles),
        confidences: own(confidences),
      };
    }
  };
  const parts = assemble(stretches, model, {
    ...options,
    details: true,
    // Only an engine tells confidences: the text was read, so its slips are worth mending one by one.
    sure: judged === undefined || confidences.some((c) => c !== undefined),
  });
  const out: RestoredToken[] = [];
  for (const results of parts) {
    for (const { restored, confidence, alternatives } of results) {
      const token = tokens[out.length] as string | TokenIn;
      out.push({ raw: typeof token === 'string' ? token : token.text, restored, confidence, alternatives });
    }
  }
  return out;
}
