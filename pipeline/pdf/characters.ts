/** Soft hyphens and characters without width. */
const INVISIBLE = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
/** Symbol and Wingdings place their characters at U+F000 and up. */
const SYMBOL = /(?<=^|\s)[\uF020-\uF0FF](?=$|\s)/g;

/** A text run as ordinary characters: all white as spaces, nothing invisible, symbol-font bullets as the bullets they show. */
export function cleanText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/\s/g, ' ')
    .replace(CONTROL, '\uFFFD')
    .replace(SYMBOL, (symbol) => {
      const ascii = String.fromCharCode(symbol.charCodeAt(0) - 0xf000);
      return '-+*'.includes(ascii) ? ascii : '•';
    });
}

const widths = new Map<string, number>();

/** Widths in the manner of Times, in thousandths of the font size: enough to share a run's known width among its words. */
function widthOf(character: string): number {
  const known = widths.get(character);
  if (known !== undefined) return known;
  const width = likeTimes(character);
  widths.set(character, width);
  return width;
}

function likeTimes(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  if (/[ilítjịìĩỉ,.:;'|!()[\]/ -]/i.test(character) && character !== 'I') return 290;
  if (/[mw%@—]/.test(character)) return 780;
  if (/[MW]/.test(character)) return 900;
  if (/[IÍÌĨỈỊsrf]/.test(character)) return 360;
  return /\p{Lu}/u.test(character) ? 690 : 490;
}

export interface Span {
  token: string;
  /** Shares of the run's width. */
  from: number;
  to: number;
}

/** The run's words and where in its width each stands. */
export function splitWidths(text: string): Span[] {
  const spans: Span[] = [];
  let total = 0;
  let open: Span | undefined;
  for (const character of text) {
    if (character === ' ') open = undefined;
    else if (open) open.token += character;
    else {
      open = { token: character, from: total, to: total };
      spans.push(open);
    }
    total += widthOf(character);
    if (open) open.to = total;
  }
  const scale = total || 1;
  return spans.map(({ token, from, to }) => ({ token, from: from / scale, to: to / scale }));
}
