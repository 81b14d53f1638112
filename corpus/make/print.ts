import { existsSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';
import { chromium } from 'playwright-core';

/** A fixed day instead of the clock: the same source gives the same file. */
const DAY = new Date('2026-01-01T00:00:00Z');

function usualPlaces(): string[] {
  const programs = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ...programs.flatMap((folder) =>
      folder
        ? [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`]
        : [],
    ),
  ];
}

/** The browser that prints: $CHROME_PATH first, then the usual places; throws with advice where there is none. */
export function findBrowser(): string {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH: there is no ${named}`);
  const found = named || usualPlaces().find((path) => existsSync(path));
  if (found) return found;
  throw new Error('no Chromium, Chrome or Edge found: install one, or set CHROME_PATH to its executable');
}

/** Takes the clock and the browser's version out of a PDF. */
async function still(bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  pdf.setCreationDate(DAY);
  pdf.setModificationDate(DAY);
  pdf.setProducer('kehoach corpus');
  pdf.setCreator('kehoach corpus');
  return pdf.save();
}

/** An HTML document printed as PDF with its own page size; nothing is fetched. */
export async function print(html: string): Promise<Uint8Array> {
  const browser = await chromium.launch({ executablePath: findBrowser() });
  try {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    await page.setContent(html);
    return await still(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  } finally {
    await browser.close();
  }
}

/** A PDF without pages and clock times. */
export async function emptyPdf(): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setCreationDate(DAY);
  pdf.setModificationDate(DAY);
  pdf.setProducer('kehoach corpus');
  return pdf;
}

/** Page images as a PDF, one image a page, every page as large as the first document's. */
export async function imagesToPdf(
  images: readonly { jpeg: Uint8Array; width: number; height: number }[],
): Promise<Uint8Array> {
  const pdf = await emptyPdf();
  for (const { jpeg, width, height } of images) {
    const page = pdf.addPage([width, height]);
    page.drawImage(await pdf.embedJpg(jpeg), { x: 0, y: 0, width, height });
  }
  return pdf.save();
}
