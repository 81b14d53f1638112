import { type Marker, readMarker } from './markers.ts';
import type { Block, Heading, Paragraph } from './plan.ts';
import { countWords, stripClosing } from './text.ts';
import { namesUnit } from './unit-names.ts';

/** Depth order of styles that do not nest the other way round. */
const RANK: Record<string, number> = {
  appendix: 0,
  part: 0,
  chapter: 1,
  section: 2,
  article: 3,
  upper: 4,
  roman: 5,
  decimal: 6,
  dotted: 7,
  letter: 9,
  star: 10,
};

const MAX_RUN_IN_WORDS = 12;
const LONG_TITLE_WORDS = 45;

interface Open {
  key: string;
  rank: number;
  heading: number;
}

export interface Outline {
  headings: Heading[];
  blocks: Block[];
}

/** How a numbered paragraph reads: surely a title, surely a run-in item, or as most of its sisters do. */
type Reading = 'title' | 'runIn' | 'unsure';

/**
 * The outline of the body: `indexes` are the paragraphs between title block and recipients, and those of appendices, in
 * reading order. Levels come from nesting: a style that is open already is a sister, a new one is a child.
 */
export function readOutline(paragraphs: readonly Paragraph[], indexes: readonly number[]): Outline {
  const headings: Heading[] = [];
  const blocks: Block[] = [];
  const readings: Reading[] = [];
  const stack: Open[] = [];
  const path = () => stack.map((open) => open.heading);
  const starred = starsAreBullets(paragraphs, indexes);

  indexes.forEach((index, at) => {
    const paragraph = paragraphs[index];
    if (!paragraph) return;
    if (paragraph.kind === 'row') {
      blocks.push({ paragraph: index, role: 'row', path: path(), mark: null, start: 0 });
      return;
    }
    const marker = readMarker(paragraph.text);
    if (starred && marker?.style === 'star') {
      blocks.push({ paragraph: index, role: 'bullet', path: path(), mark: marker.mark, start: marker.rest });
      return;
    }
    if (marker?.kind === 'heading' && isHeading(marker, paragraph, stack)) {
      const heading = openHeading(marker, paragraph, index, stack, headings);
      headings.push(heading);
      readings.push(readTitle(marker, paragraph, paragraphs[indexes[at + 1] ?? -1]));
      stack.push({ key: marker.key, rank: rankOf(marker), heading: headings.length - 1 });
      blocks.push({ paragraph: index, role: 'heading', path: path(), mark: marker.mark, start: marker.rest });
      return;
    }
    if (marker?.kind === 'bullet') {
      blocks.push({ paragraph: index, role: 'bullet', path: path(), mark: marker.mark, start: marker.rest });
      return;
    }
    const remark = /^\(.*\)\s*[.;]?$/u.test(paragraph.text.trim());
    blocks.push({ paragraph: index, role: remark ? 'remark' : 'text', path: path(), mark: null, start: 0 });
  });
  settleTitles(headings, readings, paragraphs);
  return { headings, blocks };
}

/** Markdown's "* " bullets: most stars have nothing under them, where a label ("* Mục tiêu") opens a part. */
function starsAreBullets(paragraphs: readonly Paragraph[], indexes: readonly number[]): boolean {
  let stars = 0;
  let bare = 0;
  indexes.forEach((index, at) => {
    const paragraph = paragraphs[index];
    const marker = paragraph?.text.startsWith('*') && paragraph.kind === 'text' ? readMarker(paragraph.text) : null;
    if (!paragraph || marker?.style !== 'star') return;
    stars++;
    const next = paragraphs[indexes[at + 1] ?? -1];
    const opens = next?.kind === 'text' ? readMarker(next.text) : null;
    const closed = /[.;]\s*$/.test(paragraph.text) && (next === undefined || opens?.kind === 'heading');
    if ((closed || opens?.style === 'star') && !LABEL_AND_TEXT.test(paragraph.text.slice(marker.rest).trim())) bare++;
  });
  return bare >= 3 && bare * 2 > stars;
}

const rankOf = (marker: Marker): number =>
  (RANK[marker.style ?? ''] ?? 6) + (marker.style === 'dotted' ? (marker.number ?? '').split('.').length - 2 : 0) * 0.3;

