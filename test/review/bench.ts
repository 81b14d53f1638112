/**
 * Measures the reviewer's page in headless Chromium: `npm run bench:review`. 500 copies of a plan are listed; a plan of
 * 100 pages is opened and scrolled through. The aims: a list in under 1 s, a document in under 2 s, no slow frames.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import type { Page } from 'playwright-core';
import type { IndexEntry, PlanIndex, PlanRecord } from '../../output/record.ts';
import { launch, PLANS, run, serve } from './browser.ts';

const PLAN = join(PLANS, 'thach-lang.pdf');
const [DOCUMENTS, PAGES] = [500, 100];

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

/** The plan's pages over and over. */
async function longPlan(path: string): Promise<void> {
  const [long, plan] = [await PDFDocument.create(), await PDFDocument.load(await readFile(PLAN))];
  const indices = Array.from({ length: PAGES }, (_, i) => i % plan.getPageCount());
  for (const page of await long.copyPages(plan, indices)) long.addPage(page);
  await writeFile(path, await long.save());
}

/** A results folder with the long plan, and copies of the short one. */
async function resultsIn(dir: string): Promise<string> {
  const results = join(dir, 'results');
  const long = join(dir, 'long.pdf');
  await longPlan(long);
  await run('import', PLAN, long, '--out', results);
  const index = await readJson<PlanIndex>(join(results, 'index.json'));
  const short = index.documents.find(({ source }) => source === 'thach-lang.pdf') as IndexEntry;
  for (let n = 1; n <= DOCUMENTS - 2; n++) {
    const folder = `copy-${n}`;
    await mkdir(join(results, folder));
    for (const name of ['document.json', 'text.txt', 'layout.json']) {
      await cp(join(results, short.folder, name), join(results, folder, name));
    }
    index.documents.push({ ...short, folder, source: `copy-${n}.pdf` });
  }
  await writeFile(join(results, 'index.json'), JSON.stringify(index));
  const folder = index.documents.find(({ source }) => source === 'long.pdf')?.folder ?? '';
  const record = await readJson<PlanRecord>(join(results, folder, 'document.json'));
  process.stdout.write(`long.pdf: ${record.pages.length} pages, ${record.tasks.length} tasks\n`);
  return results;
}

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  process.stdout.write(`${name}: ${Math.round(performance.now() - started)} ms\n`);
}

/** Frames while the document is scrolled from its first page to its last in five seconds. */
async function scroll(page: Page): Promise<void> {
  const frames = (await page.evaluate(`new Promise((resolve) => {
    const pane = document.querySelector('.pages');
    const started = performance.now();
    const gaps = [];
    let last = started;
    const step = (now) => {
      gaps.push(now - last);
      last = now;
      pane.scrollTop = ((now - started) / 5000) * (pane.scrollHeight - pane.clientHeight);
      if (now - started < 5000) requestAnimationFrame(step);
      else resolve(gaps);
    };
    requestAnimationFrame(step);
  })`)) as number[];
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  process.stdout.write(
    `scrolling: ${frames.length} frames in 5 s, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms\n`,
  );
}

const dir = await mkdtemp(join(tmpdir(), 'kehoach-bench-'));
const server = await serve(await resultsIn(dir));
const browser = await launch();
try {
  await timed('the list from the server alone', async () => (await fetch(`${server.url}api/documents`)).text());
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await timed(`list of ${DOCUMENTS} documents, first time`, async () => {
    await page.goto(server.url);
    await page
      .locator('.documents tbody tr')
      .nth(DOCUMENTS - 1)
      .waitFor();
  });
  await timed('list again, rows in view', async () => {
    await page.reload();
    await page.locator('.documents tbody tr').nth(20).waitFor();
  });
  await timed('list again', async () => {
    await page.reload();
    await page
      .locator('.documents tbody tr')
      .nth(DOCUMENTS - 1)
      .waitFor();
  });
  await timed(`document of ${PAGES} pages, first page drawn`, async () => {
    await page.locator('.documents tbody tr', { hasText: 'long.pdf' }).click();
    await page.locator('.box.chosen').waitFor();
    await page.locator('.page img').first().waitFor();
    await page.evaluate("document.querySelector('.page img').decode()");
  });
  await scroll(page);
} finally {
  await browser.close();
  await server.close();
  await rm(dir, { recursive: true, force: true });
}
