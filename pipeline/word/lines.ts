import type { Line, LineRegion, Word } from '../page.ts';
import { cleanText } from '../pdf/characters.ts';
import { LINE_BREAK, PAGE_BREAK, type TextRun, TURNED_PAGE, type WordParagraph } from './blocks.ts';

/** A line of a paragraph and what stands before it. `line` is null where a break stands at the paragraph's end. */
export interface Part {
  line: Line | null;
  turnsPage: boolean;
}

const BREAKS: string = LINE_BREAK + PAGE_BREAK + TURNED_PAGE;
/** Ruling lines typed with dashes or underscores. */
const RULE = /^[_\-–—=*~.]{3,}$/;

interface Open {
  words: Word[];
  text: string;
  letters: { bold: number; italic: number };
}

/** A paragraph as lines, cut at the line and page breaks in it. Lines without words are left out. */
export function paragraphParts(paragraph: WordParagraph, region: LineRegion): Part[] {
  const parts: Part[] = [];
  const open: Open = { words: [], text: '', letters: { bold: 0, italic: 0 } };
  let begins: Line['paragraph'] = 'starts';
  let turnsPage = false;

  const closeWord = () => {
    const text = cleanText(open.text).trim().normalize('NFC');
    const half = open.text.length / 2;
    if (text !== '') {
      open.words.push({
        raw: text,
        text,
        box: null,
        confidence: 1,
        ...(open.letters.bold > half ? { bold: true } : {}),
        ...(open.letters.italic > half ? { italic: true } : {}),
      });
    }
    open.text = '';
    open.letters = { bold: 0, italic: 0 };
  };
  const closeLine = () => {
    closeWord();
    const { words } = open;
    if (words.length === 0 || words.every((word) => RULE.test(word.text))) return;
    parts.push({ line: lineOf(words, paragraph, region, begins), turnsPage });
    turnsPage = false;
  };

  for (const run of labelled(paragraph)) {
    for (const character of run.text) {
      if (BREAKS.includes(character)) {
        const had = open.words.length > 0 || open.text !== '';
        closeLine();
        if (had) begins = character === TURNED_PAGE ? 'continues' : 'breaks';
        turnsPage ||= character !== LINE_BREAK;
        open.words = [];
      } else if (/\s/.test(character)) closeWord();
      else {
        open.text += character;
        if (run.bold) open.letters.bold += character.length;
        if (run.italic) open.letters.italic += character.length;
      }
    }
  }
  closeLine();
  if (turnsPage) parts.push({ line: null, turnsPage });
  return parts;
}

/** The label is a word of its own before the text; alone it prints a number and says nothing. */
function labelled({ label, runs }: WordParagraph): TextRun[] {
  if (label === null || runs.every((run) => run.text.trim() === '')) return runs;
  const lead = runs.findIndex((run) => run.text.trim() !== '');
  const text = runs[lead]?.text ?? '';
  const breaks = /^\s*/.exec(text)?.[0] ?? '';
  return [
    ...runs.slice(0, lead),
    { ...label, text: `${breaks}${label.text} ` },
    { ...(runs[lead] ?? label), text: text.slice(breaks.length) },
    ...runs.slice(lead + 1),
  ];
}

function lineOf(words: Word[], { runs, centered }: WordParagraph, region: LineRegion, begins: Line['paragraph']): Line {
  return {
    kind: 'line',
    words,
    box: null,
    region,
    size: runs.find((run) => run.text.trim() !== '')?.size ?? null,
    blankBefore: 0,
    ...(begins ? { paragraph: begins } : {}),
    ...(centered ? { centered: true } : {}),
  };
}
