import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlanError } from '../../output/issues.ts';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { readWord } from '../../pipeline/word/read-word.ts';
import { itemsOf } from './read.ts';
import { saved } from './saved.ts';

/**
 * Our own text, saved in Word's old format by LibreOffice 7.4: a list of five levels, a footnote, a tracked change, a
 * field, merged cells, a page break, a heading in .VnTimeH, a paragraph in .VnTime and one in VNI-Times.
 */
const PATH = join(import.meta.dirname, '../fixtures/word/ke-hoach.doc');

describe('an old Word file', () => {
  it('reads as it is printed', async () => {
    const { paragraphs } = assemblePages(await readWord(PATH));
    expect(paragraphs.map((paragraph) => paragraph.text)).toEqual([
      'ỦY BAN NHÂN DÂN',
      'XÃ ĐỒNG MÂY',
      'Số: 15/KH-UBND',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Đồng Mây, ngày 12 tháng 01 năm 2026',
      'KẾ HOẠCH',
      'Cải cách hành chính năm 2026',
      'Để đạt ít nhất 92,5% hồ sơ trước hạn trong năm 2026, các đơn vị trong xã làm:',
      'I. MỤC ĐÍCH, YÊU CẦU',
      '1. Mục đích',
      'Nâng cao chất lượng phục vụ.',
      '2. Yêu cầu',
      'a) Đúng hạn;',
      'b) Tiết kiệm.',
      '- Giảm giấy tờ.',
      'II. NHIỆM VỤ',
      '1. Thể chế',
      '2. Thủ tục',
      'Phòng Văn hóa - Xã hội: chủ trì, phối hợp với các thôn.',
      'đạt 95%',
      'Hạn: tháng 6 năm 2026',
      'Nơi nhận:',
      '- Như trên;',
      '- Lưu: VT.',
      'CHỦ TỊCH',
      'Trần Văn An',
      '1 Theo Quyết định số 12/QĐ-UBND.',
      'PHỤ LỤC',
      'TT | Nội dung | Cơ quan',
      'chủ trì | phối hợp',
      'I. Thể chế',
      '1 | Rà soát văn bản | Văn phòng |',
      '2 | Niêm yết thủ tục tại trụ sở | Trung tâm | Các thôn',
    ]);
    expect(paragraphs.filter((paragraph) => paragraph.marked).map((paragraph) => paragraph.text)).toContain('KẾ HOẠCH');
  });

  it('has its pages, their size, and its tables with merged cells', async () => {
    const pages = await readWord(PATH);
    expect(pages.map(({ number, width, height, textSource }) => [number, width, height, textSource])).toEqual([
      [1, 595.3, 841.9, 'text-layer'],
      [2, 595.3, 841.9, 'text-layer'],
    ]);
    expect(itemsOf(pages[1])[1]).toEqual([
      ['0:TT/2', '1:Nội dung/2', '2:Cơ quan+2'],
      ['2:chủ trì', '3:phối hợp'],
      ['0:I. Thể chế+4'],
      ['0:1', '1:Rà soát văn bản', '2:Văn phòng', '3:'],
      ['0:2', '1:Niêm yết thủ tục tại trụ sở', '2:Trung tâm', '3:Các thôn'],
    ]);
  });

  it('damaged anywhere, it is read or said to be damaged', async () => {
    const bytes = readFileSync(PATH);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 600, max: bytes.length }), async (changes, length) => {
        const broken = Buffer.from(bytes);
        for (const [at, value] of changes) broken[at] = value;
        await readWord(saved(broken.subarray(0, length), 'doc')).catch((error: unknown) => {
          expect(error).toBeInstanceOf(PlanError);
        });
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
