import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const require = createRequire(import.meta.url);

export const LANGUAGE = 'vie';
const QUALITY = '4.0.0_best_int';
/** As recorded in `Engine.data`. */
export const DATA_NAME = `${LANGUAGE} ${QUALITY}`;

/** The folder of the installed language package that holds vie.traineddata.gz. */
export function packedDataFolder(): string {
  const folder = join(dirname(require.resolve(`@tesseract.js-data/${LANGUAGE}/package.json`)), QUALITY);
  if (!existsSync(join(folder, `${LANGUAGE}.traineddata.gz`)))
    throw new Error(`The OCR language data is missing: ${folder}. Install the package again (npm ci).`);
  return folder;
}

let unpacked: Promise<string> | undefined;

/** A folder with the same data unpacked, for programs that cannot read the packed file: written once, used ever after. */
export function unpackedDataFolder(): Promise<string> {
  unpacked ??= unpack();
  return unpacked;
}

async function unpack(): Promise<string> {
  const packed = await readFile(join(packedDataFolder(), `${LANGUAGE}.traineddata.gz`));
  // A gzip file ends with its size unpacked (RFC 1952, 2.3.1).
  const size = packed.readUInt32LE(packed.length - 4);
  const name = `${LANGUAGE}.traineddata`;
  const kept = join(cacheFolder(), `tessdata-${QUALITY}`);
  try {
    const present = await stat(join(kept, name)).catch(() => null);
    if (present?.size !== size) {
      await mkdir(kept, { recursive: true });
      const part = join(kept, `${name}.${process.pid}`);
      await writeFile(part, await promisify(gunzip)(packed));
      await rename(part, join(kept, name));
    }
    return kept;
  } catch {
    const own = await mkdtemp(join(tmpdir(), 'kehoach-tessdata-'));
    await writeFile(join(own, name), await promisify(gunzip)(packed));
    return own;
  }
}

function cacheFolder(): string {
  const base = process.platform === 'win32' ? process.env.LOCALAPPDATA : process.env.XDG_CACHE_HOME;
  return join(base || join(homedir(), '.cache'), 'kehoach');
}
