import { UsageError } from '../../output/usage-error.ts';
import type { EngineOption } from '../ocr/engine.ts';
import { DATA_NAME } from '../ocr/language-data.ts';
import { findNative } from '../ocr/native.ts';

/**
 * Fixed for the whole run, so that all pages are read by one engine. `engineVersion` names all that its words depend on and
 * is part of the key of each result. Throws UsageError where the engine wanted is not installed.
 */
export async function resolveEngine(
  option: EngineOption,
): Promise<{ engine: Exclude<EngineOption, 'auto'>; engineVersion: string }> {
  const native = option === 'tesseract.js' ? null : await findNative();
  if (option === 'native' && native === null) {
    throw new UsageError(
      '--engine native: there is no program "tesseract" on the PATH. Install it, or use --engine tesseract.js, which needs nothing installed.',
    );
  }
  if (native !== null) return { engine: 'native', engineVersion: `${native}, ${DATA_NAME}` };
  const { tesseractJsVersion } = await import('../ocr/tesseract-js.ts');
  return { engine: 'tesseract.js', engineVersion: `${await tesseractJsVersion()}, ${DATA_NAME}` };
}
