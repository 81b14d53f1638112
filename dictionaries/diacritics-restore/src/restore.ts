/** The two entry points: text in, text out; tokens in, tokens out. */
import { assemble } from './assemble.ts';
import { loadModel } from './model.ts';
import { profilesOf } from './profile.ts';
import type { Profile, RestoredToken, RestoreOptions, TokenIn } from './types.ts';

/** Gives Vietnamese text its marks back. Same number of lines; numbers as they were; text that is good comes back unchanged. */
export function restore(text: string, options: RestoreOptions = {}): string {
  const model = loadModel();
  const normal = text.normalize('NFC');
  const lines = normal.split('\n').map((line) => line.split(/(\s+)/u));
  const tokens: string[] = [];
  const lineStart: boolean[] = [];
  const profiles: Profile[] = [];
  const wordsOf = lines.map((parts) => parts.filter((_, i) => i % 2 === 0 && parts[i] !== ''));
  const judged = options.profile && options.profile !== 'auto' ? undefined : profilesOf(wordsOf, model.language);
  wordsOf.forEach((words, i) => {
    const profile = judged?.[i] ?? (options.profile as Profile);
    words.forEach((word, k) => {
      tokens.push(word);
      lineStart.push(k === 0);
      profiles.push(profile);
    });
  });
  const results = assemble(tokens, lineStart, profiles, model, {
    ...options,
    details: false,
    sure: judged === undefined,
  });
  let at = 0;
  return lines
    .map((parts) => {
      let out = '';
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i] as string;
        if (part === '') continue;
        if (i % 2 === 0) out += results[at++]?.restored ?? part;
        // The white space before a token that was joined goes with it, and behind one that was first in its line.
        else if (results[at]?.joined && i + 1 < parts.length) continue;
        else if (results[at - 1]?.joined && out === '') continue;
        else out += part;
      }
      return out;
    })
    .join('\n');
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
  const results = assemble(texts, lineStart, profiles, model, {
    ...options,
    details: true,
    confidences,
    // Only an engine tells confidences: the text was read, so its slips are worth mending one by one.
    sure: judged === undefined || confidences.some((c) => c !== undefined),
  });
  return results.map(({ joined: _, ...r }, i) => ({
    ...r,
    raw: typeof tokens[i] === 'string' ? (tokens[i] as string) : (tokens[i] as TokenIn).text,
  }));
}
