/** Measures speed and memory beside other programs: `npm run bench`; see BENCHMARKS.md. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { VERSION } from '../pipeline/version.ts';
import { makeScans, type Scans } from './material.ts';
import { findPeers, type Peers } from './peers.ts';
import { writeSection } from './report.ts';
import { bornDigital } from './suites/born-digital.ts';
import type { Suite } from './suites/context.ts';
import { growth, memory } from './suites/growth.ts';
import { nativeScans, PAGES, scriptScans } from './suites/scans.ts';
import { extract, restore } from './suites/text.ts';

const SUITES: Record<string, Suite> = {
  native: nativeScans,
  'tesseract.js': scriptScans,
  born: bornDigital,
  restore,
  extract,
  growth,
  memory,
};

const HELP = `npm run bench -- [options]

  --only NAME,…     of ${Object.keys(SUITES).join(', ')}
  --rounds N        runs of each program (3)
  --files FOLDER    PDFs to measure in place of those in corpus/plans
  --write FILE      puts the tables into the places that FILE marks for them`;

function machine({ tesseract, ocrmypdf, pdftotext, liteparse }: Peers): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const found = Object.entries({ tesseract, OCRmyPDF: ocrmypdf, pdftotext, LiteParse: liteparse?.version ?? null });
  const programs = found.map(([name, version]) => (version === null ? `${name} not found` : `${name} ${version}`));
  return [
    `${new Date().toISOString().slice(0, 10)}, kehoach ${VERSION}, Node.js ${process.versions.node}`,
    `${type()} ${release()}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${gigabytes} GiB`,
    programs.join(', '),
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function suitesNamed(only: string | undefined): [string, Suite][] {
  const names = only === undefined ? Object.keys(SUITES) : only.split(',');
  return names.map((name) => {
    const suite = SUITES[name];
    if (!suite) throw new Error(`--only ${name}: there is ${Object.keys(SUITES).join(', ')}`);
    return [name, suite];
  });
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    files: { type: 'string' },
    write: { type: 'string' },
    help: { type: 'boolean' },
  },
});

const tell = (line: string) => void process.stderr.write(`  ${line}\n`);

async function main(): Promise<void> {
  const suites = suitesNamed(values.only);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: a whole number above 0`);
  const folder = await mkdtemp(join(tmpdir(), 'kehoach-bench-'));
  try {
    const peers = await findPeers(join(folder, 'peers'));
    const sections: [id: string, text: string][] = [['machine', machine(peers)]];
    const files = values.files === undefined ? undefined : resolve(values.files);
    let made: Promise<Scans> | undefined;
    const scans = async () => {
      made ??= mkdtemp(join(folder, 'scans-')).then((own) => makeScans(files, PAGES, own));
      return made;
    };
    for (const [name, suite] of suites) {
      process.stderr.write(`${name}\n`);
      const own = await mkdtemp(join(folder, `${name}-`));
      sections.push([name, await suite({ rounds, files, peers, scans, folder: own, tell })]);
      await rm(own, { recursive: true, force: true });
    }
    for (const [id, text] of sections) {
      process.stdout.write(`${id}\n\n${text}\n\n`);
      if (values.write !== undefined) await writeSection(values.write, id, text);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await main();
