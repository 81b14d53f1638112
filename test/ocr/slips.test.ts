import { expect, it } from 'vitest';
import type { Box } from '../../output/record.ts';
import { correctSlips } from '../../pipeline/ocr/slips.ts';
import type { Line } from '../../pipeline/page.ts';

/** The first word's box is `high` points high and 10 wide. */
function corrected(text: string, high = 2): string {
  const box: Box = [0, 0, 0.1, high / 100];
  const words = text.split(' ').map((raw) => ({ raw, text: raw, box, confidence: 1 }));
  const line: Line = { kind: 'line', words, box: null, region: 'body', size: null, blankBefore: 0 };
  correctSlips([line], { width: 100, height: 100 });
  expect(line.words.map((word) => word.raw).join(' ')).toBe(text);
  return line.words.map((word) => word.text).join(' ');
}

it.each([
  ['— Xây dựng', '- Xây dựng'],
  ['~ Rà soát – sửa', '- Rà soát – sửa'],
  ['–Nâng cao', '-Nâng cao'],
  ['+ Phấn đấu', '+ Phấn đấu'],
  ['* Ghi chú', '- Ghi chú'],
  ['ứứng dụng', 'ứng dụng'],
  ['nhà nướỚc', 'nhà nước'],
  ['nhiệm vỤ,', 'nhiệm vụ,'],
  ['QĐ-UBND TTĐU', 'QĐ-UBND TTĐU'],
  ['ỦY BAN', 'ỦY BAN'],
  ['TCVN 1SO 9001:2015', 'TCVN ISO 9001:2015'],
  ['1SOS 11SO', '1SOS 11SO'],
  ['xoong cooc', 'xoong cooc'],
  ['QÐ-UBND ðược', 'QĐ-UBND được'],
  ['KÉ HOẠCH', 'KẾ HOẠCH'],
  ['IV. TÓ CHỨC THỰC HIÊN', 'IV. TỔ CHỨC THỰC HIỆN'],
  ['QUY ĐỊNH', 'QUY ĐỊNH'],
  ['CÔNG BÁO', 'CÔNG BÁO'],
  ['kế hoach', 'kế hoach'],
  ['CỘNG HOÀ XÃ HÔI CHỦ NGHĨA VIẸT NAM', 'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
  ['JNWäoi nhận:', 'Nơi nhận:'],
  ['Người nhận: ông', 'Người nhận: ông'],
])('%s becomes %s', (text, expected) => {
  expect(corrected(text)).toBe(expected);
});

it('a star that is no flat stroke stays', () => {
  expect(corrected('* Ghi chú', 9)).toBe('* Ghi chú');
});
