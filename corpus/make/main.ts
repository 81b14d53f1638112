import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findTypeface, fontFaces } from './fonts.ts';
import { page } from './page.ts';
import { paste } from './paste.ts';
import { print } from './print.ts';
import { scan } from './scan.ts';
import { type Plan, readSource } from './source.ts';
import { truth } from './truth.ts';

const HELP = `npm run corpus                                    makes all of corpus/plans and the text.txt of corpus/gold from corpus/sources
npm run corpus -- SOURCE.md --to OUT [options]    makes one file; by its ending: .pdf, .txt (as pasted out of a PDF), .truth.txt, .html

  --scan LEVEL   a scan instead of a born-digital PDF, worn 0 (clean) to 3 (bad)
  --dpi N        its resolution (200)
  --seed N       the same seed gives the same pixels, and the same line breaks of a .txt (1)
  --seal         a red seal and a signature over the signature block`;

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The plan as the bytes of a file. */
async function render(plan: Plan, to: string): Promise<string | Uint8Array> {
  if (to.endsWith('.truth.txt')) return truth(plan);
  if (to.endsWith('.txt')) return paste(plan);
  if (to.endsWith('.html')) return page(plan);
  if (!to.endsWith('.pdf')) throw new Error(`--to ${to}: the ending must be .pdf, .txt or .html`);
  const face = findTypeface();
  const pdf = await print(page(plan, fontFaces(face)));
  return plan.make === 'scan' ? scan(pdf, plan, plan.scan, face) : pdf;
}

async function makeAll(): Promise<void> {
  const sources = readdirSync(join(ROOT, 'sources')).filter((name) => name.endsWith('.md'));
  for (const source of sources.sort()) {
    const plan = readSource(join(ROOT, 'sources', source));
    const name = basename(source, '.md');
    const file = `${name}.${plan.make === 'txt' ? 'txt' : 'pdf'}`;
    mkdirSync(join(ROOT, 'plans'), { recursive: true });
    mkdirSync(join(ROOT, 'gold', name), { recursive: true });
    writeFileSync(join(ROOT, 'plans', file), await render(plan, file));
    writeFileSync(join(ROOT, 'gold', name, 'text.txt'), truth(plan));
    console.error(`corpus/plans/${file}`);
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
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [source, ...more] = positionals;
  if (source === undefined) {
    if (Object.keys(values).length > 0) throw new Error('options need a source; see --help');
    await makeAll();
    return;
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
