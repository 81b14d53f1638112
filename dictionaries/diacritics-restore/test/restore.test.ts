import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Profile, restore, restoreTokens } from '../src/index.ts';

interface Case {
  in: string;
  out: string;
}
const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as T;

describe.each<Profile>(['stripped', 'english-ocr', 'vietnamese-ocr'])('%s', (profile) => {
  it.each(fixture<Case[]>(profile))('$in', ({ in: text, out }) => {
    expect(restore(text, { profile })).toBe(out);
  });
});

describe('clean text', () => {
  it.each(fixture<string[]>('clean'))('%s', (text) => {
    expect(restore(text)).toBe(text);
  });
});

describe('auto', () => {
  it('judges each stretch for itself', () => {
    const good =
      'Tổ chức triển khai thực hiện có hiệu quả các nhiệm vụ được giao trên địa bàn xã, bảo đảm đúng tiến độ.';
    const bare =
      'To chuc trien khai thuc hien co hieu qua cac nhiem vu duoc giao tren dia ban xa, bao dam dung tien do.';
    const text = `${Array(30).fill(good).join('\n')}\n\n${Array(30).fill(bare).join('\n')}`;
    const lines = restore(text).split('\n');
    expect(lines[0]).toBe(good);
    expect(lines[45]).toBe(good);
  });
});

describe('text with marks', () => {
  const page = 'Các cơ quan, đơn vị tổ chức triển khai thực hiện có hiệu quả kế hoạch được giao.\n'.repeat(30);
  it('keeps a misprint or two where nothing else shows an engine', () => {
    const text = `${page}Cán bộ, công chức nêu cao tinh thần trách nhiệp trong công việc.`;
    expect(restore(text)).toBe(text);
  });
  it('is mended where slips show that an engine read it', () => {
    const slips =
      'Tô chức hướng dân người dân nộp hồ sơ trực tuyên; giải quyêt đúng hạn các thủ tục; kiêm tra, đôn đôc.';
    const mended =
      'Tổ chức hướng dẫn người dân nộp hồ sơ trực tuyến; giải quyết đúng hạn các thủ tục; kiểm tra, đôn đốc.';
    expect(restore(page + slips)).toBe(page + mended);
  });
  it('keeps names that stand again and again, however strange', () => {
    const text = `${page}${'Ủy ban nhân dân phường Phù Lẫm giao công chức phụ trách.\n'.repeat(6)}`;
    expect(restore(text)).toBe(text);
  });
});

describe('names that an engine read', () => {
  const province = (confidence: number) =>
    restoreTokens([
      ...'Ủy ban nhân dân tỉnh Quảng'.split(' ').map((text) => ({ text, confidence: 0.96 })),
      { text: 'Nghi;', confidence },
    ]).at(-1)?.restored;
  it('stay where it was sure of them', () => {
    expect(province(0.9)).toBe('Nghi;');
  });
  it('may be better known ones where it was not', () => {
    expect(province(0.3)).toBe('Ngãi;');
  });
  it('are as most of the document has them', () => {
    const often = 'Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh Quảng Ngãi.\n'.repeat(3);
    const line = 'Căn cứ Quyết định của Ủy ban nhân dân tỉnh Quảng Nghi.';
    expect(restore(often + line, { profile: 'vietnamese-ocr' })).toBe(often + line.replace('Nghi', 'Ngãi'));
    expect(restore(line, { profile: 'vietnamese-ocr', names: ['Quảng Ngãi'] })).toBe(line.replace('Nghi', 'Ngãi'));
  });
});

describe('long text', () => {
  it('is read in stretches, each line in its place', () => {
    const line = 'Uy ban nhan dan xa trien khai ke hoach cai cach hanh chinh';
    const lines = restore(`${line}\n`.repeat(600), { profile: 'stripped' }).split('\n');
    expect(lines).toHaveLength(601);
    expect(new Set(lines)).toEqual(new Set(['Ủy ban nhân dân xã triển khai kế hoạch cải cách hành chính', '']));
  });
});

describe('words over a line end', () => {
  it('go whole to the line where they began', () => {
    expect(restore('cac co quan chuy-\nen mon cua xa', { profile: 'stripped' })).toBe('các cơ quan chuyên\nmôn của xã');
  });
});

describe('tone placement', () => {
  it('can be asked for', () => {
    expect(restore('van hoa, uy ban', { profile: 'stripped', tonePlacement: 'new' })).toBe('văn hoá, uỷ ban');
    expect(restore('van hoa, uy ban', { profile: 'stripped', tonePlacement: 'old' })).toBe('văn hóa, ủy ban');
  });
});

describe('names', () => {
  it('given ones win where the text is unclear', () => {
    const text = 'thon Lung Phay xa Bac Me';
    expect(restore(text, { profile: 'stripped', names: ['Lũng Phầy'] })).toContain('Lũng Phầy');
  });
});

describe('restoreTokens', () => {
  it('gives one result for each token, numbers as they are', () => {
    const got = restoreTokens(['Uy', 'ban', 'nhan', 'dan', 'xa', '2026,', '76/NQ-CP'], { profile: 'stripped' });
    expect(got.map((t) => t.restored)).toEqual(['Ủy', 'ban', 'nhân', 'dân', 'xã', '2026,', '76/NQ-CP']);
    for (const t of got) expect(t.confidence).toBeGreaterThan(0);
  });
  it('tells other readings', () => {
    const [token] = restoreTokens(['bang'], { profile: 'stripped' });
    expect(token?.alternatives.length).toBeGreaterThan(1);
    expect(token?.confidence).toBeLessThan(0.9);
  });
  it('refuses what is no token', () => {
    expect(() => restoreTokens([{ text: 3 as unknown as string }])).toThrow(TypeError);
  });
});
