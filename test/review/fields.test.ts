import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputText, parseDate, parseNumber } from '../../review/web/fields.ts';

describe('numbers', () => {
  test.each([
    ['98', true, 98],
    ['98,5', true, 98.5],
    ['98.5', true, 98.5],
    ['1.200', true, 1200],
    ['1.200,5', true, 1200.5],
    ['1.200', false, 1.2],
    ['1,200.5', false, 1200.5],
    ['1 200', true, 1200],
    ['98 %', true, null],
    ['chín', true, null],
    ['', true, null],
    ['1e5', true, null],
  ] as const)('%s with a decimal comma %s is %s', (text, comma, value) => expect(parseNumber(text, comma)).toBe(value));

  test('what is shown is read as the same number', () => {
    const decimal = fc.tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(decimal, fc.boolean(), ([digits, places], comma) => {
        const value = Number(`${digits}e-${places}`);
        expect(parseNumber(inputText(value, comma), comma)).toBe(value);
      }),
    );
  });
});

test.each([
  ['15/1/2026', '2026-01-15'],
  ['ngày 15/01/2026', '2026-01-15'],
  ['tháng 2/2026', '2026-02'],
  ['12/2026', '2026-12'],
  ['quý III/2026', '2026-Q3'],
  ['Q4/2026', '2026-Q4'],
  ['năm 2026', '2026'],
  ['2026-q2', '2026-Q2'],
  ['2026-01-15', '2026-01-15'],
  ['31/02/2026', null],
  ['13/2026', null],
  ['sắp tới', null],
])('%s is the date %s', (text, date) => expect(parseDate(text)).toBe(date));
