import { BREAK, loadModel, NUMBER, UNKNOWN } from 'diacritics-restore';
import { bare } from '../extractors/text.ts';
import { read, score } from './slips.ts';

/** A word of a text beside the same letters with other marks. */
export interface MarkedWord {
  /** Offset in the text. */
  start: number;
  /** How much likelier (log probability, with its neighbours) the best of the others is; 0 where none is. */
  gain: number;
  /** The model knows the word. */
  known: boolean;
}

/** What the language model says of the marks of each word; words with digits are left out. */
export function judgeMarks(text: string): MarkedWord[] {
  const model = loadModel().language;
  const { ids, written, starts } = read(text, model);
  const judged: MarkedWord[] = [];
  for (let i = 2; i < ids.length - 3; i++) {
    const id = ids[i] ?? BREAK;
    if (id === BREAK || id === NUMBER) continue;
    const window = ids.slice(i - 2, i + 3);
    const own = score(model, window, Number.NEGATIVE_INFINITY);
    let gain = 0;
    for (const other of model.byKey.get(bare(written[i] ?? '')) ?? []) {
      if (other === id) continue;
      window[2] = other;
      gain = Math.max(gain, score(model, window, own + gain) - own);
    }
    judged.push({ start: starts[i] ?? 0, gain, known: id !== UNKNOWN });
  }
  return judged;
}
