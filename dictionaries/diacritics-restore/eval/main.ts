/**
 * The figures of the acceptance list, measured. --quick: fewer lines; --pages DIR: pages rendered before; --texts DIR: texts of
 * your own, with marks (.txt), to be stripped; --misses: what is wrong.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadModel, type Profile, restore, restoreTokens } from '../src/index.ts';
import { stripMarks } from '../src/letters.ts';
import { readText, sourcesIn } from '../train/files.ts';
import { Calibration, differences } from './measures.ts';
import { scoreLines, scoreText } from './score.ts';
import { heldOut, ownPlans, type ReadPage, renderedPages, scannedPlans, shared } from './texts.ts';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    misses: { type: 'boolean' },
    pages: { type: 'string' },
    texts: { type: 'string' },
    only: { type: 'string' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (a: number, b: number): string => (b === 0 ? '-' : (a / b).toFixed(4));
const wanted = (part: string): boolean => flags.only === undefined || flags.only.split(',').includes(part);
/** Processor time of this process so far: other work on the machine does not count. */
const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const calibration = new Calibration();

function show(got: string, truth: string): void {
  if (flags.misses) for (const line of differences(truth, got)) say(`    ${line}`);
}

const before = performance.now();
loadModel();
say(`model ready in ${(performance.now() - before).toFixed(0)} ms`);

function stripped(name: string, text: string): { right: number; syllables: number } {
  const got = restore(stripMarks(text));
  const s = scoreLines(got, text);
  say(
    `  ${name.padEnd(26)} ${percent(s.right, s.syllables)} of ${s.syllables} syllables, numbers kept ${s.numbersKept}/${s.numbers}, invented ${s.numbersInvented}`,
  );
  show(got, text);
  return s;
}

if (wanted('khuc') && shared) {
  const raw = readFileSync(join(shared, 'gold/khuc-thua-du/pages-1-2.raw.txt'), 'utf8');
  const truth = readFileSync(join(shared, 'gold/khuc-thua-du/pages-1-2.truth.txt'), 'utf8');
  const got = restore(raw);
  const s = scoreText(got, truth);
  say(
    `English OCR, pages 1-2 of khuc-thua-du: ${percent(s.right, s.syllables)} of ${s.syllables} syllables, numbers kept ${s.numbersKept}/${s.numbers}, invented ${s.numbersInvented}`,
  );
  show(got, truth);
}
const plans = shared
  ? ['ha-dong.md', 'hoang-tan.txt', 'hung-thang.md', 'ke-sat.txt'].map((name) => ({
      name,
      text: readFileSync(join(shared as string, 'plans', name), 'utf8').normalize('NFC'),
    }))
  : [];
if (!shared) say('../shared is absent: its plans, scans and held-out texts are skipped');

if (wanted('stripped')) {
  say('Plans stripped of their marks');
  for (const { name, text } of [...plans, ...ownPlans()]) stripped(name, text);
}
if (wanted('texts') && flags.texts) {
  say('Texts of your own stripped of their marks');
  const each = sourcesIn(flags.texts).map(({ name, path }) => stripped(name, readText(path).normalize('NFC')));
  const sum = (of: 'right' | 'syllables') => each.reduce((all, one) => all + one[of], 0);
  say(`  all together               ${percent(sum('right'), sum('syllables'))} of ${sum('syllables')} syllables`);
}
if (wanted('held') && shared) {
  say('Held-out text stripped of its marks');
  for (const { name, text } of heldOut(shared, flags.quick ? 600 : 4000)) stripped(name, text);
}
if (wanted('clean')) {
  say('Clean text: syllables changed');
  for (const { name, text } of [...plans, ...ownPlans()]) {
    const got = restore(text);
    const changed = differences(text, got);
    say(
      `  ${name.padEnd(26)} ${changed.length} of ${scoreText(text, text).syllables}${got === text ? ', byte for byte the same' : ''}`,
    );
    for (const line of changed) say(`    ${line}`);
  }
}

