import { expect, test } from 'vitest';
import { mayHoldTable } from '../../pipeline/pdf/table-hint.ts';
import { paragraph, set } from '../layout/typeset.ts';

test('justified text holds no table', () => {
  const prose = Array.from({ length: 20 }, (_, index) =>
    set('Thực hiện Quyết định về việc ban hành Kế hoạch cải cách', 85, 100 + index * 18, { space: 3 + (index % 5) }),
  );
  expect(mayHoldTable(prose.flat())).toBe(false);
});

test('white at one place in two rows, or a head for the numbers, may be a table', () => {
  const row = (y: number) => [...set('Phòng Kinh tế', 85, y, { size: 12 }), ...set('Quý I', 200, y, { size: 12 })];
  expect(mayHoldTable([...paragraph(60, 1), ...row(300), ...set('và các đơn vị', 85, 315), ...row(330)])).toBe(true);
  expect(mayHoldTable([...set('TT Nội dung', 85, 300)])).toBe(true);
});
