import { describe, expect, it } from 'vitest';
import { pageLines } from '../../pipeline/page.ts';
import { cell, p, run, table } from './make-docx.ts';
import { itemsOf, linesOf, pagesOf } from './read.ts';

const CENTRE = '<w:jc w:val="center"/>';

describe('text', () => {
  it.each([
    [
      'tabs and non-breaking spaces part words',
      '<w:r><w:t>Số:</w:t><w:tab/><w:t>15/KH-UBND\u00A0ngày</w:t></w:r>',
      'Số: 15/KH-UBND ngày',
    ],
    ['soft hyphens and marks without width are left out', run('thủ\u00AD tục\u200B hành'), 'thủ tục hành'],
    [
      'hyphens that do not break are hyphens',
      '<w:r><w:t>15/KH</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r>',
      '15/KH-UBND',
    ],
    ['a word over runs is one word', run('Kế ho') + run('ạch', '<w:b/>'), 'Kế hoạch'],
    ['letters and marks apart are joined', run('Ủy ban nhân dân'.normalize('NFD')), 'Ủy ban nhân dân'],
    ['capitals are shown as such', run('ủy ban', '<w:caps/>'), 'ỦY BAN'],
    ['hidden text is left out', run('Kế hoạch') + run(' nháp', '<w:vanish/>'), 'Kế hoạch'],
    [
      'insertions stay, deletions go',
      `${run('đạt ')}<w:ins w:id="1">${run('95%')}</w:ins><w:del w:id="2"><w:r><w:delText>90%</w:delText></w:r></w:del>`,
      'đạt 95%',
    ],
    [
      'moved text is where it went',
      `<w:moveFrom w:id="1">${run('cũ ')}</w:moveFrom>${run('mới ')}<w:moveTo w:id="1">${run('cũ')}</w:moveTo>`,
      'mới cũ',
    ],
    [
      'links, controls and smart tags are looked into',
      `<w:hyperlink>${run('cổng ')}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>${run('dịch ')}</w:sdtContent></w:sdt><w:smartTag>${run('vụ')}</w:smartTag>`,
      'cổng dịch vụ',
    ],
    [
      'a field shows its result',
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>${run('lỗi')}<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('năm 2026')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      'năm 2026',
    ],
    [
      'mathematical signs of the Symbol font',
      `${run('tỷ lệ ')}<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>${run(' 95%')}`,
      'tỷ lệ ≥ 95%',
    ],
    ['ruling lines of dashes are no text', `${run('__________')}`, ''],
  ])('%s', async (_, runs, text) => {
    expect((await linesOf(p(runs))).join('|')).toBe(text);
  });

  it('bold type is told word by word', async () => {
    const [page] = await pagesOf(p(run('Nhiệm vụ:', '<w:b/>') + run(' rà soát ') + run('ngay', '<w:b w:val="0"/>')));
    const words = page ? [...pageLines(page)].flatMap((line) => line.words) : [];
    expect(words.map((word) => [word.text, word.bold ?? false])).toEqual([
      ['Nhiệm', true],
      ['vụ:', true],
      ['rà', false],
      ['soát', false],
      ['ngay', false],
    ]);
  });

  it('text boxes come once, behind their paragraph, whichever form they have', async () => {
    const box = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const runs = `${run('Số: 15')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box('DỰ THẢO')}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box('DỰ THẢO')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    expect(await linesOf(p(runs))).toEqual(['Số: 15', 'DỰ THẢO']);
  });

  it('a paragraph whose end was deleted goes on in the next', async () => {
    const body = p('Thực hiện', '<w:rPr><w:del w:id="1"/></w:rPr>') + p(' ngay.') + p('Báo cáo.');
    expect(await linesOf(body)).toEqual(['Thực hiện ngay.', 'Báo cáo.']);
  });

  it('footnotes stand at the page’s end with their numbers', async () => {
    const note = (id: number, text: string) =>
      `<w:footnote w:id="${id}">${p(`<w:r><w:footnoteRef/></w:r>${run(text)}`)}</w:footnote>`;
    const reference = (id: number) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
    const body = p(run('Theo Quyết định') + reference(7)) + p(run('và Công văn') + reference(4)) + p('Hết.');
    const [page] = await pagesOf({ body, footnotes: note(4, 'Số 2.') + note(7, 'Số 1.') });
    expect(itemsOf(page)).toEqual(['Theo Quyết định', 'và Công văn', 'Hết.', '1 Số 1.', '2 Số 2.']);
    const regions = page?.items.map((item) => (item.kind === 'line' ? item.region : ''));
    expect(regions).toEqual(['body', 'body', 'body', 'footnote', 'footnote']);
  });
});

describe('paragraphs', () => {
  it('are never joined or split by their words, but for titles', async () => {
    const body = [
      p('KẾ HOẠCH', CENTRE),
      p('Cải cách hành chính năm 2026', CENTRE),
      p('của xã Đồng Mây', CENTRE),
      p('Một đoạn dài không có dấu chấm ở cuối và đoạn sau bắt đầu bằng chữ thường hẳn hoi'),
      p('cũng là một đoạn của người soạn. Căn cứ vào đó - Xã thực hiện'),
      p('100% hồ sơ.'),
    ].join('');
    expect(await linesOf(body)).toEqual([
      'KẾ HOẠCH',
      'Cải cách hành chính năm 2026 của xã Đồng Mây',
      'Một đoạn dài không có dấu chấm ở cuối và đoạn sau bắt đầu bằng chữ thường hẳn hoi',
      'cũng là một đoạn của người soạn. Căn cứ vào đó - Xã thực hiện',
      '100% hồ sơ.',
    ]);
  });

  it('a line break in one parts lines, unless a sentence runs on over it', async () => {
    const body = p('<w:r><w:t>Rà soát toàn bộ</w:t><w:br/><w:t>thủ tục.</w:t><w:br/><w:t>Báo cáo.</w:t></w:r>');
    expect(await linesOf(body)).toEqual(['Rà soát toàn bộ thủ tục.', 'Báo cáo.']);
  });

  it('turn the page where the writer broke it and where Word remembers that it turned', async () => {
    const turned = '<w:r><w:lastRenderedPageBreak/></w:r>';
    const body = [
      p(`${run('Đoạn một chạy ')}${turned}${run('sang trang.')}`),
      p(`<w:r><w:br w:type="page"/></w:r>`),
      p(`${turned}${run('PHỤ LỤC')}`, '<w:pageBreakBefore/>'),
      p('Hết phần', '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'),
      p('Trang ngang'),
      '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>',
    ].join('');
    const pages = await pagesOf(body);
    expect(pages.map(itemsOf)).toEqual([['Đoạn một chạy'], ['sang trang.'], ['PHỤ LỤC', 'Hết phần'], ['Trang ngang']]);
    expect(pages.map((page) => [page.number, page.width, page.height])).toEqual([
      [1, 595.3, 841.9],
      [2, 595.3, 841.9],
      [3, 595.3, 841.9],
      [4, 841.9, 595.3],
    ]);
    expect((await linesOf(body))[0]).toBe('Đoạn một chạy sang trang.');
  });
});

describe('letterhead and signature', () => {
  it('tables without lines are columns', async () => {
    const body = [
      table(
        [4000, 5000],
        [
          cell(p('UBND XÃ ĐỒNG MÂY') + p('Số: 15/KH-UBND')),
          cell(p('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM') + p('Độc lập - Tự do - Hạnh phúc')),
        ],
      ),
      p('KẾ HOẠCH', CENTRE),
      table(
        [4000, 5000],
        [cell(p('Nơi nhận:') + p('- Như trên;') + p('- Lưu: VT.')), cell(p('CHỦ TỊCH') + p('Trần Văn An'))],
      ),
    ].join('');
    expect(await linesOf(body)).toEqual([
      'UBND XÃ ĐỒNG MÂY',
      'Số: 15/KH-UBND',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'KẾ HOẠCH',
      'Nơi nhận:',
      '- Như trên;',
      '- Lưu: VT.',
      'CHỦ TỊCH',
      'Trần Văn An',
    ]);
  });
});
