/** What engines make of the strokes of I, II and III; with V behind it, IV. A lone figure 1 is the first quarter as well. */
const STROKES = '[IlLTiHU|!1]';
const QUARTER = new RegExp(`^(${STROKES}{1,3})([Vv]?)(?=$|[/.,;:)])`, 'u');
/** Letters that are two strokes with a bar between. */
const TWO = /[HU]/g;

/** The roman number of a quarter behind the word "quý" as it can only be meant: "11/2026" is "II/2026". Others as they are. */
export function romanQuarter(text: string): string {
  const match = QUARTER.exec(text);
  if (!match) return text;
  const [read, strokes = '', five] = match;
  const count = strokes.replace(TWO, 'II').length;
  if (five ? count !== 1 : count > 3 || strokes === '1') return text;
  return `${'I'.repeat(count)}${five ? 'V' : ''}${text.slice(read.length)}`;
}

/** A number behind "quý" that is no quarter. */
export function isNoQuarter(text: string): boolean {
  const [, number] = /^(\d{1,2})\/\d{4}(?!\d)/.exec(text) ?? [];
  return number !== undefined && (Number(number) < 1 || Number(number) > 4);
}
