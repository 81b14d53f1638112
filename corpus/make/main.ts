import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeCases } from './cases.ts';
import { readAsEnglish } from './english.ts';
import { findTypeface, fontFaces } from './fonts.ts';
import { markdown } from './markdown.ts';
import { page } from './page.ts';
import { paste } from './paste.ts';
import { print } from './print.ts';
import { scan } from './scan.ts';
import { type Plan, readSource } from './source.ts';
import { truth } from './truth.ts';
import { word } from './word.ts';

const HELP = `npm run corpus                                    makes corpus/plans, corpus/scans and the text.txt of corpus/gold from corpus/sources
npm run corpus -- --only NAME …                   the same, of these plans and hard cases alone
npm run corpus -- SOURCE.md --to OUT [options]    makes one file; by its ending: .pdf, .txt (as pasted out of a PDF), .md, .docx,
                                                  .english.txt (as English OCR reads it), .truth.txt, .html
npm run corpus:all -- --to FOLDER                 every plan as text, as born-digital PDF and as scan of level 1, in FOLDER/text, /born, /scan-1
npm run corpus:all -- --to FOLDER --worn          every plan as scans of levels 1 to 3, in FOLDER/LEVEL-DPI, to fit the weights of confidence to

  --scan LEVEL   a scan instead of a born-digital PDF, worn 0 (clean) to 3 (bad)
  --dpi N        its resolution (200)
  --seed N       the same seed gives the same pixels, and the same line breaks of a .txt (1)
  --seal         a red seal and a signature over the signature block`;

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The plan as the bytes of a file. */
async function render(plan: Plan, to: string): Promise<string | Uint8Array> {
  if (to.endsWith('.truth.txt')) return truth(plan);
  if (to.endsWith('.english.txt')) return readAsEnglish(await printed(plan), plan.scan.seed);
  if (to.endsWith('.txt')) return paste(plan);
  if (to.endsWith('.md')) return markdown(plan);
  if (to.endsWith('.docx')) return word(plan);
  if (to.endsWith('.html')) return page(plan);
  if (!to.endsWith('.pdf')) throw new Error(`--to ${to}: the ending must be .pdf, .txt, .md, .docx or .html`);
  const pdf = await printed(plan);
  return plan.make === 'scan' ? scan(pdf, plan, plan.scan, findTypeface()) : pdf;
}

const printed = (plan: Plan): Promise<Uint8Array> => print(page(plan, fontFaces(findTypeface())));

/** The ending that says how a plan is made, and the one of its file. */
function endings(plan: Plan): [as: string, file: string] {
  if (plan.make === 'english') return ['.english.txt', '.txt'];
  const ending = plan.make === 'scan' ? '.pdf' : `.${plan.make}`;
  return [ending, ending];
}

const sourceNames = (): string[] =>
  readdirSync(join(ROOT, 'sources'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => basename(file, '.md'))
    .sort();

async function makeAll(only: readonly string[]): Promise<void> {
  for (const name of sourceNames()) {
    if (only.length > 0 && !only.includes(name)) continue;
    const plan = readSource(join(ROOT, 'sources', `${name}.md`));
    mkdirSync(join(ROOT, 'gold', name), { recursive: true });
    writeFileSync(join(ROOT, 'gold', name, 'text.txt'), truth(plan));
    if (plan.make === 'case') continue;
    const [as, ending] = endings(plan);
    mkdirSync(join(ROOT, 'plans'), { recursive: true });
    writeFileSync(join(ROOT, 'plans', name + ending), await render(plan, as));
    console.error(`corpus/plans/${name}${ending}`);
  }
  await makeCases(join(ROOT, 'scans'), join(ROOT, 'sources'), only, (path) => console.error(path));
}

/** The forms that plans are made in, each in its folder; `scan` is what differs from the plan's own. */
interface Form {
  folder: string;
  make: Plan['make'];
  ending: string;
  scan: Partial<Plan['scan']>;
}

const FORMS: readonly Form[] = [
  { folder: 'text', make: 'txt', ending: '.txt', scan: {} },
  { folder: 'born', make: 'pdf', ending: '.pdf', scan: {} },
  { folder: 'scan-1', make: 'scan', ending: '.pdf', scan: { level: 1, dpi: 200 } },
];

const WORN: readonly Form[] = [
  { level: 1, dpi: 150, seed: 11, seal: false },
  { level: 2, dpi: 200, seed: 21, seal: true },
  { level: 3, dpi: 200, seed: 31, seal: false },
  { level: 3, dpi: 150, seed: 41, seal: false },
].map((scan) => ({ folder: `${scan.level}-${scan.dpi}`, make: 'scan', ending: '.pdf', scan }));

/** Every plan in several forms, to measure with. */
async function makeForms(to: string, forms: readonly Form[]): Promise<void> {
  for (const name of sourceNames()) {
    for (const { folder, make, ending, scan } of forms) {
      const plan = readSource(join(ROOT, 'sources', `${name}.md`));
      const path = join(to, folder, name + ending);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await render({ ...plan, make, scan: { ...plan.scan, ...scan } }, ending));
      console.error(path);
    }
  }
}

function numeric(value: string, name: string, low: number, high: number): number {
  const n = Number(value);
  if (Number.isFinite(n) && n >= low && n <= high) return n;
  throw new Error(`--${name} ${value}: must be a number from ${low} to ${high}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      scan: { type: 'string' },
      dpi: { type: 'string' },
      seed: { type: 'string' },
      seal: { type: 'boolean' },
      only: { type: 'boolean' },
      all: { type: 'boolean' },
      worn: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values.all) {
    if (values.to === undefined) throw new Error('--to FOLDER is needed; see --help');
    return makeForms(values.to, values.worn ? WORN : FORMS);
  }
  const [source, ...more] = positionals;
  if (source === undefined || values.only) {
    if (source === undefined && Object.keys(values).length > 0) throw new Error('options need a source; see --help');
    return makeAll(positionals);
  }
  if (more.length > 0 || values.to === undefined) throw new Error('one source and --to are needed; see --help');
  const plan = readSource(source);
  plan.make = values.scan === undefined ? 'pdf' : 'scan';
  plan.scan = {
    level: numeric(values.scan ?? '0', 'scan', 0, 3),
    dpi: numeric(values.dpi ?? '200', 'dpi', 36, 600),
    seed: numeric(values.seed ?? '1', 'seed', 0, 2 ** 31),
    seal: values.seal ?? false,
  };
  writeFileSync(values.to, await render(plan, values.to));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
