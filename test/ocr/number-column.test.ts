import { describe, expect, test } from 'vitest';
import { counted } from '../../pipeline/ocr/number-column.ts';

const texts = (own: string[], other: string[]) =>
  counted(own, other).map((found, index) => (found ? found.text : own[index]));

describe('numbers of a column, read twice', () => {
  test('count on: the reading that does is taken', () => {
    expect(texts(['TT', '8.', '9.', '10.', '1.', 'Z'], ['TT', '8.', '9.', '10.', '11.', '12.'])).toEqual([
      ...['TT', '8.', '9.', '10.', '11.', '12.'],
    ]);
  });

  test('count back from the one behind, at the beginning of a page', () => {
    expect(texts(['TT', 'Z', '8.'], ['TT', '7.', '8.'])).toEqual(['TT', '7.', '8.']);
  });

  test('begin again behind a group', () => {
    expect(texts(['4', 'II', '1', 'l'], ['4', 'I', '1', '2'])).toEqual(['4', 'II', '1', '2']);
  });

  test('of two parts keep their point', () => {
    expect(texts(['2.2', '25', '2.4', '3.1'], ['22', '2.3', '24', '31'])).toEqual(['2.2', '2.3', '2.4', '3.1']);
  });

  test('keep it where one of the readings has it, or most of the column', () => {
    expect(texts(['STT', '51', '52', '5.3'], ['STT', '5.1', '52', '53'])).toEqual(['STT', '5.1', '5.2', '5.3']);
    expect(texts(['51', '52', '5.3'], ['51', '5.2', '53'])).toEqual(['5.1', '5.2', '5.3']);
    expect(texts(['50', '51', '52'], ['50', '51', '52'])).toEqual(['50', '51', '52']);
  });

  test('that neither reading makes count on are kept, in doubt where the readings differ', () => {
    expect(counted(['3', '9', '7'], ['3', '9', '4'])).toEqual([null, null, { text: '7', confidence: 0.3, doubt: '4' }]);
  });
});
