/** How a list counts; the names are those of WordprocessingML. Others count in decimal numbers. */
export type NumberFormat =
  | 'decimal'
  | 'decimalZero'
  | 'upperRoman'
  | 'lowerRoman'
  | 'upperLetter'
  | 'lowerLetter'
  | 'bullet'
  | 'none';

const ROMAN: [number, string][] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

/** A list's number as printed; "" for bullets and lists without numbers. */
export function formatNumber(value: number, format: NumberFormat): string {
  switch (format) {
    case 'upperRoman':
      return roman(value);
    case 'lowerRoman':
      return roman(value).toLowerCase();
    case 'upperLetter':
      return letters(value).toUpperCase();
    case 'lowerLetter':
      return letters(value);
    case 'decimalZero':
      return String(value).padStart(2, '0');
    case 'bullet':
    case 'none':
      return '';
    default:
      return String(value);
  }
}

function roman(value: number): string {
  let rest = Math.min(value, 3999);
  let out = '';
  for (const [step, sign] of ROMAN) {
    while (rest >= step) {
      out += sign;
      rest -= step;
    }
  }
  return out;
}

/** a … z, then aa, bb … */
function letters(value: number): string {
  if (value < 1) return '';
  const letter = String.fromCharCode(97 + ((value - 1) % 26));
  return letter.repeat(Math.min(Math.ceil(value / 26), 30));
}
