import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { PlanIndex, PlanRecord } from '../../output/record.ts';
import { encryptedPdf, planText, printedPage } from '../cli/files.ts';
import { tiff } from '../ocr/make-tiff.ts';
import { docx, p } from '../word/make-docx.ts';
import { CIRCULAR, manyPages } from './inputs.ts';
import { type Random, randomOf } from './random.ts';

const BILEVEL = { bits: 1, photometric: 0, compression: 1 };
const ROOT = join(import.meta.dirname, '../..');
const ENDINGS = ['.pdf', '.png', '.jpg', '.tif', '.txt', '.md', '.docx', '.doc'];
/** Seconds one document may be worked on; its pages are read by several workers at once, its record has a clock of its own. */
const BUDGET = 60;
const JOBS = 2;
const MOST_WORK = BUDGET * (JOBS + 1);
/** Milliseconds between two looks at the run's memory. */
const SAMPLE = 500;

export interface DamagedOptions {
  /** A folder of the caller's; what is in it stays there. */
  folder: string;
  /** The built command line. */
  cli: string;
  files: number;
  seed: number;
}

export interface DamagedResult {
  /** Outcomes and codes of errors by ending. */
  outcomes: Record<string, Record<string, number>>;
  /** Resident memory of the run's own process, in MiB: when a quarter is done, at the end, at most. */
  memory: { early: number; late: number; most: number };
  /** Documents stopped by their clock. */
  timeouts: number;
  /** Documents that a decoder or engine died of, twice: told as such, with nothing else harmed. */
  crashed: string[];
  /** Longest work on one document, seconds. */
  longest: number;
  /** What was wrong, a line each: nothing where all is well. */
  wrong: string[];
}

type Damage = (bytes: Buffer, random: Random) => Buffer;

const between = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from));

const DAMAGES: Record<string, Damage> = {
  cut: (bytes, random) => bytes.subarray(0, between(random, 0, bytes.length)),
  flipped(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let n = between(random, 1, 60); n > 0; n--) {
      const at = between(random, 0, copy.length);
      copy.writeUInt8(copy.readUInt8(at) ^ (1 << between(random, 0, 8)), at);
    }
    return copy;
  },
  zeroed(bytes, random) {
    const from = between(random, 0, bytes.length);
    return Buffer.from(bytes).fill(0, from, Math.min(bytes.length, from + between(random, 1, 4096)));
  },
  spliced(bytes, random) {
    const [from, to, at] = [0, 0, 0].map(() => between(random, 0, bytes.length)) as [number, number, number];
    const part = bytes.subarray(Math.min(from, to), Math.max(from, to));
    return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  },
  headless: (bytes, random) => bytes.subarray(between(random, 1, Math.min(bytes.length, 64))),
};

/** Small files that are whole, of every kind. */
async function wholeFiles(): Promise<[string, Buffer][]> {
  const lines = ['KẾ HOẠCH', 'Cải cách hành chính năm 2026'];
  const word = docx({
    body: planText(5)
      .split('\n')
      .map((line) => p(line))
      .join(''),
  });
  return [
    ['.txt', Buffer.from(planText(1))],
    ['.md', Buffer.from(`# Kế hoạch\n\n${planText(2)}\n| TT | Nội dung |\n|---|---|\n| 1 | Rà soát |\n`)],
    ['.pdf', readFileSync(join(ROOT, 'corpus/plans/thach-lang.pdf'))],
    ['.pdf', encryptedPdf('', 'KE HOACH NAM 2026')],
    ['.pdf', manyPages(3)],
    ['.pdf', CIRCULAR['a form in itself.pdf'] ?? Buffer.alloc(0)],
    ['.docx', word],
    ['.docx', docx({ body: p('Kế hoạch').repeat(40) })],
    ['.doc', readFileSync(join(ROOT, 'test/fixtures/word/ke-hoach.doc'))],
    ['.png', await printedPage('png', lines)],
    ['.jpg', await printedPage('jpeg', lines)],
    ['.tif', tiff([{ width: 400, height: 300, data: new Uint8Array(50 * 300).fill(15, 4000, 6000), ...BILEVEL }])],
  ];
}

