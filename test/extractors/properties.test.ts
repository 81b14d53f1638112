import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import { lineText, type Page } from '../../pipeline/page.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';
import { type PlanOf, planOf } from './plan-of.ts';
import { SAMPLE } from './sample.ts';

/** Pieces that plans are made of, so that random texts reach the rules. */
const PIECES = [
  ...[
    'I. MỤC TIÊU',
    'II.',
    '1. Cải cách thể chế',
    '2.1',
    'a) Nhiệm vụ',
    'đ)',
    '* Mục tiêu',
    'Điều 3.',
    'PHỤ LỤC 01',
    '- ',
    '+ ',
    '(1)',
  ],
  ...[
    'KẾ HOẠCH',
    'Nơi nhận:',
    'TM. ỦY BAN NHÂN DÂN',
    'KT. CHỦ TỊCH',
    'Số: /KH-UBND',
    'Trên đây là',
    'ngày 3/2/2026',
    'V. TỔ CHỨC THỰC HIỆN',
  ],
  ...[
    '100%',
    '85 %',
    'từ 50 - 60%',
    'tối thiểu',
    'trở lên',
    '1.200 hồ sơ',
    '99,5%',
    'ít nhất một cơ sở',
    'một trong 5 xã',
    '13-15 phút',
  ],
  ...[
    'giảm',
    'xuống còn',
    'trong đó',
    'so với năm 2025',
    'giai đoạn 2026 - 2030',
    'đến năm 2028',
    'quý II/2026',
    'mỗi năm tăng',
  ],
  ...[
    'Quyết định số 45- QĐ/UBND',
    'Nghị quyết số 17/NQCP',
    'Luật Đất đai',
    'TCVN ISO 9001:2015',
    'của Chính phủ',
    '2025',
    '12',
  ],
  ...[
    '| TT | Nội dung | Chủ trì | Thời gian |',
    '|---|---|',
    '| 1 | Quét sổ | | 30/6/2026 |',
    '\\|',
    '**',
    '#',
    '<br>',
  ],
  ...[
    'hồ sơ',
    'Phòng Kinh tế',
    'Đề nghị Công an xã',
    'thực hiện',
    ':',
    ';',
    '.',
    ',',
    '(',
    ')',
    '“',
    '\u00a0',
    '\n',
    '\n\n',
    '\f',
    ' ',
    '\r\n',
    '\t',
  ],
];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join(' '));
const joined = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join('\n'));
const anyText = fc.oneof(
  pieces,
  joined,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

/** The sample plan with characters lost, put in or of the other case, lines lost or swapped. */
const damaged = fc
  .array(
    fc.record({
      at: fc.nat(SAMPLE.length),
      how: fc.constantFrom('lose', 'put', 'flip', 'cut'),
      length: fc.integer({ min: 1, max: 12 }),
      what: fc.constantFrom(...PIECES, 'l', '|', '0', '%'),
    }),
    { maxLength: 25 },
  )
  .map((edits) => {
    let text = SAMPLE;
    for (const { at, how, length, what } of edits) {
      const [before, own, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
      const flipped = own === own.toUpperCase() ? own.toLowerCase() : own.toUpperCase();
      const parts = {
        lose: [before, after],
        put: [before, what, own, after],
        flip: [before, flipped, after],
        cut: [before, '\n', own, after],
      };
      text = parts[how as keyof typeof parts].join('');
    }
    return text;
  });

const fromText = (result: PlanOf, anchor: { paragraph: number; start: number; end: number }): string =>
  (result.plan.paragraphs[anchor.paragraph]?.text ?? '').slice(anchor.start, anchor.end);

function checkQuotes(result: PlanOf): void {
  const { extracted } = result;
  for (const record of [...extracted.indicators, ...extracted.tasks, ...extracted.duties])
    expect(fromText(result, record.anchor)).toBe(record.quote);
  for (const heading of result.plan.headings)
    expect(fromText(result, heading.anchor).startsWith(heading.title.split(' ')[0] ?? '')).toBe(true);
  for (const row of extracted.tables.flatMap((table) => table.rows))
    for (const [role, cell] of Object.entries(row.cells))
      if (role !== 'no') expect(fromText(result, cell)).toBe(row[role as 'content']);
  for (const reference of extracted.references)
    for (const anchor of reference.anchors) expect(fromText(result, anchor)).not.toBe('');
}

/** Numbers as they are printed: digits with stops and commas, and number words. */
function valuesIn(text: string): number[] {
  const digits = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const read = digits.flatMap((printed) => [
    Number(printed.replace(/\./g, '').replace(',', '.')),
    Number(printed.replace(',', '.')),
    ...printed.split(/[.,]/).map(Number),
  ]);
  const words = Object.entries(indicatorWords().numberWords).flatMap(([word, value]) =>
    text.toLowerCase().replace(/\s+/g, ' ').includes(word) ? [value] : [],
  );
  return [...read, ...words];
}

function checkNumbers(result: PlanOf): void {
  for (const indicator of result.extracted.indicators) {
    const printed = valuesIn(fromText(result, indicator.number));
    expect(printed).toContain(indicator.value);
    if (indicator.valueMax !== null) expect(printed).toContain(indicator.valueMax);
    const { number, anchor } = indicator;
    expect(number.paragraph).toBe(anchor.paragraph);
    expect(number.start).toBeGreaterThanOrEqual(anchor.start);
    expect(number.end).toBeLessThanOrEqual(anchor.end);
  }
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** What the reader gave, line by line; table cells are lines of their own. */
function linesRead(pages: readonly Page[]): string[][] {
  return pages.flatMap((page) =>
    page.items.flatMap((item) =>
      item.kind === 'line'
        ? [wordsOf(lineText(item))]
        : item.cells.map((cell) => wordsOf(cell.lines.map(lineText).join(' '))),
    ),
  );
}

/** Every word that was read stands in the paragraphs once, and the words of a line in their order. */
function checkWords(text: string, result: PlanOf): void {
  const { paragraphs, words } = result.assembled;
  paragraphs.forEach((paragraph, index) => {
    for (const word of words[index] ?? []) expect(paragraph.text.slice(word.start, word.end)).toBe(word.raw);
    const own = (words[index] ?? []).map((word) => word.raw);
    if (paragraph.kind === 'text') expect(wordsOf(paragraph.text)).toEqual(own);
  });
  const read = linesRead(readTextPages(text));
  // Repeated heads of tables and specks between columns may go; nothing may come twice or anew.
  const count = (list: string[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const word of list) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  const [given, kept] = [count(read.flat()), count(words.flat().map((word) => word.raw))];
  for (const [word, times] of kept) expect(given.get(word) ?? 0).toBeGreaterThanOrEqual(times);
  const lost = [...given].filter(([word, times]) => (kept.get(word) ?? 0) < times).map(([word]) => word);
  if (!text.includes('|')) expect(lost.filter((word) => !SPECK.test(word))).toEqual([]);
}

/** Marks that a stamp or signature leaves between two columns. */
const SPECK = /^[,.’'=~|‘`]+$/;

const checkAll = (text: string): void => {
  const result = planOf(text);
  checkQuotes(result);
  checkNumbers(result);
  checkWords(text, result);
};

describe('whatever the text', () => {
  it('nothing is thrown, quotes are slices, numbers are printed, words stay', () => {
    fc.assert(fc.property(anyText, checkAll), { numRuns: 250 });
  });
});

describe('a damaged plan', () => {
  it('nothing is thrown, quotes are slices, numbers are printed, words stay', () => {
    fc.assert(fc.property(damaged, checkAll), { numRuns: 25 });
  });
});

describe('words in order', () => {
  const syllable = fc.constantFrom('hồ', 'sơ', 'xã', 'Đồng', 'Mây', 'trả', 'đúng', 'hẹn.', 'ba', 'quầy;', 'sổ,');
  const line = fc.array(syllable, { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));

  it('plain lines come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
        const { assembled } = planOf(lines.join('\n'));
        expect(wordsOf(assembled.paragraphs.map((paragraph) => paragraph.text).join(' '))).toEqual(
          wordsOf(lines.join(' ')),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('one plan set in many ways', () => {
  const original = planOf(SAMPLE);
  const paragraphs = original.plan.paragraphs.filter(
    (paragraph) => paragraph.region === 'body' && paragraph.kind === 'text',
  );
  const end = paragraphs.findIndex((paragraph) => paragraph.text.startsWith('PHỤ LỤC'));
  const body = paragraphs.slice(0, end).map((paragraph) => paragraph.text);
  const records = (text: string) => {
    const { plan, extracted } = planOf(text);
    return {
      headings: plan.headings.map(({ number, style, level, title, runIn }) => ({ number, style, level, title, runIn })),
      indicators: extracted.indicators.map(({ anchor: _, number: __, ...rest }) => rest),
      tasks: extracted.tasks.map(({ anchor: _, ...rest }) => rest),
      duties: extracted.duties.map(({ anchor: _, ...rest }) => rest),
      references: extracted.references.map(({ anchors: _, otherDates: __, proof: ___, ...rest }) => rest),
      metadata: extracted.metadata,
    };
  };
  const wanted = records(body.join('\n'));
  const wrap = (paragraph: string, width: number): string[] => {
    const lines: string[] = [];
    for (const word of wordsOf(paragraph)) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines;
  };

  it('says what it says', () => {
    expect(wanted.indicators.length).toBeGreaterThan(6);
    expect(wanted.headings.length).toBeGreaterThan(10);
  });

  it.each<[string, (text: string[]) => string]>([
    ['with an empty line behind each paragraph', (text) => text.join('\n\n')],
    ['with no-break spaces', (text) => text.join('\n').replace(/ /g, '\u00a0')],
    ['indented', (text) => text.map((line) => `   ${line}  `).join('\n')],
    ['a page a paragraph', (text) => text.map((line, index) => `${line}\n${index + 1}\n`).join('\f')],
    [
      'with bold headings',
      (text) => text.map((line) => (/^[IV]+\./.test(line) ? `## **${line}**` : line)).join('\n\n'),
    ],
  ])('%s', (_, set) => {
    expect(records(set(body))).toEqual(wanted);
  });

  it('of the corpus, wrapped anew', () => {
    const plan = planOf(readFileSync(new URL('../../corpus/plans/nguyet-khe.txt', import.meta.url), 'utf8')).plan;
    const inner = plan.blocks.filter((block) => !['recipients', 'signature', 'letterhead', 'row'].includes(block.role));
    const corpus = inner.map((block) => plan.paragraphs[block.paragraph]?.text ?? '');
    const whole = records(corpus.join('\n\n'));
    for (const width of [80, 88, 100])
      expect(records(corpus.flatMap((paragraph) => wrap(paragraph, width)).join('\n'))).toEqual(whole);
  });

  it('wrapped at any width, with page breaks anywhere', () => {
    const setting = fc.record({
      width: fc.integer({ min: 75, max: 120 }),
      doubled: fc.boolean(),
      breaks: fc.array(fc.nat(80), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(setting, ({ width, doubled, breaks }) => {
        const lines = body.flatMap((paragraph) => wrap(paragraph, width));
        const paged = lines.map((line, index) => (breaks.includes(index) && index > 0 ? `2\n\f${line}` : line));
        expect(records(paged.join(doubled ? '\n\n' : '\n'))).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });
});
