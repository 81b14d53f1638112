import { expect, it } from 'vitest';
import { extractPlan } from '../../extractors/index.ts';
import { segmentPlan } from '../../extractors/segment.ts';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { confidenceOf, doubtsOf } from '../../pipeline/confidence.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';

const LINE = '- Tối thiểu 85% hồ sơ được trả đúng hẹn cho người dân trên địa bàn thành phố.';

/** The confidence of the whole line, its words as sure as `sure` tells by their text; 1 where it does not. */
function confidence(line: string, sure: Record<string, number> = {}, certainty = 0.97): number {
  const assembled = assemblePages(readTextPages(line));
  for (const word of assembled.words[0] ?? [])
    word.confidence = sure[line.slice(word.start, word.end)] ?? word.confidence;
  const anchor = { paragraph: 0, start: 2, end: line.length };
  return confidenceOf(assembled, certainty, anchor, doubtsOf(assembled, anchor));
}

it('print that was not recognised is as sure as the rule', () => {
  expect(confidence(LINE)).toBe(0.97);
  expect(confidence(LINE, {}, 0.75)).toBe(0.75);
});

it('falls with each word that was read unsurely; a number in doubt is as unsure as it was read', () => {
  const one = confidence(LINE, { hẹn: 0.3 });
  expect(one).toBeLessThan(confidence(LINE, { hẹn: 0.96 }));
  expect(confidence(LINE, { hẹn: 0.3, người: 0.3 })).toBeLessThan(one);
  expect(confidence(LINE, { '85%': 0.4 })).toBeLessThanOrEqual(0.4);
});

it('does not fall for words read as surely as most are', () => {
  expect(confidence(LINE, { hẹn: 0.93, người: 0.95 })).toBe(confidence(LINE, { hẹn: 0.97 }));
});

it('falls for what is no word, and for marks that the neighbours contradict, in recognised text', () => {
  const sure = confidence(LINE, { Tối: 0.99 });
  expect(confidence(LINE.replace('hẹn', 'hẹnx'), { Tối: 0.99 })).toBeLessThan(sure);
  expect(confidence(LINE.replace('thành phố', 'thành phổ'), { Tối: 0.99 })).toBeLessThan(sure - 0.02);
  expect(confidence(LINE.replace('thành phố', 'thành phổ'))).toBe(0.97);
});

it('a row that lost a cell which the others have, or its number, is less sure than they are', () => {
  const head = '| TT | Nội dung | Chủ trì | Thời gian |\n| --- | --- | --- | --- |';
  const rows = ['Rải đá', 'Trồng cây', 'Quét lá', 'Vá ổ gà', 'Sơn cổng'].map(
    (what, i) => `| ${i + 1} | ${what} | ${i === 2 ? '' : 'Phòng Kinh tế'} | Tháng ${i + 3}/2026 |`,
  );
  const text = `PHỤ LỤC DANH MỤC NHIỆM VỤ\n\n${[head, ...rows].join('\n').replace('| 5 |', '| 9 |')}`;
  const assembled = assemblePages(readTextPages(text));
  for (const word of assembled.words.flat()) word.confidence = 0.96;
  const [table] = extractPlan(segmentPlan(assembled.paragraphs)).tables;
  const found = table?.rows.map((row) =>
    confidenceOf(assembled, row.confidence, row.anchor, doubtsOf(assembled, row.anchor, { row, table })),
  );
  const [whole = 0, , lost, , jumped] = found ?? [];
  expect(whole).toBeGreaterThan(0.8);
  expect(lost).toBeLessThan(0.5);
  expect(jumped).toBeLessThan(0.5);
});

it('a share of twice all there is, and a number with another before it, is no sure number of recognised text', () => {
  const sure = { hẹn: 0.97 };
  expect(confidence(LINE.replace('85%', '859%'), sure)).toBe(0.5);
  expect(confidence(LINE.replace('85%', '8 35%'), sure)).toBe(0.5);
  expect(confidence(LINE.replace('85%', '1000%'), sure)).toBe(0.5);
  for (const number of ['100%', '120%', '8,35%', '1/8 35%'])
    expect(confidence(LINE.replace('85%', number), sure)).toBeGreaterThan(0.9);
  expect(confidence(LINE.replace('85%', '859%'))).toBe(0.97);
});
