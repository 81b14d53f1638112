import { describe, expect, it } from 'vitest';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { findMisprints } from '../../pipeline/misprints.ts';
import { lineText, type Page, pageLines } from '../../pipeline/page.ts';
import { restorePages } from '../../pipeline/restore-pages.ts';
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

  it('are none beside the name of a program, which fits nowhere', () => {
    expect(misprints('- Xử lý nguồn tin tội phạm trên ứng dụng phần mềm VNeID.')).toEqual([]);
  });

  it('are not looked for in a text that restoration changed', () => {
    const pages = readTextPages('- Rà soát thủ tục hành chính trên địa bàn thành phổ.');
    for (const item of pages[0]?.items ?? []) if (item.kind === 'line') for (const word of item.words) word.raw += '~';
    expect(findMisprints(assemblePages(pages), pages)).toEqual([]);
  });
});

/** The text as recognised: each word with a confidence of `sure` by its text, or 0.96; restored. */
function restored(text: string, sure: Record<string, number> = {}): Page[] {
  const pages = readTextPages(text).map((page) => ({ ...page, textSource: 'ocr' as const }));
  for (const line of pages.flatMap((page) => [...pageLines(page)]))
    for (const word of line.words) word.confidence = sure[word.text] ?? 0.96;
  return restorePages(pages);
}

function scanned(text: string, sure: Record<string, number> = {}) {
  const pages = restored(text, sure);
  return {
    text: pages.flatMap((page) => [...pageLines(page)].map(lineText)).join('\n'),
    told: findMisprints(assemblePages(pages), pages).map(({ quote, expected }) => [quote, expected]),
  };
}

describe('in recognised text', () => {
  const WRONG_LETTER = '- Bố trí công chức tiếp nhậm hồ sơ của người dân tại Trung tâm Phục vụ hành chính công.';

  it('a word read surely keeps its letters, and is told', () => {
    expect(scanned(WRONG_LETTER)).toEqual({ text: WRONG_LETTER, told: [['nhậm', 'nhận']] });
  });

  it('a word read unsurely is the engine’s slip', () => {
    expect(scanned(WRONG_LETTER, { nhậm: 0.6 })).toEqual({ text: WRONG_LETTER.replace('nhậm', 'nhận'), told: [] });
  });

  it('marks are restored, and told where the engine was sure of them', () => {
    const line = '- Sắp xếp bộ máy tỉnh gọn, hoạt động hiệu lực, hiệu quả.';
    const right = line.replace('tỉnh', 'tinh');
    expect(scanned(line)).toEqual({ text: right, told: [['tỉnh', 'tinh']] });
    expect(scanned(line, { tỉnh: 0.9 })).toEqual({ text: right, told: [] });
    expect(scanned(`${line}\n- Làm việc với tỉnh thần trách nhiệm.`).told).toEqual([]);
  });

  it('words in the wrong order are told where all around were read surely', () => {
    const line = '- Giao các đơn vị UBND thuộc xã.';
    expect(scanned(line).told).toEqual([['UBND thuộc', 'thuộc UBND']]);
    expect(scanned(line, { vị: 0.5 }).told).toEqual([]);
  });

  it('a number read as one word with its title stands apart', () => {
    expect(scanned('IV. KINH PHÍ\nV.TỔ CHỨC THỰC HIỆN').text).toBe('IV. KINH PHÍ\nV. TỔ CHỨC THỰC HIỆN');
  });

  it('common words are mended where a mark makes them none', () => {
    const line = '- Hãng tháng công khai 40% chỉ phí.';
    expect(scanned(line).text).toBe('- Hằng tháng công khai 40% chi phí.');
  });

  it('signs for a slash are one, a sign within the name of an office is none', () => {
    expect(scanned('Quý III⁄2026').text).toBe('Quý III/2026');
    expect(scanned('Văn phòng HĐND ” và UBND xã').text).toBe('Văn phòng HĐND và UBND xã');
    expect(scanned('Văn phòng HĐND 2 và UBND xã').text).toBe('Văn phòng HĐND 2 và UBND xã');
    expect(scanned('Họp HĐND 2 lần và UBND 4 lần').text).toBe('Họp HĐND 2 lần và UBND 4 lần');
  });

  it('a slash that was lost is put back, figures stay', () => {
    expect(scanned('Số: 93KH-UBND').text).toBe('Số: 93/KH-UBND');
    expect(scanned('- Tối đa 15 phút01 lượt.').text).toBe('- Tối đa 15 phút/01 lượt.');
    expect(scanned('- Tối đa 15 phútlượt.').text).toBe('- Tối đa 15 phút/lượt.');
    expect(scanned('Điện thoại: 0912KM').text).toBe('Điện thoại: 0912KM');
  });

  it('strokes read with a bar between are roman numbers', () => {
    expect(scanned('I. CHUNG\nH. RIÊNG\nHI. HẾT').text).toBe('I. CHUNG\nII. RIÊNG\nIII. HẾT');
    expect(scanned('G. CHUNG\nH. RIÊNG').text).toBe('G. CHUNG\nH. RIÊNG');
  });

  it('a unit’s name is written as most places have it, unless it was read surely', () => {
    const plan = (first: string) =>
      [
        `XÃ ${first}`,
        'Kế hoạch của xã Đồng Mẫm năm 2026',
        'Toàn xã Đồng Mẫm thực hiện.',
        'Trưởng thôn của xã Đồng Mẫm.',
      ].join('\n');
    expect(scanned(plan('ĐỒNG MÃM'), { MÃM: 0.92 }).text).toContain('XÃ ĐỒNG MẪM');
    expect(scanned(plan('ĐỒNG MÃM'), { MÃM: 0.96 }).text).toContain('XÃ ĐỒNG MÃM');
  });

  it('papers stay at the records office', () => {
    expect(scanned('- Lưu: VI, VHXH.').text).toBe('- Lưu: VT, VHXH.');
    expect(scanned('- Lưu: VP.').text).toBe('- Lưu: VP.');
  });

  it('the figure of a quarter stays, whatever the other quarters are', () => {
    expect(scanned('Quý 1/2026\nQuý II/2026').text).toBe('Quý 1/2026\nQuý II/2026');
  });
});
