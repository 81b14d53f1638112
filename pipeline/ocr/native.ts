import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isRunning } from '../../output/is-running.ts';
import { encodeTiff } from './encode-tiff.ts';
import type { OcrEngine, OcrRegion, OcrWord, RegionMode } from './engine.ts';
import type { GrayImage } from './gray.ts';
import { hocrPages } from './hocr.ts';
import { DATA_NAME, LANGUAGE, unpackedDataFolder } from './language-data.ts';
import { BLANK, type NativeReader, ReaderEnded, startReader } from './native-reader.ts';
import { regionImage, SEGMENTATION, toPage, VARIABLES } from './region-image.ts';

/** A folder for the images of one call names its process. */
const SCRATCH = 'kehoach-ocr-';
const SCRATCH_OF = new RegExp(`^${SCRATCH}(\\d+)-`);
/** Milliseconds that `tesseract --version` has. */
const PATIENCE = 60_000;

/** The version of the `tesseract` on the PATH ("5.3.0"), or null: none, one before 4, which has no LSTM, or none that answers. */
export async function findNative(): Promise<string | null> {
  const running = new Map<ChildProcess, () => void>();
  const clock = setTimeout(() => {
    for (const kill of running.values()) kill();
  }, PATIENCE);
  try {
    const version = /^tesseract v?(\d+)(\S*)/m.exec(await run(['--version'], running));
    return version && Number(version[1]) >= 4 ? `${version[1]}${version[2]}` : null;
  } catch {
    return null;
  } finally {
    clearTimeout(clock);
  }
}

/** Takes away what native engines of killed processes left in the system's temp folder. */
export async function sweepScratch(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = SCRATCH_OF.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

/**
 * The installed `tesseract`, with the same language data as the embedded one. One program a mode goes on running for all
 * pages; where it ends, and on Windows, whose buffers were not tried, each call starts its own.
 */
export async function nativeEngine(version: string, signal?: AbortSignal): Promise<OcrEngine> {
  const data = await unpackedDataFolder();
  const running = new Map<ChildProcess, () => void>();
  const readers = process.platform === 'win32' ? null : nativeReaders(data);
  const close = async () => {
    for (const kill of running.values()) kill();
    await readers?.close();
  };
  signal?.addEventListener('abort', close, { once: true });
  return {
    info: { name: 'tesseract', version, data: DATA_NAME },
    async recognize(image, regions) {
      signal?.throwIfAborted();
      const words: OcrWord[][] = regions.map(() => []);
      for (const mode of new Set(regions.map((region) => region.mode))) {
        const chosen = regions.flatMap((region, index) => (region.mode === mode ? [{ region, index }] : []));
        const parts = chosen.map(({ region }) => region);
        const read = (await readers?.read(image, mode, parts)) ?? (await readApart(image, mode, parts, data, running));
        chosen.forEach(({ region, index }, i) => {
          words[index] = toPage(read[i] ?? [], region);
        });
      }
      return words;
    },
    close,
  };
}

const WHITE: GrayImage = { width: 8, height: 8, data: new Uint8Array(64).fill(255), dpi: 70 };

/** Programs that go on running, a mode each, begun when they are first needed. */
function nativeReaders(data: string) {
  const readers = new Map<RegionMode, NativeReader>();
  let folder: string | null = null;
  let pictures = 0;
  /** Whether the program has answered: one that ends before it ever did takes no list of pictures. */
  let hasAnswered: boolean | null = null;
  const clear = () => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    folder = null;
  };
  const open = async () => {
    folder = await mkdtemp(join(tmpdir(), `${SCRATCH}${process.pid}-`));
    process.once('exit', clear);
    await writeFile(join(folder, BLANK), encodeTiff(WHITE));
    return folder;
  };
  return {
    /** The words of each region; null where the program ended by itself. */
    async read(image: GrayImage, mode: RegionMode, regions: OcrRegion[]): Promise<OcrWord[][] | null> {
      if (hasAnswered === false) return null;
      const here = folder ?? (await open());
      const names = regions.map(() => `${pictures++}.tif`);
      const paths = names.map((name) => join(here, name));
      try {
        await Promise.all(regions.map((region, i) => writeFile(paths[i]!, encodeTiff(regionImage(image, region)))));
        const reader = readers.get(mode) ?? startReader(settings(mode, data), here);
        readers.set(mode, reader);
        const read = await reader.read(names);
        hasAnswered = true;
        return read.map((hocr) => hocrPages(hocr)[0] ?? []);
      } catch (error) {
        void readers.get(mode)?.close();
        readers.delete(mode);
        if (!(error instanceof ReaderEnded)) throw error;
        hasAnswered ??= false;
        return null;
      } finally {
        await Promise.all(paths.map((path) => rm(path, { force: true }).catch(() => undefined)));
      }
    },
    async close() {
      const last = [...readers.values()];
      readers.clear();
      await Promise.all(last.map((reader) => reader.close()));
      process.off('exit', clear);
      clear();
    },
  };
}

