import { referenceWords } from '../dictionaries/administrative/index.ts';

/** Hyphens and blanks put right: "45- NQ/TW" → "45-NQ/TW", "76/NQCP" → "76/NQ-CP", "1234/QĐTTg" → "1234/QĐ-TTg", "60/2021/ND-CP" → "60/2021/NĐ-CP". */
export function normaliseNumber(number: string, year: string, mark: string, symbol: string): string {
  let letters = symbol.replace(/\s/g, '').replace(/–/g, '-');
  if (!/[-/]/.test(letters)) {
    const kinds = Object.keys(referenceWords().symbols).sort((a, b) => b.length - a.length);
    for (const kind of kinds) {
      const rest = letters.slice(kind.length);
      if (
        letters.startsWith(kind) &&
        /^(?:CP|TTg|UBND|HĐND|TW|TU|QH\d*|UBTVQH\d*|B[A-ZĐ][A-ZĐa-z]+|CT|CTN|VPCP|BCĐ)$/u.test(rest)
      ) {
        letters = `${kind}-${rest}`;
        break;
      }
    }
  }
  const marked = markedSymbol(letters);
  return `${number}${year.replace(/\s/g, '')}${mark === '–' ? '-' : mark}${marked}`;
}

/** "ND-CP" → "NĐ-CP": symbols that lost their marks; "KH/TỪ" → "KH/TU": marks of tone that a symbol never has. */
export function markedSymbol(letters: string): string {
  return letters.replace(/[^-/]+/g, (part) => {
    const plain = TONED.test(part.normalize('NFD')) ? toneless(part) : part;
    return referenceWords().bareSymbols[plain] ?? plain;
  });
}

const TONED = /[\u0300\u0301\u0303\u0309\u0323]/u;
const toneless = (part: string): string => part.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');

/** The type that the letters of a number stand for, or null. */
export function typeOfSymbol(number: string): string | null {
  const { symbols } = referenceWords();
  const letters = /^[\d.]+(?:\/\d{4})?[-/](.+)$/u.exec(number)?.[1] ?? number.replace(/^\//, '');
  for (const part of letters.split(/[-/]/)) if (symbols[part]) return symbols[part] ?? null;
  if (/^QH\d+$/.test(letters)) return 'Luật';
  return /^UBND/u.test(letters) ? 'Công văn' : null;
}

/**
 * The key of a paper of the National Assembly whose term cannot be of its year ("163/2024/QH13"), put right where the plan
 * cites the same number with the term that can. Any other key as it is.
 */
export function fittingKey(key: string, cited: ReadonlySet<string>): string {
  const [, paper, year, term] = /^(\d+\/(\d{4})\/(?:UBTV)?QH)(\d{1,2})$/.exec(key) ?? [];
  if (paper === undefined || year === undefined || term === undefined) return key;
  const { terms } = referenceWords();
  const fits = ([from, to]: readonly number[]) =>
    from !== undefined && to !== undefined && from <= +year && +year <= to;
  if (terms[term] !== undefined && fits(terms[term])) return key;
  const fitting = Object.entries(terms).find(([other, years]) => fits(years) && cited.has(paper + other));
  return fitting ? paper + fitting[0] : key;
}
