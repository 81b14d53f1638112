import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../dictionaries/administrative/package-root.ts';
import type { View } from '../output/terminal.ts';
import { paint } from '../output/terminal.ts';
import { messageOf } from './message.ts';
import { DATA_NAME } from './ocr/language-data.ts';
import { findNative } from './ocr/native.ts';
import { lineText, pageLines } from './page.ts';
import { createClock } from './run/clock.ts';
import { createPool } from './run/pool.ts';
import { VERSION } from './version.ts';

/** The test page and its text; the picture is ours. */
const TEST_PAGE = 'doctor-page.png';
const TEST_TEXT = 'Kế hoạch cải cách hành chính năm 2026';
/** Milliseconds an engine has for it. */
const PATIENCE = 120_000;

type Engine = 'tesseract.js' | 'native';

/** What is installed and whether it works: each engine reads a test page, in a process as an import starts it. */
export async function doctor({ color }: View): Promise<{ text: string; ok: boolean }> {
  const lines: string[] = [];
  let ok = true;
  const tell = (good: boolean, name: string, what: string) => {
    lines.push(`${paint(good ? 'ok  ' : 'FAIL', good ? 'green' : 'red', color)}  ${name.padEnd(15)}${what}`);
    ok &&= good;
  };
  tell(true, 'kehoach', VERSION);
  tell(true, 'Node.js', `${process.versions.node} on ${platform()} ${release()} ${arch()}`);
  tell(true, 'machine', `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`);
  tell(true, 'language data', `${DATA_NAME}, in the package: no network is needed`);
  const native = await findNative();
  for (const engine of ['tesseract.js', 'native'] as const) {
    if (engine === 'native' && native === null) {
      lines.push(`--    ${'native'.padEnd(15)}no program "tesseract" on the PATH: not needed, but faster where it is`);
      continue;
    }
    try {
      const started = performance.now();
      const { text, version } = await readTestPage(engine, native ?? '');
      const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
      if (text === TEST_TEXT) tell(true, engine, `${version}, read the test page in ${time}`);
      else tell(false, engine, `${version}, read “${text}” on the test page instead of “${TEST_TEXT}”`);
    } catch (error) {
      tell(false, engine, messageOf(error));
    }
  }
  const verdict = ok ? 'All is well.' : 'Something fails: send these lines to who looks after the program.';
  return { text: [...lines, '', verdict].join('\n'), ok };
}

async function readTestPage(engine: Engine, engineVersion: string): Promise<{ text: string; version: string }> {
  const pool = createPool({ size: 1 });
  try {
    const path = join(packageRoot(), 'pipeline', TEST_PAGE);
    const file = { path, source: TEST_PAGE, id: '', sha256: '', bytes: 0, folder: '' };
    const options = { outDir: '', engine, engineVersion, maxPages: 1 };
    const page = await pool.run('recognize', { file, kind: 'image', page: 1, options }, createClock(PATIENCE));
    return { text: [...pageLines(page)].map(lineText).join(' '), version: page.engine?.version ?? '' };
  } finally {
    await pool.close();
  }
}