/** Modes to read an image in that crashes Tesseract in its own: division by zero in its search for columns, mostly. */
const OTHER_MODES: Record<RegionMode, readonly RegionMode[]> = {
  page: ['column', 'block'],
  column: ['block', 'page'],
  block: ['column', 'line'],
  line: ['block'],
};

/** Regions of one mode; where Tesseract crashes, the region at fault is found and read in another mode. */
async function readApart(
  image: GrayImage,
  mode: RegionMode,
  regions: OcrRegion[],
  data: string,
  running: Map<ChildProcess, () => void>,
): Promise<OcrWord[][]> {
  try {
    return await readTogether(image, mode, regions, data, running);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    if (regions.length > 1) {
      const half = regions.length >> 1;
      const first = await readApart(image, mode, regions.slice(0, half), data, running);
      return [...first, ...(await readApart(image, mode, regions.slice(half), data, running))];
    }
    for (const other of OTHER_MODES[mode]) {
      try {
        return await readTogether(image, other, regions, data, running);
      } catch (again) {
        if (!(again instanceof Crash)) throw again;
      }
    }
    throw error;
  }
}

/** The program ended by a fault of its own, not by being stopped. */
class Crash extends Error {}

const FAULTS = ['SIGFPE', 'SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL'];
/** Windows ends a program at fault with a status of 0xC0000000 and up. */
const WINDOWS_FAULT = 0xc0000000;
/** There Ctrl-C reaches every program of a console: the page is asked for once more. */
const WINDOWS_CTRL_C = 0xc000013a;

/** Regions of one mode as a list of images: Tesseract prints one hOCR page an image. */
async function readTogether(
  image: GrayImage,
  mode: RegionMode,
  regions: OcrRegion[],
  data: string,
  running: Map<ChildProcess, () => void>,
): Promise<OcrWord[][]> {
  const folder = await mkdtemp(join(tmpdir(), `${SCRATCH}${process.pid}-`));
  try {
    const files = regions.map((_, i) => `${i}.tif`);
    for (const [i, region] of regions.entries())
      await writeFile(join(folder, `${i}.tif`), encodeTiff(regionImage(image, region)));
    await writeFile(join(folder, 'list.txt'), files.join('\n'));
    await run(['list.txt', 'out', ...settings(mode, from(folder, data))], running, folder);
    const pages = hocrPages(textOf(await readFile(join(folder, 'out.hocr'))));
    if (pages.length !== regions.length)
      throw new Error(`tesseract read ${pages.length} of ${regions.length} images of the page`);
    return pages;
  } finally {
    // Windows: a virus scanner may still hold a picture. What is left goes with sweepScratch.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

function settings(mode: RegionMode, data: string): string[] {
  const variables = Object.entries({ ...VARIABLES, tessedit_create_hocr: '1' });
  return [
    ...['--tessdata-dir', data, '-l', LANGUAGE, '--oem', '1', '--psm', SEGMENTATION[mode]],
    ...variables.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** Throws where the bytes are no text: what an engine writes when it is broken must not be read as words. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error('tesseract wrote bytes that are no text: install it anew, or use --engine tesseract.js', { cause });
  }
}

/** On Windows Tesseract cannot open a path with a user's name in Vietnamese; from a folder of the same user's it need not. */
function from(folder: string, data: string): string {
  return process.platform === 'win32' ? relative(folder, data) : data;
}

/** Standard output of one call. One thread: pages are read side by side. */
function run(args: string[], running: Map<ChildProcess, () => void>, cwd?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
    const child = spawn('tesseract', args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const kill = () => child.kill('SIGKILL');
    running.set(child, kill);
    process.once('exit', kill);
    const out: Buffer[] = [];
    const messages: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => messages.push(chunk));
    const ended = () => {
      running.delete(child);
      process.off('exit', kill);
    };
    child.on('error', (error) => {
      ended();
      reject(error);
    });
    child.on('close', (code, killedBy) => {
      ended();
      if (code === 0) {
        resolve(Buffer.concat(out).toString('utf8'));
        return;
      }
      const status = code ?? 0;
      const isCrash = FAULTS.includes(killedBy ?? '') || (status >= WINDOWS_FAULT && status !== WINDOWS_CTRL_C);
      const said = Buffer.concat(messages).toString('utf8').trim().slice(-300);
      reject(new (isCrash ? Crash : Error)(`tesseract ended with ${killedBy ?? code}: ${said}`));
    });
  });
}
