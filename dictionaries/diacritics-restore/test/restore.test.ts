import { describe, expect, it } from 'vitest';
import { isPlausibleSyllable, restore, restoreTokens } from '../src/index.ts';

describe('restore', () => {
  it('gives stripped text its marks back', () => {
    expect(restore('Ke hoach cai cach hanh chinh nha nuoc nam 2026')).toBe(
      'Kế hoạch cải cách hành chính nhà nước năm 2026',
    );
  });
  it('leaves good text alone', () => {
    const text = 'Nâng cao chất lượng phục vụ Nhân dân, tổ chức; đạt 95% trở lên theo Nghị quyết số 76/NQ-CP.';
    expect(restore(text)).toBe(text);
  });
  it('gives one result for each token', () => {
    const got = restoreTokens(['Uy', 'ban', 'nhan', 'dan', 'xa', '2026'], { profile: 'stripped' });
    expect(got.map((t) => t.restored)).toEqual(['Ủy', 'ban', 'nhân', 'dân', 'xã', '2026']);
  });
});

describe('isPlausibleSyllable', () => {
  it.each(['nghiệp', 'Hoà', 'hòa', 'QUYỀN', 'giếng', 'gì', 'yêu', 'quý', 'khuya', 'thuở', 'ủy', 'oan'])(
    '%s is one',
    (word) => {
      expect(isPlausibleSyllable(word)).toBe(true);
    },
  );
  it.each(['nwéc', 'dugc', 'chirc', 'cac', 'nghanh', 'qốc', 'tôt', 'x4', '', 'hßa', 'phuờng'])('%s is none', (word) => {
    expect(isPlausibleSyllable(word)).toBe(false);
  });
});