function read(title: string, pages: readonly ReadPage[]): void {
  let raw = 0;
  let right = 0;
  let tokensRight = 0;
  let all = 0;
  const worse: string[] = [];
  for (const page of pages) {
    const a = scoreText(page.raw, page.truth);
    const text = restore(page.raw);
    const b = scoreText(text, page.truth);
    const tokens = restoreTokens(page.words, { lineStarts: page.lineStarts });
    const c = scoreText(tokens.map((t) => t.restored).join(' '), page.truth);
    calibration.add(title, tokens, page.truth);
    raw += a.right;
    right += b.right;
    tokensRight += c.right;
    all += a.syllables;
    if (Math.min(b.right, c.right) < a.right) worse.push(`${page.name} ${a.right} → ${b.right}, ${c.right}`);
    if (b.numbersKept < a.numbersKept) worse.push(`${page.name} lost ${a.numbersKept - b.numbersKept} numbers`);
    show(text, page.truth);
  }
  const cut = (x: number): string => `${((100 * (x - raw)) / Math.max(1, all - raw)).toFixed(1)} %`;
  say(
    `${title}: ${pages.length} pages, ${all} syllables, raw ${percent(raw, all)}, restored ${percent(right, all)} (wrong cut by ${cut(right)}), with confidences ${percent(tokensRight, all)} (${cut(tokensRight)})`,
  );
  for (const line of worse) say(`  worse: ${line}`);
}

if (wanted('scans') && shared) read('Scans read with Vietnamese data', scannedPlans(shared));
if (wanted('pages')) {
  if (flags.pages && existsSync(flags.pages)) {
    read('Worn pages, Vietnamese data', renderedPages(flags.pages, 'vie'));
    read('Worn pages, English data', renderedPages(flags.pages, 'eng'));
  } else say('no --pages DIR (npm run train … --render-held-out 24): worn pages are skipped');
}
if (wanted('speed')) {
  const texts = [...plans, ...ownPlans()].map((p) => p.text).join('\n');
  const english = shared ? readFileSync(join(shared, 'plans/khuc-thua-du.txt'), 'utf8') : '';
  const speed = (name: string, text: string, profile: Profile): void => {
    restore(text, { profile });
    const start = seconds();
    for (let i = 0; i < 5; i++) restore(text, { profile });
    say(
      `${name}: ${Math.round((5 * countOf(text)) / (seconds() - start))} tokens a second of processor time, once warm`,
    );
  };
  speed('stripped', stripMarks(texts), 'stripped');
  if (shared) speed('English OCR', english, 'english-ocr');
  speed('text with marks', texts, 'vietnamese-ocr');
  const long = shared
    ? heldOut(shared, 1000)
        .map((h) => h.text)
        .join('\n')
    : texts;
  for (const tokens of [4000, 97_000]) {
    freshly('stripped', stripMarks(long), 'stripped', tokens);
    if (shared) freshly('English OCR', english, 'english-ocr', tokens);
    freshly('text with marks', long, 'vietnamese-ocr', tokens);
  }
}

function countOf(text: string): number {
  return text.split(/\s+/).length;
}

/** A new process that restores so many tokens of a text, repeated where it is shorter. */
function freshly(name: string, text: string, profile: Profile, tokens: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'fresh-'));
  try {
    const lines: string[] = [];
    const source = text.split('\n');
    for (let n = 0, i = 0; n < tokens; i++) {
      const line = source[i % source.length] as string;
      lines.push(line);
      n += countOf(line);
    }
    const file = join(folder, 'text.txt');
    writeFileSync(file, lines.join('\n'));
    const script = fileURLToPath(new URL('fresh.mjs', import.meta.url));
    const out = execFileSync(process.execPath, [script, profile, file], { encoding: 'utf8' });
    const { ready, restored, tokens: count } = JSON.parse(out) as Fresh;
    say(
      `new process, ${name}, ${count} tokens: ready in ${ready.ms.toFixed(0)} ms (${ready.cpu.toFixed(2)} s of processor time, ${ready.mb.toFixed(0)} MB), ${Math.round(count / restored.cpu)} tokens a second of processor time, ${restored.mb.toFixed(0)} MB behind it`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Fresh {
  ready: { ms: number; cpu: number; mb: number };
  restored: { cpu: number; mb: number };
  tokens: number;
}
calibration.print(say);