/** A number that only looks like a heading's: a wrapped date, an amount, "5. " in the middle of nothing. */
function isHeading(marker: Marker, paragraph: Paragraph, stack: readonly Open[]): boolean {
  const rest = paragraph.text.slice(marker.rest).trim();
  if (rest === '') return false;
  if (marker.style === 'appendix') return !paragraph.text.includes('|') && isAppendixTitle(paragraph);
  if (marker.style === 'star') return countWords(rest) <= 20;
  if (marker.style === 'decimal' || marker.style === 'dotted') {
    if (/^\d{4}\b/.test(rest) || (/^[%\d]/.test(rest) && !/^(?:\d{1,3}\s*%|0\d\s)/.test(rest))) return false;
    if (/^\p{Ll}/u.test(rest) && !stack.some((open) => open.key === marker.key)) return false;
  }
  return true;
}

function isAppendixTitle(paragraph: Paragraph): boolean {
  const text = paragraph.text.replace(/\(.*$/u, '');
  const letters = text.replace(/[^\p{L}]/gu, '');
  const capitals = letters.replace(/[^\p{Lu}]/gu, '').length;
  return capitals / Math.max(1, letters.length) > 0.7 || (countWords(text) <= 4 && /^Phụ lục/u.test(text));
}

function openHeading(
  marker: Marker,
  paragraph: Paragraph,
  index: number,
  stack: Open[],
  headings: readonly Heading[],
): Heading {
  const rank = rankOf(marker);
  const sister = stack.findIndex((open) => open.key === marker.key);
  if (sister >= 0) stack.length = sister;
  else while (stack.length > 0 && (stack.at(-1)?.rank ?? 0) >= rank) stack.pop();
  const parent = stack.at(-1)?.heading ?? null;
  const text = paragraph.text;
  const lead = text.slice(marker.rest).length - text.slice(marker.rest).trimStart().length;
  return {
    number: marker.number,
    style: marker.style ?? 'decimal',
    level: (parent === null ? 0 : (headings[parent]?.level ?? 0)) + 1,
    title: '',
    runIn: false,
    anchor: { paragraph: index, start: marker.rest + lead, end: text.length },
    parent,
  };
}

/** "Các sở, ngành; Ủy ban nhân dân các xã", "Ủy ban nhân dân các xã: Bến Gỗ, Đồng Mây": units alone, nothing that they do. */
function isUnitLine(rest: string): boolean {
  const [units = '', places, more] = rest.replace(/\s*:$/u, '').split(/\s*:\s*/u);
  const namesOnly = places === undefined || NAMES_ONLY.test(places);
  if (more !== undefined || !namesOnly || /[.;]$/.test(rest) || (places === undefined && !units.includes(';')))
    return false;
  return countWords(rest) <= LONG_TITLE_WORDS && units.split(/\s*;\s*/u).every((unit) => namesUnit(unit));
}

/** "Phòng Kinh tế: Là cơ quan thường trực …", in bold too: what the unit does follows its name. */
function isUnitAndText(rest: string): boolean {
  const [, unit = '', text = ''] = /^([^:]+):\s+(\S.*)$/u.exec(rest) ?? [];
  return countWords(unit) <= MAX_RUN_IN_WORDS && countWords(text) > 3 && namesUnit(unit) && !isUnitLine(rest);
}

const NAMES_ONLY = /^\p{Lu}\p{L}*(?:(?:\s*,\s*|\s+và\s+|\s+)\p{Lu}\p{L}*)*$/u;

/** "* Chỉ tiêu: 100% văn bản được …": a label of a few words, and its text on the same line. */
const LABEL_AND_TEXT = /^(?:[^\s:]+\s+){0,5}[^\s:]+\s*:\s+\S/u;

/** "1. 100% thủ tục được niêm yết", "2.3. Tỷ lệ đúng hạn: 98%", in bold too: a title without bullets under it says no share to reach. */
const SHARE = /\d\s*%/u;

/** Title or run-in item? A title ends where the line ends; a run-in item says its content in the same paragraph. */
function readTitle(marker: Marker, paragraph: Paragraph, next: Paragraph | undefined): Reading {
  const rest = paragraph.text.slice(marker.rest).trim();
  if (marker.style === 'appendix') return 'title';
  if (marker.style === 'star') return LABEL_AND_TEXT.test(rest) ? 'runIn' : 'title';
  if (marker.style === 'roman' || marker.style === 'upper')
    return countWords(rest) <= LONG_TITLE_WORDS ? 'title' : 'runIn';
  const words = countWords(rest);
  const introduces = next?.kind === 'text' && readMarker(next.text)?.kind === 'bullet';
  if (SHARE.test(rest) && !introduces) return 'runIn';
  if (paragraph.marked && words <= LONG_TITLE_WORDS && !isUnitAndText(rest)) return 'title';
  if (next?.kind === 'text' && readMarker(next.text)?.key !== marker.key && isUnitLine(rest)) return 'title';
  const colon = rest.indexOf(':');
  if (colon >= 0 && colon < rest.length - 1 && /\S/.test(rest.slice(colon + 1))) return 'runIn';
  if (/[.;]\s+\p{Lu}/u.test(rest.replace(/(?:TP|TT|GS|ThS|Q|P)\.\s/gu, ''))) return 'runIn';
  const opens = next !== undefined && next.kind === 'text' ? readMarker(next.text) : null;
  const opensItems =
    opens !== null && opens.key !== marker.key && (opens.kind === 'bullet' || opens.style === 'letter');
  // With nothing under it, it says all itself: "a) Rà soát văn bản."
  const bare = next === undefined || (opens?.kind === 'heading' && rankOf(opens) <= rankOf(marker));
  if (/[.;]$/.test(rest) && bare) return 'runIn';
  if (/[.;]$/.test(rest)) return !/;$/.test(rest) && (words <= 6 || (opensItems && words <= 12)) ? 'unsure' : 'runIn';
  if (words > LONG_TITLE_WORDS) return 'runIn';
  if (/:$/.test(rest)) return words <= 12 || (opensItems && namesUnit(rest.slice(0, -1))) ? 'title' : 'unsure';
  const followed = next !== undefined && next.kind === 'text';
  const opensDeeper = followed && (readMarker(next.text)?.key ?? '') !== marker.key;
  return opensDeeper ? 'title' : words <= 8 ? 'title' : 'unsure';
}

/** An unsure one is a run-in item where most of its sisters surely are, or where it is too long for a title. */
function settleTitles(headings: Heading[], readings: readonly Reading[], paragraphs: readonly Paragraph[]): void {
  headings.forEach((heading, index) => {
    let reading = readings[index] ?? 'title';
    const text = paragraphs[heading.anchor.paragraph]?.text.slice(heading.anchor.start) ?? '';
    if (reading === 'unsure') {
      const sisters = readings.filter((other, at) => {
        const sister = headings[at];
        return (
          at !== index && sister?.parent === heading.parent && sister.style === heading.style && other !== undefined
        );
      });
      const runIns = sisters.filter((other) => other === 'runIn').length;
      reading = runIns * 2 > sisters.length || countWords(text) > 30 ? 'runIn' : 'title';
    }
    heading.runIn = reading === 'runIn';
    if (heading.runIn) {
      heading.title = runInTitle(text);
    } else {
      const cut =
        heading.style === 'appendix' ? text.replace(/\s*\((?:Ban hành|Kèm|Ban hành kèm|Kèm theo).*$/isu, '') : text;
      heading.title = stripClosing(cut);
      heading.anchor = { ...heading.anchor, end: heading.anchor.start + heading.title.length };
    }
  });
}

/** The words before the first ":" if there are at most 12, else the first 12 words, a comma at the cut dropped. */
export function runInTitle(text: string): string {
  const colon = text.indexOf(':');
  if (colon > 0 && countWords(text.slice(0, colon)) <= MAX_RUN_IN_WORDS) return text.slice(0, colon).trim();
  const words = text.trim().split(/\s+/);
  const title = words.slice(0, MAX_RUN_IN_WORDS).join(' ');
  return words.length <= MAX_RUN_IN_WORDS ? stripClosing(title) : title.replace(/[,;]$/, '');
}
