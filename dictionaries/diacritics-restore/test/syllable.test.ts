import { describe, expect, it } from 'vitest';
import { isPlausibleSyllable } from '../src/index.ts';

describe('isPlausibleSyllable', () => {
  it.each(
    'nghiệp Hoà hòa QUYỀN giếng gì yêu quý khuya thuở ủy oan giữ quốc xoong nguyễn ý ở uống ươm khuỷu giặc'.split(' '),
  )('%s is one', (word) => {
    expect(isPlausibleSyllable(word)).toBe(true);
  });
  it.each('nwéc dugc chirc cac nghanh qốc tôt x4 hßa phuờng ngiệp kông cìa giửi1 word bcd'.split(' '))(
    '%s is none',
    (word) => {
      expect(isPlausibleSyllable(word)).toBe(false);
    },
  );
  it('takes any text', () => {
    for (const text of ['', ' ', '\u0301', '😀', 'a'.repeat(1000)]) expect(isPlausibleSyllable(text)).toBe(false);
  });
});
