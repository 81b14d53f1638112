import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { encodeGray } from '../../corpus/make/jpeg.ts';
import { markdown } from '../../corpus/make/markdown.ts';
import { page } from '../../corpus/make/page.ts';
import { paste } from '../../corpus/make/paste.ts';
import { random } from '../../corpus/make/random.ts';
import { rasterise } from '../../corpus/make/raster.ts';
import { parseSource, readSource } from '../../corpus/make/source.ts';
import { truth } from '../../corpus/make/truth.ts';
import { type Picture, wear } from '../../corpus/make/wear.ts';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { readWord } from '../../pipeline/word/read-word.ts';
import { fold } from './check-gold.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../corpus/${path}`, import.meta.url));
const source = (name: string) => readSource(file(`sources/${name}.md`));
const words = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '|');

describe('texts', () => {
  it.each(readdirSync(file('gold')))('text.txt of %s is what its source gives', (name) => {
    expect(truth(source(name))).toBe(readFileSync(file(`gold/${name}/text.txt`), 'utf8'));
  });

  it.each(['nguyet-khe', 'van-khoang'])(
    'the pasted plan %s is what its source gives, word for word the truth',
    (name) => {
      const pasted = paste(source(name));
      expect(pasted).toBe(readFileSync(file(`plans/${name}.txt`), 'utf8'));
      expect(words(pasted)).toEqual(words(truth(source(name))));
    },
  );

  it('the plan in Markdown is what its source gives, its marks aside the truth', () => {
    const written = markdown(source('tung-nghieu'));
    expect(written).toBe(readFileSync(file('plans/tung-nghieu.md'), 'utf8'));
    expect(words(written.replace(/[*#]/g, ''))).toEqual(words(truth(source('tung-nghieu'))));
  });

  it('the Word file has the words of its source, decision and plan', async () => {
    const { paragraphs } = assemblePages(await readWord(file('plans/giang-hoach.docx')));
    const found = new Set(words(paragraphs.map(({ text }) => text).join('\n')));
    expect(words(truth(source('giang-hoach'))).filter((word) => !found.has(word))).toEqual([]);
  });

  it('the pasted plan looks pasted: form feeds and blank lines inside sentences, lines of one width', () => {
    const pasted = paste(source('nguyet-khe'));
    expect(pasted.match(/[^.;:\s]\s*\n\s*\f \p{L}/gu)?.length).toBeGreaterThanOrEqual(3);
    expect(pasted.match(/\p{Ll} ?\n ?\n\p{Ll}/gu)?.length).toBeGreaterThan(20);
    expect(Math.max(...pasted.split('\n').map((line) => line.trim().length))).toBeLessThanOrEqual(85);
  });

  it('another seed breaks lines elsewhere', () => {
    const plan = source('nguyet-khe');
    expect(paste(plan, 2)).not.toBe(paste(plan, 1));
  });

  it('a page escapes what HTML would take for marks', () => {
    const plan = parseSource('---\ntitle: a < b\n---\nx & y\n| TT | Nội dung |\n| I. Một | |\n| 1 | <b> |\n');
    expect(page(plan)).toContain('a &lt; b');
    expect(page(plan)).toContain('x &amp; y');
    expect(page(plan)).toContain('<tr class="group"><td colspan="2">I. Một</td></tr>');
    expect(truth(plan).trimEnd().split('\n')).toEqual([
      'KẾ HOẠCH',
      'a < b',
      'x & y',
      'TT | Nội dung',
      'I. Một',
      '1 | <b>',
    ]);
  });

  it('says where a source is wrong', () => {
    expect(() => parseSource('no front matter')).toThrow('line 1');
    expect(() => parseSource('---\ncolour: red\n---\n')).toThrow('line 2: unknown front matter "colour: red"');
    expect(() => parseSource('---\nmake: rtf\n---\n')).toThrow('rtf');
    expect(() => parseSource('---\ndpi: many\n---\n')).toThrow('dpi');
  });
});

describe('pages', () => {
  const read = async (name: string) => {
    const pages: { words: string[]; colours: number; dark: number }[] = [];
    for await (const { canvas, words: items } of rasterise(readFileSync(file(`plans/${name}.pdf`)), 50)) {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let [colours, dark] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        if ((data[i] ?? 0) > (data[i + 1] ?? 0) + 50) colours++;
        if ((data[i + 1] ?? 0) < 128) dark++;
      }
      pages.push({ words: items.map((item) => item.text), colours, dark });
    }
    return pages;
  };

  it('the born-digital plan has its whole text, page numbers from page 2 and the header of its table twice', async () => {
    const pages = await read('thach-lang');
    expect(pages.length).toBe(6);
    expect(pages.map(({ words: [top] }) => /^\d$/.test(top ?? ''))).toEqual([false, true, true, true, true, true]);
    const printed = new Set(words(pages.map((one) => one.words.join(' ')).join(' ')));
    expect(words(truth(source('thach-lang'))).filter((word) => !printed.has(word))).toEqual([]);
    expect(pages.slice(4).every((one) => one.words.includes('TT'))).toBe(true);
  });

  it('the scan has pictures alone, and red on the page of the seal alone', async () => {
    const pages = await read('loc-hac');
    expect(pages.length).toBe(3);
    expect(pages.map((one) => one.words)).toEqual([[], [], []]);
    expect(pages.map((one) => one.colours > 200)).toEqual([false, true, false]);
    expect(pages.every((one) => one.dark > 500)).toBe(true);
  });
});

describe('wear', () => {
  const picture = (): Picture => {
    const plane = new Float32Array(120 * 80).fill(255);
    for (let y = 30; y < 36; y++) plane.fill(0, y * 120 + 20, y * 120 + 100);
    return { width: 120, height: 80, planes: [plane] };
  };

  it('gives the same pixels for the same seed, others for another', () => {
    const [once, again, other] = [7, 7, 8].map((seed) => wear(picture(), 1, random(seed)).planes[0]);
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });

  it('leaves a page alone at level 0 and does more harm at each level', () => {
    const clean = picture().planes[0] as Float32Array;
    const harm = [0, 1, 2, 3].map((level) => {
      const worn = wear(picture(), level, random(3)).planes[0] as Float32Array;
      return worn.reduce((sum, value, i) => sum + Math.abs(value - (clean[i] ?? 0)), 0);
    });
    expect(harm[0]).toBe(0);
    expect([...harm].sort((a, b) => a - b)).toEqual(harm);
  });

  it('writes gray JPEGs that other programs read', async () => {
    const { width, height, planes } = picture();
    const jpeg = encodeGray(planes[0] as Float32Array, width, height, 80, 200);
    const image = await loadImage(Buffer.from(jpeg));
    expect([image.width, image.height]).toEqual([width, height]);
    const { createCanvas } = await import('@napi-rs/canvas');
    const context = createCanvas(width, height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const error = planes[0]?.reduce((sum, value, i) => sum + Math.abs(value - (data[4 * i] ?? 0)), 0) ?? 0;
    expect(error / (width * height)).toBeLessThan(4);
  });
});
