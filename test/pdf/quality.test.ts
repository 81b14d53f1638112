import { expect, test } from 'vitest';
import { judgeText } from '../../pipeline/pdf/quality.ts';

const judge = (text: string) => judgeText(text.split(' '));

test('a plan is usable', () => {
  const text =
    'Theo Công văn số 417/SNV-CCHC ngày 03/02/2026, phường rà lại quy trình một cửa (TTHC), “khuyến khích” người dân nghiêng về nộp hồ sơ trực tuyến: ≥ 85%.';
  expect(judge(text)).toMatchObject({ quality: 1, usable: true });
});

test('decomposed letters and text without marks read as words', () => {
  expect(judge('Ủy ban nhân dân xã đã quyết định một số việc quan trọng'.normalize('NFD')).quality).toBe(1);
  expect(judge('Uy ban nhan dan xa da quyet dinh mot so viec')).toMatchObject({ quality: 1, usable: true, marked: 0 });
});

test.each([
  [
    'TCVN3',
    'Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc ñy ban nh©n d©n x· KÕ ho¹ch c¶i c¸ch hµnh chÝnh n¨m',
  ],
  [
    'VNI',
    'Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp Töï do Haïnh phuùc Uûy ban nhaân daân xaõ Keá hoaïch caûi caùch',
  ],
  [
    'private use',
    '\uE0A1\uE0B2 \uE0C3\uE0D1 \uE0A4 \uE0A5\uE0A6 ban \uE0B7 nhan \uE0B8\uE0B9 \uE0C0 \uE0C1\uE0C2 xa \uE0D3',
  ],
  [
    'replacement characters',
    'K\uFFFD ho\uFFFDch c\uFFFDi c\uFFFDch h\uFFFDnh ch\uFFFDnh nh\uFFFD n\uFFFD\uFFFDc n\uFFFDm 2026 tr\uFFFDn \uFFFD\uFFFDa b\uFFFDn',
  ],
  [
    'another language',
    'The quick brown fox jumps over the lazy dog while several committees discussed administrative reform projects',
  ],
])('%s is not usable', (_, text) => {
  expect(judge(text).usable).toBe(false);
});

test('nothing to judge', () => {
  expect(judgeText([])).toEqual({ quality: 0, usable: false, marked: 0 });
});
