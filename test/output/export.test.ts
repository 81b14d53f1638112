import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportResults } from '../../output/export.ts';
import type { ResultRecord } from '../../output/results.ts';
import { UsageError } from '../../output/usage-error.ts';
import { exportXlsx } from '../../output/xlsx.ts';
import { binhAn, RESULTS } from './fixture.ts';
import { readCells, unzip, type XlsxCell } from './unzip.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kehoach-export-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Days since 1899-12-30, as spreadsheets count. */
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;

interface Book {
  files: Map<string, string>;
  /** Of a sheet: the cells of a row by their column's head. */
  row: (sheet: number, row: number) => Record<string, XlsxCell>;
}

async function open(path: string): Promise<Book> {
  const files = unzip(await readFile(path));
  const row = (sheet: number, number: number) => {
    const cells = readCells(files, sheet);
    const found: Record<string, XlsxCell> = {};
    for (const [address, cell] of cells) {
      const [, column, at] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
      const head = cells.get(`${column}1`);
      if (Number(at) === number && head?.type === 's') found[head.text] = cell;
    }
    return found;
  };
  return { files, row };
}

async function exported(results: ResultRecord[]): Promise<Book> {
  const path = join(dir, 'chỉ tiêu.xlsx');
  await exportXlsx(results, path);
  return open(path);
}

const text = (value: string): XlsxCell => ({ type: 's', text: value });
const number = (value: number): XlsxCell => ({ type: 'n', value, format: '' });
const day = (value: string): XlsxCell => ({ type: 'n', value: dayNumber(value), format: 'dd/mm/yyyy' });

test('targets: numbers are numbers, days are dates, all else is text', async () => {
  const { files, row } = await exported([await binhAn()]);
  expect(files.get('xl/workbook.xml')).toMatch(/name="Chỉ tiêu".*name="Nhiệm vụ"/);
  expect(row(1, 2)).toEqual({
    'Tệp nguồn': text('2026/binh-an.pdf'),
    'Xã, phường': text('xã Bình An'),
    Mục: text('I.1'),
    'Chỉ tiêu': text('Tỷ lệ hồ sơ giải quyết đúng hạn'),
    'So sánh': text('≥'),
    'Giá trị': number(95),
    'Đơn vị tính': text('%'),
    'Thước đo': text('ho-so-dung-han'),
    'Nguyên văn': text('Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu 95%'),
    Trang: number(1),
    'Độ tin cậy': number(0.9),
  });
  expect(row(1, 3)).toMatchObject({ 'Thời hạn': day('2026-12-31'), 'Tăng, giảm': text('giảm'), 'So sánh': text('=') });
  expect(row(1, 5)).toEqual({});
});

test('task rows: a bullet stays a text, a month too', async () => {
  const { row } = await exported([await binhAn()]);
  expect(row(2, 2)).toMatchObject({
    'Nội dung': text('- Ban hành kế hoạch truyền thông'),
    TT: text('1'),
    'Thời hạn': text('15/02/2026'),
    'Ngày hạn': day('2026-02-15'),
    Trang: number(2),
  });
  expect(row(2, 3)).toMatchObject({ 'Ngày hạn': text('2026-12') });
});

test('nothing of a plan becomes a formula, and odd characters do no harm', async () => {
  const result = await binhAn();
  const [first] = result.record.indicators;
  if (!first) throw new Error('the fixture has changed');
  const subjects = ['=1+1', '+84', '@SUM(A1)', '- gạch đầu dòng', '<b> & "ngoặc"', 'x'.repeat(40_000)];
  const indicators = subjects.map((subject) => ({ ...first, subject, valueMax: 99.5, area: 'giai-phap' }));
  const { row } = await exported([{ ...result, record: { ...result.record, indicators } }]);
  const shown = subjects.map((_, i) => row(1, i + 2)['Chỉ tiêu']);
  expect(shown).toEqual([...subjects.slice(0, 5), 'x'.repeat(32_767)].map(text));
  expect(row(1, 2)).toMatchObject({ Đến: number(99.5), 'Lĩnh vực': text('Giải pháp chung') });
});

test('the header row is bold, frozen and has filters', async () => {
  const { files } = await exported([await binhAn()]);
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet).toMatch(/<pane ySplit="1" topLeftCell="A2"[^>]*state="frozen"/);
  expect(sheet).toContain('<autoFilter ref="A1:Q4"/>');
  const style = Number(/<c r="A1"[^>]* s="(\d+)"/.exec(sheet)?.[1]);
  const styles = files.get('xl/styles.xml') ?? '';
  const fontId = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/fontId="(\d+)"/g)][style]?.[1];
  expect([...styles.matchAll(/<font>.*?<\/font>/g)][Number(fontId)]?.[0]).toContain('<b/>');
});

test('a row is as high as its longest wrapped cell', async () => {
  const result = await binhAn();
  const [first, second] = result.record.indicators;
  if (!first || !second) throw new Error('the fixture has changed');
  const indicators = [
    { ...first, subject: 'năm mươi chữ '.repeat(12), quote: 'x' },
    { ...second, quote: 'y' },
  ];
  const { files } = await exported([{ ...result, record: { ...result.record, indicators } }]);
  const heights = [...(files.get('xl/worksheets/sheet1.xml') ?? '').matchAll(/<row [^>]* ht="(\d+)"/g)].map(
    ([, ht]) => ht,
  );
  expect(heights.slice(1)).toEqual(['60', '15']);
});

test('the same records give the same bytes', async () => {
  const result = await binhAn();
  await exportXlsx([result], join(dir, 'a.xlsx'));
  await new Promise((done) => setTimeout(done, 2100)); // zip archives count in steps of two seconds
  await exportXlsx([result], join(dir, 'b.xlsx'));
  expect((await readFile(join(dir, 'a.xlsx'))).equals(await readFile(join(dir, 'b.xlsx')))).toBe(true);
  expect(await readdir(dir)).toEqual(['a.xlsx', 'b.xlsx']);
});

test('a results folder is exported once a document', async () => {
  expect(await exportResults(RESULTS, join(dir, 'TỔNG HỢP.XLSX'))).toBe(2);
  const { row } = await open(join(dir, 'TỔNG HỢP.XLSX'));
  expect(row(1, 4)['Giá trị']).toEqual(number(2024));
  expect(row(1, 5)).toEqual({});
});

test.each([
  ['kq.csv', 'Export to .csv is not available yet; .xlsx is.'],
  ['kq.parquet', 'Export to .parquet is not available yet; .xlsx is.'],
  ['postgres://máy/kho', 'Export to postgres:// is not available yet; .xlsx is.'],
  ['kq.doc', '"kq.doc": the ending says how to export, and .doc is unknown. Available: .xlsx.'],
  ['kq', '"kq": the ending says how to export, and there is none. Available: .xlsx.'],
])('export to %s is refused in plain words', async (to, message) => {
  const failure = await exportResults(RESULTS, to).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageError);
  expect(failure).toMatchObject({ message, exitCode: 2 });
});

test('a folder that is not there is told, and nothing is left behind', async () => {
  const failure = await exportResults(RESULTS, join(dir, 'không/kq.xlsx')).catch((error: unknown) => error);
  expect((failure as Error).message).toMatch(/cannot be written: there is no such folder/);
  expect(await readdir(dir)).toEqual([]);
});
