import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportResults } from '../../../output/export.ts';
import { exportXlsx, type XlsxOptions } from '../../../output/exports/xlsx.ts';
import type { Indicator } from '../../../output/record.ts';
import type { ResultRecord } from '../../../output/results.ts';
import { binhAn, RESULTS } from '../fixture.ts';
import { readCells, unzip, type XlsxCell } from '../unzip.ts';

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
  row: (sheet: string, row: number) => Record<string, XlsxCell>;
  xml: (sheet: string) => string;
}

async function open(path: string): Promise<Book> {
  const files = unzip(await readFile(path));
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
  const row = (sheet: string, number: number) => {
    const cells = readCells(files, names.indexOf(sheet) + 1);
    const found: Record<string, XlsxCell> = {};
    for (const [address, cell] of cells) {
      const [, column, at] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
      const head = cells.get(`${column}1`);
      if (Number(at) === number && head?.type === 's') found[head.text] = cell;
    }
    return found;
  };
  return { files, row, xml: (sheet) => files.get(`xl/worksheets/sheet${names.indexOf(sheet) + 1}.xml`) ?? '' };
}

async function* each(results: readonly ResultRecord[]): AsyncGenerator<ResultRecord> {
  yield* results;
}

async function exported(results: ResultRecord[], options: Partial<XlsxOptions> = {}): Promise<Book> {
  const path = join(dir, 'chỉ tiêu.xlsx');
  await exportXlsx(each(results), path, { findSource: async () => null, against: null, ...options });
  return open(path);
}

/** The plan with other targets, as that of another commune. */
async function plan(id: string, unit: string, targets: Partial<Indicator>[]): Promise<ResultRecord> {
  const { entry, record } = await binhAn();
  const [first] = record.indicators;
  if (!first) throw new Error('the fixture has changed');
  return {
    entry: { ...entry, id, source: `${id}.pdf` },
    record: {
      ...record,
      id,
      metadata: { ...record.metadata, unit },
      indicators: targets.map((target) => ({ ...first, ...target })),
    },
  };
}

const text = (value: string): XlsxCell => ({ type: 's', text: value });
const number = (value: number, format = ''): XlsxCell => ({ type: 'n', value, format });
const day = (value: string): XlsxCell => number(dayNumber(value), 'dd/mm/yyyy');

test('targets: numbers are numbers, days are dates, all else is text', async () => {
  const { row } = await exported([await binhAn()]);
  expect(row('Chỉ tiêu', 2)).toEqual({
    'Tệp nguồn': text('2026/binh-an.pdf'),
    'Xã, phường': text('xã Bình An'),
    Mục: text('I.1'),
    'Chỉ tiêu': text('Tỷ lệ hồ sơ giải quyết đúng hạn'),
    'So sánh': text('≥'),
    'Giá trị': number(95),
    'Đơn vị tính': text('%'),
    Năm: number(2026),
    'Thước đo': text('ho-so-dung-han'),
    'Nguyên văn': text('Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu 95%'),
    Trang: number(1),
    'Độ tin cậy': number(0.9, '0.00'),
  });
  expect(row('Chỉ tiêu', 3)).toMatchObject({ 'Thời hạn': day('2026-12-31'), 'Tăng, giảm': text('giảm') });
  expect(row('Chỉ tiêu', 5)).toEqual({});
});

test('a target of an appendix says so in Vietnamese', async () => {
  const { row } = await exported([await plan('a', 'xã An Bình', [{ section: ['appendix', 'II'] }])]);
  expect(row('Chỉ tiêu', 2).Mục).toEqual(text('Phụ lục.II'));
});

test('a sheet for every other kind', async () => {
  const { row } = await exported([await binhAn()]);
  expect(row('Bảng nhiệm vụ', 2)).toMatchObject({
    'Nội dung': text('- Ban hành kế hoạch truyền thông'),
    TT: text('1'),
    'Thời hạn': text('15/02/2026'),
    'Ngày hạn': day('2026-02-15'),
    Trang: number(2),
  });
  expect(row('Bảng nhiệm vụ', 3)).toMatchObject({ 'Ngày hạn': text('2026-12') });
  expect(row('Nhiệm vụ', 3)).toMatchObject({ 'Lĩnh vực': text('Khác'), Mục: text('II.1') });
  expect(row('Phân công', 3)).toMatchObject({ 'Đơn vị': text('Công an') });
  expect(row('Văn bản dẫn', 2)).toMatchObject({ 'Số, ký hiệu': text('15/QĐ-UBND'), Ngày: day('2026-01-15') });
  expect(row('Cảnh báo', 2)).toMatchObject({ 'Mức độ': text('cảnh báo'), 'Nên là': text('hồ sơ phải') });
  expect(row('Kế hoạch', 2)).toMatchObject({ 'Người ký': text('Nguyễn Văn Bính'), 'Từ năm': number(2026) });
});

