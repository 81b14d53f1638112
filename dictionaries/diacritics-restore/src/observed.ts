/** What an OCR engine wrote, folded to what the channel is learnt over; the same for training and for restoring. */
import { type Capitals, capitalsOf } from './letters.ts';

/** Typographic variants that mean the same to the channel. */
const FOLD: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '´': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  ﬁ: 'fi',
  ﬂ: 'fl',
  '—': '-',
  '–': '-',
};

/** Folds quotes, dashes and ligatures. */
export function foldObserved(text: string): string {
  return text.normalize('NFC').replace(/[’‘´`“”„ﬁﬂ—–]/g, (c) => FOLD[c] ?? c);
}

/** The capitals a reading was most likely printed in: letters read as others ("PiCH", "THU'C") do not make it mixed. */
export function printedCapitals(text: string): Exclude<Capitals, 'mixed'> {
  const capitals = capitalsOf(text);
  if (capitals !== 'mixed') return capitals;
  let upper = 0;
  let lower = 0;
  for (const c of text) {
    if (c === 'I' || c === 'l') continue;
    if (c !== c.toLowerCase()) upper++;
    else if (c !== c.toUpperCase()) lower++;
  }
  if (upper > lower) return 'upper';
  const first = text[0] ?? '';
  return first !== first.toLowerCase() && first !== 'I' ? 'title' : 'lower';
}
