import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldWords } from '../../output/fold.ts';
import type { LayoutRecord, PlanRecord } from '../../output/record.ts';
import { unzip } from '../output/unzip.ts';
import { hasChromium, launch, PLANS, run, type Served, serve, watchedPage } from './browser.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const SCRIPT =
  'Đạt 95% hồ sơ <script>document.title="hacked"</script><img src=x onerror="document.title=1"> trong năm.';

let dir: string;
let browser: Browser;
let served: Served;

async function readJson<T>(folder: string, name: string): Promise<T> {
  return JSON.parse(await readFile(join(dir, 'results', folder, name), 'utf8')) as T;
}

const row = (page: Page, source: string) => page.locator('.documents tbody tr', { hasText: source });
const chosenId = (page: Page) => page.locator('[aria-current="true"]').getAttribute('data-id');

/** The page's folder of results, from its address. */
const folderOf = (page: Page): string => decodeURIComponent(new URL(page.url()).hash.slice(2));

async function open(page: Page, source: string): Promise<void> {
  await page.goto(served.url);
  await row(page, source).waitFor();
  await page.keyboard.type(source);
  await page.keyboard.press('Enter');
  await page.locator('.card[aria-current="true"]').waitFor();
}

async function saved(page: Page, check: (review: string) => boolean): Promise<void> {
  const path = join(dir, 'results', folderOf(page), 'review.json');
  await expect.poll(async () => check(await readFile(path, 'utf8').catch(() => '')), { timeout: 5000 }).toBe(true);
}

/** final.json follows review.json. */
async function finalWith(page: Page, words: string): Promise<PlanRecord> {
  const path = join(dir, 'results', folderOf(page), 'final.json');
  await expect.poll(() => readFile(path, 'utf8').catch(() => ''), { timeout: 5000 }).toContain(words);
  return readJson(folderOf(page), 'final.json');
}

