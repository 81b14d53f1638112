import { expect, test } from 'vitest';
import { type DiffEntry, diffFolder, diffRecords } from '../../output/diff/entries.ts';
import { findQuote, missingWords, restoredOn } from '../../output/diff/locate.ts';
import { renderDiff } from '../../output/diff/render.ts';
import { cutAround, highlight } from '../../output/diff/source-text.ts';
import { textWidth } from '../../output/terminal.ts';
import { binhAn, RESULTS } from './fixture.ts';

async function entryOf(id: string): Promise<DiffEntry> {
  const entry = diffRecords(await binhAn()).find((one) => one.id === id);
  if (!entry) throw new Error(`no entry ${id}`);
  return entry;
}

test('an entry has the record beside its line and what restoration changed there', async () => {
  expect(await entryOf('indicator-8')).toMatchObject({
    document: '2026/binh-an.pdf',
    kind: 'indicator',
    section: ['I', '1'],
    quote: 'Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu 95%',
    fields: { value: 95, comparator: '>=', unit: '%' },
    source: [{ page: 1, line: 8, text: expect.stringContaining('tối thiểu 95%, hạn chế') }],
    restored: [
      { raw: 'Ty lé hô', text: 'Tỷ lệ hồ' },
      { raw: 'hô', text: 'hồ' },
    ],
    standsInSource: true,
  });
  expect((await entryOf('duty-20')).restored).toEqual([{ raw: 'Phoi', text: 'Phối' }]);
});

test('entries come in the order of the text, a heading before what stands on its line', async () => {
  const ids = diffRecords(await binhAn()).map(({ id }) => id);
  expect(ids).toHaveLength(21);
  expect(ids.slice(0, 4)).toEqual(['reference-5', 'heading-6', 'heading-7', 'indicator-8']);
  expect(ids.slice(10, 14)).toEqual(['heading-14', 'task-14', 'heading-15', 'task-16']);
});

test('a quote that its lines do not have is the only one flagged', async () => {
  const wrong = diffRecords(await binhAn()).filter((entry) => !entry.standsInSource);
  expect(wrong.map(({ id }) => id)).toEqual(['task-16']);
});

test('a row with a changed cell and a record without evidence are flagged', async () => {
  const result = await binhAn();
  const { record } = result;
  const [row] = record.taskTables[0]?.rows ?? [];
  const [duty] = record.duties;
  if (!row || !duty) throw new Error('the fixture has changed');
  const entries = diffRecords({
    ...result,
    record: {
      ...record,
      taskTables: [{ id: 't', title: '', columns: [], rows: [{ ...row, deadline: '16/02/2026' }] }],
      duties: [{ ...duty, evidence: [] }],
    },
  });
  expect(entries.filter((entry) => !entry.standsInSource).map(({ id }) => id)).toEqual([
    'task-16',
    'row-25',
    'duty-18',
  ]);
  const text = renderDiff(entries, { color: false, width: 90 });
  expect(text).toContain('! CHECK       a cell does not stand in these lines');
  expect(text).toContain('! CHECK       names no line of the text');
});

test('a quote is found over a line end, whatever its case, tone placement and outer marks', () => {
  const lines = ['- Uỷ ban NHÂN DÂN', 'xã (mới) đạt 90%; hết.'];
  expect(findQuote(lines, 'ủy ban nhân dân xã (mới) đạt 90%')).toEqual([
    [2, 17],
    [0, 16],
  ]);
  expect(findQuote(lines, 'ủy ban xã')).toBeNull();
  expect(findQuote(lines, '…')).toBeNull();
  expect(missingWords(['ủy', 'ban', 'huyện', 'xã'], ['ủy', 'ban', 'nhân', 'dân', 'xã'])).toEqual(['huyện']);
});

test('only the words of the line itself count as restored, not the same word elsewhere on the page', () => {
  const word = (raw: string, text = raw) => ({ raw, text, box: null, confidence: 1 });
  const filler = Array.from({ length: 20 }, (_, i) => word(`chữ${i}`));
  const page = {
    number: 1,
    regions: [],
    lines: [
      { box: null, words: [word('hô', 'hồ'), word('sơ'), ...filler] },
      { box: null, words: [word('Nhân'), word('hô', 'hồ'), word('so', 'sơ'), word('mới')] },
    ],
  };
  expect(restoredOn('hồ Nhân hồ sơ mới', page)).toEqual([{ raw: 'hô so', text: 'hồ sơ' }]);
  expect(restoredOn('không có ở đây', page)).toEqual([]);
});

test('a long line is cut around its quote at blanks', () => {
  const text = `${'trước '.repeat(30)}ĐÂY LÀ TRÍCH DẪN${' sau'.repeat(30)}`;
  const start = text.indexOf('ĐÂY');
  const cut = cutAround(text, [start, start + 16], 60);
  expect(textWidth(cut.text)).toBeLessThanOrEqual(60);
  expect(cut.text).toMatch(/^… (trước )+ĐÂY LÀ TRÍCH DẪN( sau)+ …$/);
  expect(cut.text.slice(...(cut.span ?? [0, 0]))).toBe('ĐÂY LÀ TRÍCH DẪN');
  expect(cutAround('ngắn', undefined, 60)).toEqual({ text: 'ngắn' });
});

test('a quote that is broken over rows is marked at its own ends, in colour on each row', () => {
  const text = 'một hai ba bốn năm sáu';
  expect(highlight(text, [4, 18], 10, false)).toEqual(['một [hai ba', 'bốn năm]', 'sáu']);
  expect(highlight(text, [4, 18], 10, true)[1]).toBe('\u001b[1m\u001b[36mbốn năm\u001b[39m\u001b[22m');
});

test('the text for people: header, line with its quote, the target, what was restored', async () => {
  const text = renderDiff([await entryOf('indicator-8')], { color: false, width: 80 });
  expect(text.split('\n')).toEqual([
    '── 2026/binh-an.pdf · 1 record, all stand in their lines ───────────────────────',
    '',
    'indicator   I › 1  confidence 0.90  indicator-8',
    '  p1 l8       │ - [Tỷ lệ hồ sơ giải quyết đúng hạn đạt tối thiểu 95%], hạn chế',
    '              │ hồ sơ phải trả lại cho người …',
    '  ≥ 95 %        subject  Tỷ lệ hồ sơ giải quyết đúng hạn',
    '                measure  ho-so-dung-han',
    '  restored      Ty lé hô → Tỷ lệ hồ · hô → hồ',
    '',
  ]);
  const flagged = renderDiff([await entryOf('task-16')], { color: false, width: 80 });
  expect(flagged).toContain('! CHECK       not in these lines: hướng dẫn người dân');
});

test('every row keeps to the terminal', async () => {
  for (const width of [60, 80, 120]) {
    const rows = renderDiff(diffRecords(await binhAn()), { color: false, width }).split('\n');
    for (const row of rows) expect(textWidth(row), row).toBeLessThanOrEqual(width);
  }
});

test('a document is chosen by id, folder or source', async () => {
  for (const name of ['00112233445566aa', 'binh-an', '2026/binh-an.pdf']) {
    expect(await diffFolder(RESULTS, name)).toHaveLength(21);
  }
  expect(await diffFolder(RESULTS)).toHaveLength(21);
  await expect(diffFolder(RESULTS, 'khac.pdf')).rejects.toThrow(/has no document "khac\.pdf"[\s\S]*2026\/binh-an\.pdf/);
});