/** Writes `count` damaged files; the same for the same seed. */
export async function writeDamaged(folder: string, count: number, seed: number): Promise<void> {
  const random = randomOf(seed);
  const whole = await wholeFiles();
  const damages = Object.entries(DAMAGES);
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < count; number++) {
    const [ending, bytes] = whole[number % whole.length] as [string, Buffer];
    const [name, damage] = damages[between(random, 0, damages.length)] as [string, Damage];
    const wrong = random() < 0.1;
    const other = wrong ? (ENDINGS[between(random, 0, ENDINGS.length)] ?? ending) : ending;
    const file = `${String(number).padStart(4, '0')} ${name} ${ending.slice(1)}${other}`;
    writeFileSync(join(folder, file), damage(bytes, random));
  }
}

/** Imports damaged files and says what became of them. */
export async function runDamaged({ folder, cli, files, seed }: DamagedOptions): Promise<DamagedResult> {
  const plans = join(folder, 'damaged');
  const out = join(folder, 'results');
  await writeDamaged(plans, files, seed);
  const run = spawn(
    process.execPath,
    [cli, 'import', plans, '--out', out, '--timeout', String(BUDGET), '--jobs', String(JOBS)],
    {
      stdio: 'ignore',
    },
  );
  const samples: { done: number; mib: number }[] = [];
  const timer = setInterval(() => samples.push({ done: doneIn(out), mib: residentMib(run.pid ?? 0) }), SAMPLE);
  const code = await new Promise((resolve) => run.once('exit', (status, signal) => resolve(status ?? signal)));
  clearInterval(timer);
  const result: DamagedResult = {
    ...{ outcomes: {}, timeouts: 0, longest: 0, crashed: [], wrong: [] },
    memory: {
      early: middle(samples.filter(({ done }) => done > files * 0.2 && done < files * 0.4)),
      late: middle(samples.filter(({ done }) => done > files * 0.8)),
      most: Math.max(0, ...samples.map(({ mib }) => mib)),
    },
  };
  if (code !== 0 && code !== 1) result.wrong.push(`exit code ${code}`);
  judge(plans, out, result);
  return result;
}

function judge(plans: string, out: string, result: DamagedResult): void {
  const { documents } = PlanIndex.parse(JSON.parse(readFileSync(join(out, 'index.json'), 'utf8')));
  const entries = new Map(documents.map((entry) => [entry.source, entry]));
  for (const source of readdirSync(plans)) {
    const entry = entries.get(source.normalize('NFC'));
    if (entry === undefined) {
      result.wrong.push(`${source}: no entry`);
      continue;
    }
    const record = PlanRecord.parse(JSON.parse(readFileSync(join(out, entry.folder, 'document.json'), 'utf8')));
    const errors = record.issues.filter(({ severity }) => severity === 'error');
    const told = [record.outcome, ...new Set(errors.map(({ code }) => code))].join(' ');
    const ending = extname(source);
    const counts = result.outcomes[ending] ?? {};
    result.outcomes[ending] = { ...counts, [told]: (counts[told] ?? 0) + 1 };
    if (record.outcome !== 'done' && errors.length === 0)
      result.wrong.push(`${source}: ${record.outcome} without a cause`);
    for (const { code, message } of errors) {
      if (code === 'timeout') result.timeouts++;
      if (code === 'crashed') result.crashed.push(`${source}: ${message}`);
    }
  }
  for (const { source, seconds } of workIn(out)) {
    result.longest = Math.max(result.longest, seconds);
    if (seconds > MOST_WORK) result.wrong.push(`${source}: ${Math.round(seconds)} s of work`);
  }
}

/** What the run's log tells of the work on each document. */
function workIn(out: string): { source: string; seconds: number }[] {
  return eventsIn(out).flatMap(({ event, source = '', stages = {} }) => {
    const ms = Object.values(stages).reduce((sum, one) => sum + one, 0);
    return event === 'document' ? { source, seconds: ms / 1000 } : [];
  });
}

function eventsIn(out: string): { event: string; source?: string; stages?: Record<string, number> }[] {
  const state = join(out, '.kehoach');
  const names = readdirSync(state).filter((name) => name.endsWith('.jsonl'));
  const lines = names.flatMap((name) => readFileSync(join(state, name), 'utf8').split('\n').filter(Boolean));
  return lines.map((line) => JSON.parse(line));
}

function doneIn(out: string): number {
  try {
    return eventsIn(out).filter(({ event }) => event === 'document').length;
  } catch {
    return 0;
  }
}

function residentMib(pid: number): number {
  try {
    return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function middle(samples: { mib: number }[]): number {
  const sorted = samples.map(({ mib }) => mib).sort((a, b) => a - b);
  return Math.round(sorted[sorted.length >> 1] ?? 0);
}
