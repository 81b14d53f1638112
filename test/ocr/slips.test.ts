import { expect, it } from 'vitest';
import type { Box } from '../../output/record.ts';
import { correctSlips } from '../../pipeline/ocr/slips.ts';
import type { Line } from '../../pipeline/page.ts';

const SIZE = { width: 100, height: 100 };

/** The first word's box is `high` points high and 10 wide. */
function corrected(text: string, high = 2): string {
  const box: Box = [0, 0, 0.1, high / 100];
  const words = text.split(' ').map((raw) => ({ raw, text: raw, box, confidence: 1 }));
  const line: Line = { kind: 'line', words, box: null, region: 'body', size: null, blankBefore: 0 };
  correctSlips([line], SIZE);
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
  ['nƯỚc SƠn, ĐỀn', 'nước Sơn, Đền'],
  ['SỞ Y TẾ', 'SỞ Y TẾ'],
  ['QĐ-UBND TTĐU', 'QĐ-UBND TTĐU'],
  ['ỦY BAN', 'ỦY BAN'],
  ['TCVN 1SO 9001:2015', 'TCVN ISO 9001:2015'],
  ['1SOS 11SO', '1SOS 11SO'],
  ['xoong cooc', 'xoong cooc'],
  ['QÐ-UBND ðược', 'QĐ-UBND được'],
  ['KÉ HOẠCH', 'KẾ HOẠCH'],
  ['IV. TÓ CHỨC THỰC HIÊN', 'IV. TỔ CHỨC THỰC HIỆN'],
  ['V.TÓ CHỨC THỰC HIÊN', 'V.TỔ CHỨC THỰC HIỆN'],
  ['TM.ỦY BAN NHÂN DÁN', 'TM.ỦY BAN NHÂN DÂN'],
  ['QUY ĐỊNH', 'QUY ĐỊNH'],
  ['CÔNG BÁO', 'CÔNG BÁO'],
  ['kế hoach', 'kế hoach'],
  ['CỘNG HOÀ XÃ HÔI CHỦ NGHĨA VIẸT NAM', 'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
  ['JNWäoi nhận:', 'Nơi nhận:'],
  ['Người nhận: ông', 'Người nhận: ông'],
  ['Quý 11/2026', 'Quý II/2026'],
  ['trong quý Il/2026', 'trong quý II/2026'],
  ['(Quý 1l, quý HI)', '(Quý II, quý III)'],
  ['Quý H/2026', 'Quý II/2026'],
  ['Quý 111/2027.', 'Quý III/2027.'],
  ['Quý 1V/2026', 'Quý IV/2026'],
  ['quý IV năm 2026', 'quý IV năm 2026'],
  ['Quý 1/2026', 'Quý 1/2026'],
  ['quý 11 báo cáo', 'quý II báo cáo'],
  ['quý Hải', 'quý Hải'],
  ['ngày 11/2026', 'ngày 11/2026'],
])('%s becomes %s', (text, expected) => {
  expect(corrected(text)).toBe(expected);
});

it('a star that is no flat stroke stays', () => {
  expect(corrected('* Ghi chú', 9)).toBe('* Ghi chú');
});

it('a number of a quarter there is not is in doubt, a good one is not', () => {
  const words = 'Quý 7/2026, quý 4/2026'.split(' ').map((raw) => ({ raw, text: raw, box: null, confidence: 1 }));
  correctSlips([{ kind: 'line', words, box: null, region: 'body', size: null, blankBefore: 0 }], SIZE);
  expect(words.map((word) => word.confidence < 0.5)).toEqual([false, true, false, false]);
});
