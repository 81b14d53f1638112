import { toUnicode } from './convert.ts';
import { type FontRun, runEncodings } from './detect.ts';

/**
 * Runs of a whole document or page with what is in legacy fonts as Unicode; the array given where nothing is. A
 * paragraph's last run ends with "\n".
 */
export function convertRuns<R extends FontRun>(runs: readonly R[]): readonly R[] {
  const encodings = runEncodings(runs);
  if (encodings.every((encoding) => encoding === null)) return runs;
  const texts = runs.map((run) => run.text);
  texts.forEach((text, index) => {
    // A mark whose vowel ends the run before belongs to it.
    const [encoding, previous] = [encodings[index], texts[index - 1]];
    if (!encoding || encoding !== encodings[index - 1] || !previous || text === '') return;
    const pair = previous.slice(-1) + text.slice(0, 1);
    if (toUnicode(pair, encoding).length > 1 || !/[^\p{ASCII}]/u.test(text.slice(0, 1))) return;
    texts[index - 1] = previous + text.slice(0, 1);
    texts[index] = text.slice(1);
  });
  return runs.map((run, index) => {
    const encoding = encodings[index];
    if (!encoding) return run;
    const text = toUnicode(texts[index] ?? '', encoding);
    const capitals = run.font !== null && encoding.isCapitalFont(run.font);
    return { ...run, text: capitals ? text.toUpperCase() : text };
  });
}
