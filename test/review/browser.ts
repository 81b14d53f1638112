import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/pipeline/cli.js');
export const PLANS = join(ROOT, 'corpus/plans');

const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);
if (!hasChromium) console.warn(`The reviewer's page is not tried in a browser: there is no ${CHROMIUM}.`);

export const run = (...args: string[]) => promisify(execFile)(process.execPath, [CLI, ...args]);

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

export interface Served {
  /** The first line on standard output. */
  url: string;
  pid: number;
  close(): Promise<void>;
}

/** `kehoach review DIR`, as a person starts it. */
export async function serve(dir: string): Promise<Served> {
  const child: ChildProcess = spawn(process.execPath, [CLI, 'review', dir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  let closing = false;
  const ended = once(child, 'exit').then(([code, signal]) => {
    if (!closing) console.error(`The review server ended by itself, ${signal ?? `code ${code}`}: ${said}`);
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [url] = (await once(lines, 'line')) as [string];
  return {
    url,
    pid: child.pid as number,
    close: async () => {
      closing = true;
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A page that notes every complaint of the browser and every request to elsewhere. */
export async function watchedPage(
  browser: Browser,
  size: { width: number; height: number },
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: size });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (!['data:', 'file:'].includes(protocol) && hostname !== '127.0.0.1')
      complaints.push(`request to ${request.url()}`);
  });
  return { page, complaints };
}
