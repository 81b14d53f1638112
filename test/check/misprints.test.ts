import { describe, expect, it } from 'vitest';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { findMisprints } from '../../pipeline/misprints.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';

function misprints(text: string): [string | null, string | null][] {
  const pages = readTextPages(text);
  return findMisprints(assemblePages(pages), pages).map(({ quote, expected }) => [quote, expected]);
}

describe('likely misprints', () => {
  it('are told with what was meant', () => {
    expect(misprints('- Rà soát thủ tục hành chính trên địa bàn thành phổ.')).toEqual([['phổ', 'phố']]);
    expect(misprints('- Tăng cường kiễm tra công vụ tại các phòng, ban.')).toEqual([['kiễm', 'kiểm']]);
  });

  it('may be a word left out, or words in the wrong order', () => {
    expect(misprints('- Theo dõi các nhiệm được giao và kinh phí thực Kế hoạch này.')).toEqual([
      ['nhiệm được', 'nhiệm vụ được'],
      ['thực Kế', 'thực hiện Kế'],
    ]);
    expect(misprints('- Giao các đơn vị UBND thuộc xã.')).toEqual([['UBND thuộc', 'thuộc UBND']]);
  });

  it('are none where the plan says it again and again', () => {
    const line = '- Chợ thành phổ mở cửa.';
    expect(misprints([line, line, line].join('\n'))).toEqual([]);
  });

  it('are none in good text, whichever way tones are placed', () => {
    expect(misprints('- Số hoá hồ sơ, kết quả giải quyết thủ tục hành chính của Uỷ ban nhân dân xã.')).toEqual([]);
    expect(misprints('- Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính của Ủy ban nhân dân xã.')).toEqual([]);
  });

  it('are none in names and numbers', () => {
    expect(misprints('- Giao ông Trần Quang Phổ theo dõi 02 mô hình theo Kế hoạch số 12/KH-UBND.')).toEqual([]);
  });

  it('are not looked for in words that were recognised or restored', () => {
    const pages = readTextPages('- Rà soát thủ tục hành chính trên địa bàn thành phổ.');
    const scanned = pages.map((page) => ({ ...page, textSource: 'ocr' as const }));
    expect(findMisprints(assemblePages(scanned), scanned)).toEqual([]);
    const restored = structuredClone(pages);
    for (const item of restored[0]?.items ?? [])
      if (item.kind === 'line') for (const word of item.words) word.raw += '~';
    expect(findMisprints(assemblePages(restored), restored)).toEqual([]);
  });
});
