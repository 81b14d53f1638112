import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../dictionaries/administrative/index.ts';
import type { View } from '../output/terminal.ts';
import { paint } from '../output/terminal.ts';
import { decodeImage } from './ocr/decode.ts';
import { chooseEngine } from './ocr/engine.ts';
import { DATA_NAME } from './ocr/language-data.ts';
import { findNative } from './ocr/native.ts';
import { recognizePage } from './ocr/recognize-page.ts';
import { lineText, pageLines } from './page.ts';
import { messageOf } from './stages.ts';
import { VERSION } from './version.ts';

/** The test page's text; the picture is ours. */
const TEST_TEXT = 'Kế hoạch cải cách hành chính năm 2026';

/** What is installed and whether it works: each engine reads a test page. */
export async function doctor({ color }: View): Promise<{ text: string; ok: boolean }> {
  const lines: string[] = [];
  let ok = true;
  const tell = (good: boolean, name: string, what: string) => {
    lines.push(`${paint(good ? 'ok  ' : 'FAIL', good ? 'green' : 'red', color)}  ${name.padEnd(14)}${what}`);
    ok &&= good;
  };
  tell(true, 'kehoach', VERSION);
  tell(true, 'Node.js', `${process.versions.node} on ${platform()} ${release()} ${arch()}`);
  tell(true, 'machine', `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`);
  tell(true, 'language data', `${DATA_NAME}, in the package: no network is needed`);
  const native = await findNative();
  for (const option of ['tesseract.js', 'native'] as const) {
    if (option === 'native' && native === null) {
      lines.push(`--    ${'native'.padEnd(14)}no program "tesseract" on the PATH: not needed, but faster where it is`);
      continue;
    }
    try {
      const started = performance.now();
      const found = await readTestPage(option);
      const good = found.text === TEST_TEXT;
      const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
      tell(good, option, `${found.version}: read “${found.text}” in ${time}${good ? '' : `, expected “${TEST_TEXT}”`}`);
    } catch (error) {
      tell(false, option, messageOf(error));
    }
  }
  return { text: lines.join('\n'), ok };
}

async function readTestPage(option: 'tesseract.js' | 'native'): Promise<{ text: string; version: string }> {
  const engine = await chooseEngine(option);
  try {
    const image = await decodeImage(join(packageRoot(), 'pipeline', 'doctor-page.png'));
    const page = await recognizePage(await image.page(1), 1, engine);
    return { text: [...pageLines(page)].map(lineText).join(' '), version: engine.info.version };
  } finally {
    await engine.close();
  }
}
