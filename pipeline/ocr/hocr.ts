import type { OcrWord } from './engine.ts';

const TAG =
  /<(?:div|span)\s[^>]*?class='(ocr_page|ocr_line|ocr_textfloat|ocr_header|ocr_caption|ocrx_word)'[^>]*?title=(?:'([^']*)'|"([^"]*)")[^>]*>/g;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'", apos: "'" };

/** The words of each page of an hOCR document as both Tesseracts print it (lines with baseline and x_size, words with x_wconf). */
export function hocrPages(hocr: string): OcrWord[][] {
  const pages: OcrWord[][] = [];
  const tags = [...hocr.matchAll(TAG)];
  let line = { x0: 0, y1: 0, slope: 0, offset: 0, height: 0 };
  let lines = 0;
  tags.forEach((tag, i) => {
    const title = tag[2] ?? tag[3] ?? '';
    const box = numbers(title, 'bbox');
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
    if (tag[1] === 'ocr_page') {
      pages.push([]);
      lines = 0;
    } else if (tag[1] !== 'ocrx_word') {
      lines++;
      const [slope = 0, offset = 0] = numbers(title, 'baseline');
      line = { x0, y1, slope, offset, height: numbers(title, 'x_size')[0] ?? y1 - y0 };
    } else {
      const start = tag.index + tag[0].length;
      const text = plain(hocr.slice(start, tags[i + 1]?.index ?? hocr.length));
      if (text === '') return;
      const baseline = line.y1 + line.offset + line.slope * ((x0 + x1) / 2 - line.x0);
      const confidence = (numbers(title, 'x_wconf')[0] ?? 0) / 100;
      pages
        .at(-1)
        ?.push({ text, rect: { x0, y0, x1, y1 }, baseline, lineHeight: line.height, line: lines - 1, confidence });
    }
  });
  return pages;
}

function numbers(title: string, name: string): number[] {
  const found = new RegExp(`(?:^|; ?)${name} ([-0-9. ]+)`).exec(title);
  return found ? found[1]!.trim().split(' ').map(Number) : [];
}

function plain(markup: string): string {
  const end = markup.indexOf('</span>');
  return markup
    .slice(0, end < 0 ? undefined : end)
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .trim()
    .normalize('NFC');
}
