import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { createWorker, OEM, type Worker } from 'tesseract.js';
import { encodeTiff } from './encode-tiff.ts';
import type { OcrEngine, OcrRegion, OcrWord } from './engine.ts';
import type { GrayImage } from './gray.ts';
import { hocrPages } from './hocr.ts';
import { DATA_NAME, LANGUAGE, packedDataFolder } from './language-data.ts';
import { regionImage, SEGMENTATION, toPage, VARIABLES } from './region-image.ts';

const require = createRequire(import.meta.url);

/**
 * About the bytes of code that a function of the engine has run before V8 compiles it anew for speed. With V8's own 1.8
 * million so many are compiled that run no more than a page or two that it takes longer than it saves.
 */
const HOT = 30_000_000;
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

/** The engine that comes with the package: Tesseract compiled to WebAssembly, in a thread of its own that starts at once. */
export async function tesseractJsEngine(): Promise<OcrEngine> {
  const version: string = require('tesseract.js/package.json').version;
  setFlagsFromString(`--wasm-tiering-budget=${HOT}`);
  let current: Promise<Thread> | null = startThread();
  const close = async () => {
    const left = current;
    current = null;
    // One that never starts is not waited for.
    void left?.then(({ worker }) => worker.terminate()).catch(() => undefined);
  };
  return {
    info: { name: 'tesseract.js', version, data: DATA_NAME },
    async recognize(image, regions) {
      const words: OcrWord[][] = [];
      try {
        current ??= startThread();
        const { worker, ended } = await current;
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
  const thread = new Promise<Thread>((resolve, reject) => {
    const failed = (cause: unknown) => reject(new Error(`tesseract.js: ${String(cause)}`, { cause }));
    const options = { langPath: packedDataFolder(), gzip: true, cacheMethod: 'none', errorHandler: failed };
    createWorker(LANGUAGE, OEM.LSTM_ONLY, options)
      .then(async (worker) => {
        await worker.setParameters({ ...VARIABLES, debug_file: '/dev/null' });
        resolve({ worker, ended: endOf((worker as unknown as { worker: EventEmitter }).worker) });
      })
      .catch(failed);
  });
  // Told to whoever asks for a page.
  thread.catch(() => undefined);
  return thread;
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
  const { data } = await worker.recognize(encodeTiff(part), {}, { ...NOTHING, hocr: true });
  return toPage(hocrPages(data.hocr ?? '')[0] ?? [], region);
}