async function seriousFaults(page: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

beforeAll(async () => {
  if (!hasChromium) return;
  dir = await mkdtemp(join(tmpdir(), 'kehoach-page-'));
  const hostile = join(dir, 'hostile.txt');
  await writeFile(hostile, `KẾ HOẠCH\nCải cách hành chính năm 2026\n\nI. MỤC TIÊU\n\n- ${SCRIPT}\n`);
  await run(
    'import',
    join(PLANS, 'thach-lang.pdf'),
    join(PLANS, 'nguyet-khe.txt'),
    hostile,
    '--out',
    join(dir, 'results'),
  );
  [browser, served] = await Promise.all([launch(), serve(join(dir, 'results'))]);
}, 120_000);

afterAll(async () => {
  if (!hasChromium) return;
  await browser.close();
  await served.close();
  await rm(dir, { recursive: true, force: true });
});

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Place {
  on: Rect;
  sheet: Rect;
  /** The middle of the box stands in the pane of pages. */
  inView: boolean;
}

/** Where a record's box and its page's picture stand on the screen, in one moment; null while they are not drawn. */
function placeOf(page: Page, id: string, number: number | undefined): Promise<Place | null> {
  return page.evaluate<Place | null>(`(() => {
    const sheet = document.querySelector('.page[data-page="${number}"] img')?.getBoundingClientRect().toJSON();
    const on = document.querySelector('.box.chosen[data-record="${id}"]')?.getBoundingClientRect().toJSON();
    const pane = document.querySelector('.pages')?.getBoundingClientRect();
    if (!sheet || !on || !pane) return null;
    const middle = on.y + on.height / 2;
    return { on, sheet, inView: middle > pane.top && middle < pane.bottom };
  })()`);
}

// A browser on a busy machine may miss a beat: each test is given a second chance.
describe.skipIf(!hasChromium)('the reviewer’s page', { retry: 1 }, () => {
  test.each(SIZES)('lists, searches and filters at $width', async (size) => {
    const { page, complaints } = await watchedPage(browser, size);
    const response = await page.goto(served.url);
    expect([response?.status(), response?.request().redirectedFrom()]).toEqual([200, null]);
    await expect.poll(() => page.locator('.documents tbody tr').count()).toBe(3);
    await page.keyboard.type('thach lang');
    await expect.poll(() => page.locator('.documents tbody tr').count()).toBe(1);
    await page.fill('#search', '');
    await page.getByRole('button', { name: 'Có cảnh báo' }).click();
    const warned = await page.locator('.documents tbody tr').allInnerTexts();
    expect(warned.some((text) => text.includes('thach-lang.pdf'))).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(SIZES)('shows the box of every indicator over its own words at $width', async (size) => {
    const { page, complaints } = await watchedPage(browser, size);
    await open(page, 'thach-lang.pdf');
    const folder = folderOf(page);
    const { indicators } = await readJson<PlanRecord>(folder, 'document.json');
    const { pages } = await readJson<LayoutRecord>(folder, 'layout.json');
    for (const [i, { id, quote, evidence }] of indicators.entries()) {
      if (i > 0) await page.keyboard.press('ArrowDown');
      await expect.poll(() => chosenId(page)).toBe(id);
      const number = evidence[0]?.page;
      const box = page.locator(`.page[data-page="${number}"] .box.chosen[data-record="${id}"]`);
      await box.waitFor();
      await page.locator(`.page[data-page="${number}"] img`).waitFor();
      // The pane scrolls in the frame after the box is drawn; both rectangles are of one moment.
      await expect.poll(async () => (await placeOf(page, id, number))?.inView).toBe(true);
      const place = await placeOf(page, id, number);
      if (!place) throw new Error('not drawn');
      const { on, sheet } = place;
      const under = pages
        .filter((layout) => layout.number === number)
        .flatMap(({ lines }) => lines.flatMap(({ words }) => words))
        .filter(({ box: word }) => {
          if (!word) return false;
          const x = sheet.x + ((word[0] + word[2]) / 2) * sheet.width;
          const y = sheet.y + ((word[1] + word[3]) / 2) * sheet.height;
          return x >= on.x && x <= on.x + on.width && y >= on.y && y <= on.y + on.height;
        })
        .flatMap(({ text }) => foldWords(text))
        .join(' ');
      const first = foldWords(quote).slice(0, 3).join(' ');
      expect(under).toContain(first);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a click on the page chooses the record below it', async () => {
    const { page } = await watchedPage(browser, SIZES[0] as (typeof SIZES)[0]);
    await open(page, 'thach-lang.pdf');
    const box = page.locator('.page[data-page="1"] .box.kind-indicator').nth(1);
    const id = await box.getAttribute('data-record');
    await box.click({ position: { x: 4, y: 4 } });
    await expect.poll(() => chosenId(page)).toBe(id);
    await page.close();
  });

  test('corrects, undoes, rejects, notes and adds by keyboard alone, and finds it all again', async () => {
    const { page, complaints } = await watchedPage(browser, SIZES[0] as (typeof SIZES)[0]);
    await open(page, 'nguyet-khe.txt');
    const folder = folderOf(page);
    const before = await readJson<PlanRecord>(folder, 'document.json');
    const [corrected, rejected, accepted] = before.indicators;
    if (!corrected || !rejected || !accepted) throw new Error('too few indicators');
    await page.getByText(corrected.quote).first().waitFor();

    await page.keyboard.press('e');
    await page.keyboard.type('không phải số');
    await page.keyboard.press('Enter');
    await page.locator('#field-value[aria-invalid="true"]').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('77,5');
    await page.keyboard.press('Control+Enter');
    await saved(page, (review) => review.includes('77.5'));
    await expect.poll(() => chosenId(page)).toBe(rejected.id);

    await page.keyboard.press('u');
    await saved(page, (review) => review !== '' && !review.includes('77.5'));
    await expect.poll(() => chosenId(page)).toBe(corrected.id);
    await page.keyboard.press('Control+y');
    await saved(page, (review) => review.includes('77.5'));

    await page.keyboard.press('j');
    await expect.poll(() => chosenId(page)).toBe(rejected.id);
    await page.keyboard.press('r');
    await expect.poll(() => chosenId(page)).toBe(accepted.id);
    await page.keyboard.press('n');
    await page.keyboard.type('Hỏi lại phòng Nội vụ');
    await page.keyboard.press('Enter');
    await saved(page, (review) => review.includes('Hỏi lại phòng Nội vụ'));
    await page.keyboard.press('a');
    await saved(page, (review) => review.includes('"accept"'));

    await page.keyboard.press('+');
    await page.keyboard.type('Mỗi nhiệm vụ phải ghi rõ nơi chủ trì');
    await page.locator('.add-form .found').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('3');
    await page.keyboard.press('Control+Enter');
    await saved(page, (review) => review.includes('Mỗi nhiệm vụ phải ghi rõ'));

    await page.reload();
    await page.locator(`[data-id="${corrected.id}"].state-patch`).waitFor();
    await page.locator(`[data-id="${rejected.id}"].state-reject`).waitFor();
    await page.locator(`[data-id="${accepted.id}"].state-accept`).waitFor();
    await page.locator('.card.state-added', { hasText: 'Mỗi nhiệm vụ phải ghi rõ nơi chủ trì' }).waitFor();
    expect(await page.locator(`[data-id="${corrected.id}"] .amount`).textContent()).toContain('77,5');

    const final = await finalWith(page, 'Mỗi nhiệm vụ phải ghi rõ nơi chủ trì"');
    expect(final.indicators.find(({ id }) => id === corrected.id)?.value).toBe(77.5);
    expect(final.indicators.some(({ id }) => id === rejected.id)).toBe(false);
    const added = final.indicators.find(({ id }) => id.includes('added'));
    expect(added?.evidence[0]?.line).toEqual([10, 10]);
    expect(await readJson(folder, 'document.json')).toEqual(before);
    const workbook = join(dir, 'plans.xlsx');
    await run('export', join(dir, 'results'), '--to', workbook);
    const sheets = [...unzip(await readFile(workbook)).values()].join('\n');
    expect(sheets).toContain('77.5');
    expect(sheets).toContain('Mỗi nhiệm vụ phải ghi rõ nơi chủ trì');
    expect(sheets).not.toContain(rejected.quote);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('words marked on the page picture become a record with their box', async () => {
    const { page, complaints } = await watchedPage(browser, SIZES[1] as (typeof SIZES)[0]);
    await open(page, 'thach-lang.pdf');
    const { pages } = await readJson<LayoutRecord>(folderOf(page), 'layout.json');
    const line = pages[0]?.lines.find(({ words }) =>
      words
        .map(({ text }) => text)
        .join(' ')
        .startsWith('2. Yêu cầu'),
    );
    const [from, to] = [line?.words[1]?.box, line?.words[2]?.box];
    const sheet = await page.locator('.page[data-page="1"]').boundingBox();
    if (!from || !to || !sheet) throw new Error('not there');
    const at = (box: number[]) =>
      [
        sheet.x + (((box[0] ?? 0) + (box[2] ?? 0)) / 2) * sheet.width,
        sheet.y + (((box[1] ?? 0) + (box[3] ?? 0)) / 2) * sheet.height,
      ] as const;
    await page.locator('.page[data-page="1"] img').waitFor();
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 5 });
    await page.mouse.up();
    await page.keyboard.press('+');
    await page.selectOption('#add-kind', 'task');
    expect(await page.inputValue('#add-quote')).toBe('Yêu cầu');
    await page.locator('.add-form .found').waitFor();
    await page.locator('#add-quote').press('Control+Enter');
    const final = await finalWith(page, 'Yêu cầu"');
    const box = final.tasks.find(({ quote }) => quote === 'Yêu cầu')?.evidence[0]?.box;
    expect(box?.map((side) => Math.round(side * 100))).toEqual(
      [from[0], Math.min(from[1], to[1]), to[2], Math.max(from[3], to[3])].map((side) => Math.round(side * 100)),
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('cells of a table are edited in the table', async () => {
    const { page, complaints } = await watchedPage(browser, SIZES[0] as (typeof SIZES)[0]);
    await open(page, 'thach-lang.pdf');
    await page.keyboard.press('4');
    await page.locator('.task-table tr[aria-current="true"]').waitFor();
    const id = await chosenId(page);
    await page.keyboard.press('e');
    await page.locator('tr.edited textarea').nth(2).fill('Tổ kiểm tra số 7');
    await page.locator('tr.edited textarea').nth(2).press('Control+Enter');
    const final = await finalWith(page, '"Tổ kiểm tra số 7"');
    expect(final.taskTables.flatMap(({ rows }) => rows).find((value) => value.id === id)?.lead).toBe(
      'Tổ kiểm tra số 7',
    );
    await page.keyboard.press('Shift+A');
    await saved(page, (review) => (review.match(/"accept"/g) ?? []).length > 5);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('two reviewers on one record: the second is told, nothing is lost', async () => {
    const [lan, hung] = [await browser.newContext(), await browser.newContext()];
    const [one, two] = [await lan.newPage(), await hung.newPage()];
    await open(one, 'nguyet-khe.txt');
    await one.keyboard.press('2');
    await open(two, 'nguyet-khe.txt');
    await two.keyboard.press('2');
    const id = await chosenId(one);
    expect(await chosenId(two)).toBe(id);
    await one.keyboard.press('r');
    await saved(one, (review) => review.includes('"reject"') && review.includes(id ?? '-'));
    await two.keyboard.press('a');
    await two.getByText(/Người khác/).waitFor();
    await two.locator(`[data-id="${id}"].state-reject`).waitFor();
    await lan.close();
    await hung.close();
  });

  test('what a plan says is never run', async () => {
    const { page, complaints } = await watchedPage(browser, SIZES[0] as (typeof SIZES)[0]);
    await open(page, 'hostile.txt');
    await expect
      .poll(() => page.locator('.pages.text').textContent())
      .toContain('<script>document.title="hacked"</script>');
    expect(await page.title()).not.toContain('hacked');
    expect(await page.locator('.pages img, .records img, #app script').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the report opens as a file, with pages, boxes, records and decisions, and runs nothing of the plans', async () => {
    const report = join(dir, 'report.html');
    await run('report', join(dir, 'results'), '--to', report);
    const { page, complaints } = await watchedPage(browser, SIZES[0] as (typeof SIZES)[0]);
    await page.goto(pathToFileURL(report).href);
    await row(page, 'thach-lang.pdf').click();
    await page.locator('.page[data-page="1"] img').waitFor();
    expect(await page.evaluate('document.querySelector(".page img").decode().then(() => true)')).toBe(true);
    await page.locator('.box.chosen').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.actions').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('l');
    await row(page, 'hostile.txt').click();
    await expect.poll(() => page.locator('.pages.text').textContent()).toContain('<script>document.title');
    expect(await page.title()).not.toContain('hacked');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(SIZES)('has no serious accessibility fault at $width, in both languages', async (size) => {
    const { page, complaints } = await watchedPage(browser, size);
    await open(page, 'thach-lang.pdf');
    expect(await seriousFaults(page)).toEqual([]);
    for (const key of size.width === 1280 ? ['e', 'Escape', '+', 'Escape', '4', '5', '7', '8', '?'] : ['4', '?']) {
      await page.keyboard.press(key);
      expect(await seriousFaults(page), `after ${key}`).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'EN' }).click();
    await page.getByRole('tab', { name: /Indicators/ }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
