import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Paragraph } from '../../extractors/plan.ts';
import { linesOf, textLines } from '../../pipeline/text-lines.ts';

const paragraph = (text: string, kind: Paragraph['kind'] = 'text'): Paragraph => ({
  ...{ text, kind, region: 'body', page: 1, marked: false, centered: false },
  ...{ table: kind === 'row' ? 1 : null, columns: 0, cells: [] },
});

const assembled = (...paragraphs: Paragraph[]) => ({ paragraphs, words: paragraphs.map(() => []) });

const clause = (words: number, end: string) => `${Array.from({ length: words }, (_, i) => `từ${i}`).join(' ')}${end}`;

test('a paragraph of seventy words is a line', () => {
  const text = clause(69, ' cuối.');
  expect(textLines(assembled(paragraph(text), paragraph('Hết.')))).toEqual([text, 'Hết.']);
});

test('a longer one goes on behind a clause, and a stretch names the lines it stands in', () => {
  const first = `${clause(40, ';')} ${clause(25, '.')}`;
  const second = clause(30, '.');
  const text = `${first} ${second}`;
  const plan = assembled(paragraph('Mở đầu'), paragraph(text), paragraph('Hết.'));
  expect(textLines(plan)).toEqual(['Mở đầu', first, second, 'Hết.']);
  expect(linesOf(plan, { paragraph: 1, start: 0, end: first.length })).toEqual([2, 2]);
  expect(linesOf(plan, { paragraph: 1, start: text.length - 3, end: text.length })).toEqual([3, 3]);
  expect(linesOf(plan, { paragraph: 1, start: 0, end: text.length })).toEqual([2, 3]);
  expect(linesOf(plan, { paragraph: 2, start: 0, end: 4 })).toEqual([4, 4]);
});

test('a clause too long by itself goes on behind a comma', () => {
  expect(textLines(assembled(paragraph(`${clause(60, ',')} ${clause(60, '.')}`)))).toEqual([
    clause(60, ','),
    clause(60, '.'),
  ]);
});

test('a row stays a line', () => {
  const row = `1 | ${clause(90, '.')} ${clause(20, '.')} | Văn phòng`;
  expect(textLines(assembled(paragraph(row, 'row')))).toEqual([row]);
});

test('no word is lost, and the line of every stretch has it', () => {
  const text = fc
    .array(fc.stringMatching(/^[a-zđ0-9]{1,6}[,;.:]?$/u), { minLength: 1, maxLength: 300 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.nat(), (texts, at) => {
      const plan = assembled(...texts.map((t) => paragraph(t)));
      const lines = textLines(plan);
      expect(lines.join(' ')).toBe(texts.join(' '));
      const number = at % texts.length;
      const spoken = [...(texts[number] ?? '').matchAll(/\S+/g)];
      const word = spoken[at % spoken.length];
      if (!word) return;
      const [from, to] = linesOf(plan, { paragraph: number, start: word.index, end: word.index + word[0].length });
      expect(from).toBe(to);
      expect(lines[from - 1]?.split(' ')).toContain(word[0]);
    }),
  );
});