test('nothing of a plan becomes a formula, and odd characters do no harm', async () => {
  const subjects = ['=1+1', '+84', '@SUM(A1)', '- gạch đầu dòng', '<b> & "ngoặc"', 'x'.repeat(40_000)];
  const targets = subjects.map((subject) => ({ subject, valueMax: 99.5, area: 'giai-phap' }));
  const { row } = await exported([await plan('a', 'xã A', targets)]);
  const shown = subjects.map((_, i) => row('Chỉ tiêu', i + 2)['Chỉ tiêu']);
  expect(shown).toEqual([...subjects.slice(0, 5), 'x'.repeat(32_767)].map(text));
  expect(row('Chỉ tiêu', 2)).toMatchObject({ Đến: number(99.5), 'Lĩnh vực': text('Giải pháp chung') });
});

test('the header row is bold, frozen and has filters', async () => {
  const { files, xml } = await exported([await binhAn()]);
  const sheet = xml('Chỉ tiêu');
  expect(sheet).toMatch(/<pane ySplit="1" topLeftCell="A2"[^>]*state="frozen"/);
  expect(sheet).toContain('<autoFilter ref="A1:R4"/>');
  const style = Number(/<c r="A1"[^>]* s="(\d+)"/.exec(sheet)?.[1]);
  const styles = files.get('xl/styles.xml') ?? '';
  const fontId = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/fontId="(\d+)"/g)][style]?.[1];
  expect([...styles.matchAll(/<font>.*?<\/font>/g)][Number(fontId)]?.[0]).toContain('<b/>');
});

test('a row is as high as its longest wrapped cell', async () => {
  const targets = [
    { subject: 'năm mươi chữ '.repeat(12), quote: 'x' },
    { subject: 'một', quote: 'y' },
  ];
  const { xml } = await exported([await plan('a', 'xã A', targets)]);
  const heights = [...xml('Chỉ tiêu').matchAll(/<row [^>]* ht="(\d+)"/g)].map(([, ht]) => ht);
  expect(heights.slice(1)).toEqual(['60', '15']);
});

test('pages are links to the source, beside the workbook', async () => {
  const source = join(dir, 'nguồn 100%', 'kế hoạch #1.pdf');
  const { files, xml } = await exported([await binhAn()], { findSource: async () => source });
  expect(xml('Bảng nhiệm vụ')).toContain('<hyperlink ref="O2" r:id="rId1"/>');
  const targets = [...(files.get('xl/worksheets/_rels/sheet3.xml.rels') ?? '').matchAll(/Target="([^"]*)"/g)];
  expect(targets[0]?.[1]).toBe('nguồn%20100%25/kế%20hoạch%20%231.pdf#page=2');
});

const percent = (value: number, more: Partial<Indicator> = {}): Partial<Indicator> => ({ value, ...more });

test('the matrix has a row a measure and year, a column a commune, and leads to the quotes', async () => {
  const { row, xml } = await exported([
    await plan('a', 'xã Đông', [percent(95), percent(80, { measure: 'hai-long-tthc', comparator: '=' })]),
    await plan('b', 'xã An', [
      percent(90, { deadline: '2027-06' }),
      percent(97),
      percent(98),
      percent(5, { measure: null }),
    ]),
  ]);
  const line = { 'Đơn vị tính': text('%') };
  expect(row('Ma trận chỉ tiêu', 2)).toMatchObject({ ...line, Năm: number(2026), 'xã Đông': number(80, 'General') });
  expect(row('Ma trận chỉ tiêu', 3)).toEqual({
    ...line,
    'Thước đo': text('ho-so-dung-han'),
    Năm: number(2026),
    'xã An': text('≥ 97; ≥ 98'),
    'xã Đông': number(95, '"≥ "General'),
  });
  expect(row('Ma trận chỉ tiêu', 4)).toMatchObject({ Năm: number(2027), 'xã An': number(90, '"≥ "General') });
  expect(row('Ma trận chỉ tiêu', 5)).toEqual({});
  expect(xml('Ma trận chỉ tiêu')).toContain('<hyperlink ref="F2" location="&apos;Chỉ tiêu&apos;!P3"/>');
});

