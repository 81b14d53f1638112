import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { OcrEngine } from '../../pipeline/ocr/engine.ts';
import { toGray } from '../../pipeline/ocr/gray.ts';
import { findNative, nativeEngine } from '../../pipeline/ocr/native.ts';
import { tempFolder } from '../temp.ts';
import { drawn, vietnameseFont } from './draw.ts';

const temp = tempFolder();
const path = process.env.PATH ?? '';
const native = await findNative();
const font = vietnameseFont();
const LINES = [
  'Kế hoạch cải cách hành chính năm 2026',
  'Tỷ lệ hồ sơ đúng hạn đạt 98% trở lên.',
  'Trước ngày 15/01/2026.',
];

const image = toGray(
  drawn(900, 300, 200, (context) => {
    context.font = `32px "${font}"`;
    for (const [i, line] of LINES.entries()) context.fillText(line, 40, 70 + i * 90);
  }),
);
const rects = LINES.map((_, i) => ({ x0: 0, y0: 30 + i * 90, x1: 900, y1: 90 + i * 90 }));
const page = { rect: { x0: 0, y0: 0, x1: 900, y1: 300 }, mode: 'page' } as const;
const lines = rects.map((rect) => ({ rect, mode: 'line' as const }));

/** A `tesseract` of ours on the PATH, which may call the real one as "$REAL". */
function install(script: string): void {
  const folder = mkdtempSync(join(temp, 'bin-'));
  writeFileSync(join(folder, 'tesseract'), `#!/bin/sh\nREAL='${realProgram()}'\n${script}\n`);
  chmodSync(join(folder, 'tesseract'), 0o755);
  process.env.PATH = `${folder}${delimiter}${path}`;
}

function realProgram(): string {
  return (
    path
      .split(delimiter)
      .map((folder) => join(folder, 'tesseract'))
      .find(existsSync) ?? 'tesseract'
  );
}

const textOf = (words: { text: string }[]): string => words.map(({ text }) => text).join(' ');

async function readAll(engine: OcrEngine): Promise<string[]> {
  try {
    return (await engine.recognize(image, [page, ...lines])).map(textOf);
  } finally {
    await engine.close();
  }
}

describe.skipIf(native === null || font === undefined || process.platform === 'win32')(
  'tesseract that goes on running',
  () => {
    afterEach(() => {
      process.env.PATH = path;
    });

    test('gives the same words whatever it has read before, and ends with its engine', async () => {
      const engine = await nativeEngine(native ?? '');
      const first = await engine.recognize(image, [page, ...lines]);
      expect(first.map(textOf)).toEqual([LINES.join(' '), ...LINES]);
      const again = await engine.recognize(image, [...lines.slice(2), page, ...lines.slice(0, 2)]);
      expect(again).toEqual([first[3], first[0], first[1], first[2]]);
      await engine.close();
      expect(await engine.recognize(image, lines)).toEqual(first.slice(1));
      await engine.close();
    });

    test.each([
      ['ends after its first picture', 'case "$*" in *stream_filelist*) read name; exit 0;; esac; exec "$REAL" "$@"'],
      [
        'knows no list of pictures',
        'case "$*" in *stream_filelist*) echo "what?" >&2; exit 1;; esac; exec "$REAL" "$@"',
      ],
      [
        'prints what is no text',
        'case "$*" in *stream_filelist*) printf \'\\377\\376\'; sleep 60;; esac; exec "$REAL" "$@"',
      ],
      [
        'keeps much in its buffer',
        'case "$*" in *stream_filelist*) "$REAL" "$@" | dd bs=20000 iflag=fullblock 2>/dev/null; exit;; esac; exec "$REAL" "$@"',
      ],
    ])('%s: the words are the same', async (_, script) => {
      install(script);
      expect(await readAll(await nativeEngine(native ?? ''))).toEqual([LINES.join(' '), ...LINES]);
    });
  },
);
