import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { createWorker, OEM, type Worker } from 'tesseract.js';
import type { OcrEngine, OcrRegion, OcrWord } from './engine.ts';
import { encodePgm, type GrayImage } from './gray.ts';
import { hocrPages } from './hocr.ts';
import { DATA_NAME, LANGUAGE, packedDataFolder } from './language-data.ts';
import { regionImage, SEGMENTATION, toPage, VARIABLES } from './region-image.ts';

const require = createRequire(import.meta.url);

/** Pages a worker reads before a fresh one takes its place: its memory only grows. */
const PAGES_A_WORKER = 40;
const NOTHING = { text: false, blocks: false, hocr: false, tsv: false };

/**
 * What the words depend on: "7.0.0, core 7.0.0 simd". The core is chosen by what the machine's processor and Node.js can do
 * and may round otherwise than another.
 */
export async function tesseractJsVersion(): Promise<string> {
  const inside = createRequire(require.resolve('tesseract.js/package.json'));
  const { simd, relaxedSimd } = inside('wasm-feature-detect') as Record<string, () => Promise<boolean>>;
  const kind = (await relaxedSimd?.()) ? 'relaxed simd' : (await simd?.()) ? 'simd' : 'plain';
  return `${require('tesseract.js/package.json').version}, core ${inside('tesseract.js-core/package.json').version} ${kind}`;
}

/** The engine that comes with the package: Tesseract compiled to WebAssembly, in a thread of its own. */
export async function tesseractJsEngine(): Promise<OcrEngine> {
  const version: string = require('tesseract.js/package.json').version;
  let current: Thread | null = null;
  let pages = 0;
  const close = async () => {
    await current?.worker.terminate();
    current = null;
  };
  return {
    info: { name: 'tesseract.js', version, data: DATA_NAME },
    async recognize(image, regions) {
      if (pages++ % PAGES_A_WORKER === 0) await close();
      current ??= await startThread();
      const { worker, ended } = current;
      const words: OcrWord[][] = [];
      try {
        for (const region of regions) words.push(await Promise.race([readRegion(worker, image, region), ended]));
      } catch (error) {
        await close();
        throw error;
      }
      return words;
    },
    close,
  };
}

/** A worker, and what rejects when its thread dies or is ended: tesseract.js leaves its calls open then. */
interface Thread {
  worker: Worker;
  ended: Promise<never>;
}

/** tesseract.js reports a failed start only to its error handler; the promise it gave stays open. */
function startThread(): Promise<Thread> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new Error(`tesseract.js: ${String(cause)}`, { cause }));
    const options = { langPath: packedDataFolder(), gzip: true, cacheMethod: 'none', errorHandler: failed };
    createWorker(LANGUAGE, OEM.LSTM_ONLY, options)
      .then(async (worker) => {
        await worker.setParameters({ ...VARIABLES, debug_file: '/dev/null' });
        resolve({ worker, ended: endOf((worker as unknown as { worker: EventEmitter }).worker) });
      })
      .catch(failed);
  });
}

function endOf(thread: EventEmitter): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    thread.once('error', (cause) => reject(new Error(`tesseract.js: ${String(cause)}`, { cause })));
    thread.once('exit', () => reject(new Error('tesseract.js: its thread has ended')));
  });
  ended.catch(() => {});
  return ended;
}

async function readRegion(worker: Worker, image: GrayImage, region: OcrRegion): Promise<OcrWord[]> {
  const part = regionImage(image, region);
  await worker.setParameters({
    tessedit_pageseg_mode: SEGMENTATION[region.mode] as never,
    user_defined_dpi: String(Math.round(part.dpi)),
  });
  const { data } = await worker.recognize(encodePgm(part), {}, { ...NOTHING, hocr: true });
  return toPage(hocrPages(data.hocr ?? '')[0] ?? [], region);
}