test('targets below those of the plan held against are marked', async () => {
  const limit = { measure: 'thoi-gian-tra-loi', unit: 'phút', comparator: '<=' } as const;
  const { row, files, xml } = await exported(
    [
      await plan('tinh', 'tỉnh', [percent(95), percent(15, limit)]),
      await plan('a', 'xã A', [percent(90), percent(30, limit)]),
      await plan('b', 'xã B', [percent(95, { comparator: '=' }), percent(10, limit)]),
      await plan('c', 'xã C', [percent(90, { unit: 'điểm' }), percent(20, { ...limit, comparator: '>=' })]),
    ],
    { against: 'tinh' },
  );
  const verdicts = [2, 3, 4, 5, 6, 7, 8, 9].map((r) => row('Chỉ tiêu', r)['Đối chiếu'] ?? null);
  expect(verdicts).toEqual([
    ...[null, null, text('thấp hơn (≥ 95)'), text('thấp hơn (≤ 15)')],
    ...[text('đạt (≥ 95)'), text('đạt (≤ 15)'), null, null],
  ]);
  expect(row('Ma trận chỉ tiêu', 2)).toMatchObject({
    'tỉnh (đối chiếu)': number(95, '"≥ "General'),
    'xã A': number(90, '"≥ "General" ▼"'),
    'xã B': number(95, 'General'),
  });
  const style = Number(/<c r="F2"[^>]* s="(\d+)"/.exec(xml('Ma trận chỉ tiêu'))?.[1]);
  const fillId = [...(files.get('xl/styles.xml')?.split('<cellXfs')[1] ?? '').matchAll(/fillId="(\d+)"/g)][style]?.[1];
  expect([...(files.get('xl/styles.xml') ?? '').matchAll(/<fill>.*?<\/fill>/g)][Number(fillId)]?.[0]).toContain(
    'F8CBAD',
  );
});

test('a plan without targets of known measures is nothing to compare with', async () => {
  const plans = [await plan('a', 'xã A', [percent(95)]), await plan('b', 'xã B', [percent(95, { measure: null })])];
  await expect(exported(plans, { against: 'b' })).rejects.toThrow(/names no target of a known measure/);
});

test('the same records give the same bytes', async () => {
  const result = await binhAn();
  await exported([result]);
  const first = await readFile(join(dir, 'chỉ tiêu.xlsx'));
  await new Promise((done) => setTimeout(done, 2100)); // zip archives count in steps of two seconds
  await exported([result]);
  expect(first.equals(await readFile(join(dir, 'chỉ tiêu.xlsx')))).toBe(true);
  expect(await readdir(dir)).toEqual(['chỉ tiêu.xlsx']);
});

test('a results folder is exported once a document', async () => {
  const to = join(dir, 'TỔNG HỢP.XLSX');
  expect(await exportResults(RESULTS, to, { against: '2026/binh-an.pdf' })).toEqual({ documents: 2, files: [to] });
  const { row } = await open(to);
  expect(row('Chỉ tiêu', 4)['Giá trị']).toEqual(number(2024));
  expect(row('Chỉ tiêu', 5)).toEqual({});
  expect(row('Kế hoạch', 3)).toMatchObject({ 'Kết quả': text('không đọc được') });
});

const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);
if (!office) console.warn('The workbook is not opened in LibreOffice: it is not installed.');
test.skipIf(!office)('LibreOffice shows Vietnamese, numbers as numbers, days as dates', async () => {
  await exported([await binhAn()]);
  const profile = `-env:UserInstallation=${pathToFileURL(join(dir, 'profile'))}`;
  const args = [profile, '--headless', '--convert-to', 'fods', '--outdir', dir, join(dir, 'chỉ tiêu.xlsx')];
  expect(spawnSync(office as string, args).status).toBe(0);
  const xml = await readFile(join(dir, 'chỉ tiêu.fods'), 'utf8');
  const cells = [
    ...xml.matchAll(
      /office:value-type="(\w+)"[^>]*?(?: office:[a-z-]*value="([^"]*)")?[^>]*>\s*<text:p>(.*?)<\/text:p>/g,
    ),
  ];
  const shown = cells.map(([, type, value, words]) => [type, value, words?.replace(/<[^>]*>/g, '')]);
  expect(shown).toContainEqual(['string', undefined, 'Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu 95%']);
  expect(shown).toContainEqual(['date', '2026-12-31', '31/12/2026']);
  expect(shown).toContainEqual(['float', '10', '10']);
  expect(shown).toContainEqual(['float', '95', '≥ 95']);
});
