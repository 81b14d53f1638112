import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../pipeline/word/number-format.ts';
import { abstractList, item, list, p } from './make-docx.ts';
import { linesOf } from './read.ts';

describe('formatNumber', () => {
  it.each([
    [4, 'upperRoman', 'IV'],
    [29, 'upperRoman', 'XXIX'],
    [9, 'lowerRoman', 'ix'],
    [3, 'upperLetter', 'C'],
    [26, 'lowerLetter', 'z'],
    [27, 'lowerLetter', 'aa'],
    [7, 'decimalZero', '07'],
    [12, 'decimal', '12'],
    [1, 'bullet', ''],
    [1, 'none', ''],
  ] as const)('%i as %s is "%s"', (value, format, printed) => {
    expect(formatNumber(value, format)).toBe(printed);
  });
});

const PLAN = abstractList(0, [
  ['upperRoman', '%1.'],
  ['decimal', '%2.'],
  ['decimal', '%2.%3.', '<w:isLgl/>'],
  ['lowerLetter', '%4)'],
  ['bullet', '-'],
  ['bullet', '+'],
]);
const BULLETS = abstractList(1, [['bullet', '\uF0B7', '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>']]);

describe('automatic numbering', () => {
  it('counts every level, and the deeper ones anew under each higher one', async () => {
    const body = [
      item('MỤC ĐÍCH', 1),
      item('Mục đích', 1, 1),
      item('Nâng cao chất lượng phục vụ.', 1, 4),
      item('Yêu cầu', 1, 1),
      item('Yêu cầu chung', 1, 2),
      item('Yêu cầu riêng', 1, 2),
      item('Bảo đảm đúng hạn;', 1, 3),
      item('Bảo đảm tiết kiệm;', 1, 3),
      item('Tiết kiệm giấy.', 1, 5),
      item('NHIỆM VỤ', 1),
      item('Cải cách thể chế', 1, 1),
    ].join('');
    expect(await linesOf({ body, numbering: PLAN + list(1, 0) })).toEqual([
      'I. MỤC ĐÍCH',
      '1. Mục đích',
      '- Nâng cao chất lượng phục vụ.',
      '2. Yêu cầu',
      '2.1. Yêu cầu chung',
      '2.2. Yêu cầu riêng',
      'a) Bảo đảm đúng hạn;',
      'b) Bảo đảm tiết kiệm;',
      '+ Tiết kiệm giấy.',
      'II. NHIỆM VỤ',
      '1. Cải cách thể chế',
    ]);
  });

  it('two lists of one definition count on; an override of the start counts anew', async () => {
    const restart = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride>';
    const body = [item('Một', 1, 1), item('Hai', 2, 1), item('Ba', 3, 1), item('Bốn', 3, 1)].join('');
    const numbering = PLAN + list(1, 0) + list(2, 0) + list(3, 0, restart);
    expect(await linesOf({ body, numbering })).toEqual(['1. Một', '2. Hai', '1. Ba', '2. Bốn']);
  });

  it('a level of an override replaces the list’s own', async () => {
    const own =
      '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl></w:lvlOverride>';
    expect(await linesOf({ body: item('Phạm vi', 1), numbering: PLAN + list(1, 0, own) })).toEqual(['Điều 3. Phạm vi']);
  });

  it('a level that never restarts, and one that is all text', async () => {
    const numbering =
      abstractList(0, [
        ['decimal', 'Chương %1.'],
        ['decimal', 'Điều %2.', '<w:lvlRestart w:val="0"/>'],
        ['none', 'đ)'],
      ]) + list(1, 0);
    const body = [
      item('Chung', 1),
      item('Phạm vi', 1, 1),
      item('Riêng', 1),
      item('Đối tượng', 1, 1),
      item('Nội dung khác', 1, 2),
    ];
    expect(await linesOf({ body: body.join(''), numbering })).toEqual([
      'Chương 1. Chung',
      'Điều 1. Phạm vi',
      'Chương 2. Riêng',
      'Điều 2. Đối tượng',
      'đ) Nội dung khác',
    ]);
  });

  it('of a style, of the style it is based on, and taken away again', async () => {
    const styles = [
      '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>',
      '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
      '<w:style w:type="paragraph" w:styleId="MucNho"><w:basedOn w:val="Muc"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>',
    ].join('');
    const body = [
      p('Chung', '<w:pStyle w:val="Muc"/>'),
      p('Mục đích', '<w:pStyle w:val="MucNho"/>'),
      p('Không số', '<w:pStyle w:val="Muc"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
      p('Nhiệm vụ', '<w:pStyle w:val="Muc"/>'),
    ].join('');
    expect(await linesOf({ body, styles, numbering: PLAN + list(1, 0) })).toEqual([
      'I. Chung',
      '1. Mục đích',
      'Không số',
      'II. Nhiệm vụ',
    ]);
  });

  it('bullets of symbol fonts are bullets; an empty paragraph counts but prints nothing', async () => {
    const body = [item('Rà soát thủ tục.', 2), item('Một', 1, 1), item('', 1, 1), item('Ba', 1, 1)].join('');
    expect(await linesOf({ body, numbering: PLAN + BULLETS + list(1, 0) + list(2, 1) })).toEqual([
      '• Rà soát thủ tục.',
      '1. Một',
      '3. Ba',
    ]);
  });
});
