import { expect, test } from 'vitest';
import { countsOf, renderSummary, type SummaryRow, summaryRow } from '../../output/summary.ts';
import { durationText, shorten, textWidth } from '../../output/terminal.ts';
import { binhAn } from './fixture.ts';

const view = { color: false, width: 120 };
const failed: SummaryRow = {
  ...{ source: 'trắng trang.pdf', outcome: 'failed', pages: 0, headings: 0, indicators: 0, tasks: 0 },
  ...{ tableRows: 0, warnings: 0, milliseconds: 40 },
  problems: ['The file is empty. Copy it again from where it came.'],
};

async function done(): Promise<SummaryRow> {
  const { entry, record } = await binhAn();
  return summaryRow(entry, countsOf(record), 65_400);
}

test('the row of a document counts its records', async () => {
  expect(await done()).toEqual({
    ...{ source: '2026/binh-an.pdf', outcome: 'done', pages: 2, headings: 9, indicators: 3, tasks: 3, tableRows: 2 },
    ...{ warnings: 2, milliseconds: 65_400, problems: [] },
  });
});

test('a row a document, totals, then problems, duplicates and what was skipped', async () => {
  const copy = { ...(await done()), source: 'bản sao.pdf', duplicateOf: '2026/binh-an.pdf' };
  const kept = { ...(await done()), source: 'Hoà Bình.pdf', milliseconds: null };
  const documents = [await done(), copy, failed, kept];
  const text = renderSummary({ documents, skipped: ['~$nháp.docx', 'ảnh.gif'], milliseconds: 70_000 }, view);
  expect(text.split('\n')).toEqual([
    'Document          Outcome  Pages  Headings  Indicators  Tasks  Rows  Warnings        Time',
    '2026/binh-an.pdf  done         2         9           3      3     2         2  1 min 05 s',
    'trắng trang.pdf   failed       0         0           0      0     0         0       0.0 s',
    'Hoà Bình.pdf      done         2         9           3      3     2         2        kept',
    '─────────────────────────────────────────────────────────────────────────────────────────',
    '3 documents                    4        18           6      6     4         4  1 min 10 s',
    '2 done, 1 failed',
    '',
    'trắng trang.pdf: The file is empty. Copy it again from where it came.',
    '',
    'bản sao.pdf: the same file as 2026/binh-an.pdf, read once',
    '2 skipped: ~$nháp.docx, ảnh.gif',
  ]);
});

test('long and decomposed names keep the columns', async () => {
  const source = `${'Kế hoạch cải cách hành chính của Uỷ ban nhân dân '.repeat(3)}năm 2026.pdf`;
  const documents = [{ ...(await done()), source: source.normalize('NFD') }, failed];
  const rows = renderSummary({ documents, skipped: [], milliseconds: 0 }, { color: false, width: 110 }).split('\n');
  expect(rows[1]).toMatch(/^Kế hoạch cải.*….*2026\.pdf {2}done/);
  expect(new Set(rows.slice(0, 5).map(textWidth)).size).toBe(1);
  expect(textWidth(rows[0] ?? '')).toBeLessThanOrEqual(110);
});

test('many skipped files are counted, not all listed', () => {
  const skipped = Array.from({ length: 14 }, (_, i) => `${i}.gif`);
  const text = renderSummary({ documents: [], skipped, milliseconds: 0 }, view);
  expect(text).toMatch(/^No plans found: .*\n\n14 skipped: 0\.gif, .*9\.gif, … and 4 more$/);
});

test('colour marks the outcome and changes nothing else', async () => {
  const summary = { documents: [await done(), failed], skipped: [], milliseconds: 0 };
  const colored = renderSummary(summary, { ...view, color: true });
  expect(colored).toContain('\u001b[31mfailed \u001b[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken away
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(renderSummary(summary, view));
});

test.each([
  [4230, '4.2 s'],
  [59_960, '1 min 00 s'],
  [125_000, '2 min 05 s'],
  [3_599_600, '1 h 00 min'],
  [3_720_000, '1 h 02 min'],
])('%d ms is %s', (milliseconds, words) => {
  expect(durationText(milliseconds)).toBe(words);
});

test('names are shortened in the middle', () => {
  expect(shorten('kế hoạch số 15.pdf', 11)).toBe('kế ho…5.pdf');
  expect(shorten('ngắn.pdf', 11)).toBe('ngắn.pdf');
});
