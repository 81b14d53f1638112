/** Pages to be read by an OCR engine: paragraphs set in the manner of Decree 30/2020, one page of HTML each. */

/** A random number generator with a seed (mulberry32): the same seed, the same pages. */
export function randomOf(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One page: its paragraphs as they are printed and the HTML that prints them. */
export interface SetPage {
  paragraphs: string[];
  html: string;
}

/** Sets about `words` words of the paragraphs given by `next` as one page; some headings in capitals, some bold or italic. */
export function setPage(next: () => string, random: () => number, words = 330): SetPage {
  const paragraphs: string[] = [];
  const parts: string[] = [];
  const size = [13, 13.5, 14, 14, 12][Math.floor(random() * 5)];
  let count = 0;
  while (count < words) {
    let text = next();
    let style = 'text-align:justify;text-indent:1cm';
    const kind = random();
    const length = text.split(' ').length;
    if (kind < 0.22 && length <= 25) {
      text = text.toUpperCase();
      style = 'text-align:center;font-weight:bold';
    } else if (kind < 0.36) style += ';font-weight:bold';
    else if (kind < 0.48) style += ';font-style:italic';
    if (length > 140) text = text.split(' ').slice(0, 140).join(' ');
    paragraphs.push(text);
    parts.push(`<p style="${style}">${escaped(text)}</p>`);
    count += Math.min(length, 140);
  }
  return { paragraphs, html: `<div class=page style="font-size:${size}pt">${parts.join('')}</div>` };
}

/** The whole document: every page on a sheet of its own (text that does not fit is cut off with its sheet's end). */
export function documentHtml(pages: readonly SetPage[]): string {
  const css = `@page{size:A4;margin:0}body{margin:0;font-family:'Liberation Serif';line-height:1.3}
.page{box-sizing:border-box;width:210mm;height:296mm;padding:20mm 18mm 0 30mm;overflow:hidden;break-after:page}p{margin:0 0 5pt}`;
  return `<!doctype html><meta charset=utf-8><style>${css}</style>${pages.map((p) => p.html).join('\n')}`;
}
