import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../temp.ts';
import { planText, printedPage } from './files.ts';
import { indexOf, kehoach, tree } from './kehoach.ts';

const temp = tempFolder();

interface Event {
  event: string;
  source?: string;
  outcome?: string;
  ms?: number | null;
  cachedPages?: number;
  stages?: Record<string, number>;
}

/** The events of the last run into a folder. */
function lastLog(out: string): Event[] {
  const state = join(out, '.kehoach');
  const name = readdirSync(state)
    .filter((one) => /^run-.*\.jsonl$/.test(one))
    .sort()
    .at(-1);
  const lines = readFileSync(join(state, name ?? ''), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Event);
}

const documentsOf = (events: readonly Event[]): Event[] => events.filter(({ event }) => event === 'document');

describe('pages recognised are kept', () => {
  const plans = join(temp, 'scans');
  const out = join(temp, 'scans-out');
  const state = join(out, '.kehoach');
  const page = (): string => {
    const [id] = readdirSync(join(state, 'pages'));
    return join(state, 'pages', id ?? '', '1.json.gz');
  };
  const forgetResults = () => {
    for (const name of readdirSync(state).filter((one) => /-[0-9a-f]{8}\.json$/.test(one))) {
      writeFileSync(join(state, name), 'of an earlier version');
    }
  };
  let first: Record<string, string>;

  beforeAll(async () => {
    mkdirSync(plans);
    writeFileSync(join(plans, 'scan.png'), await printedPage('png', ['KẾ HOẠCH', 'Cải cách hành chính năm 2026']));
    expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
    first = tree(out);
  }, 60_000);

  test('the log tells the run, its page and its document', () => {
    const events = lastLog(out);
    expect(events.map(({ event }) => event)).toEqual(['run-start', 'page', 'document', 'run-end']);
    expect(events[2]).toMatchObject({ source: 'scan.png', outcome: 'done', cachedPages: 0 });
    expect(Object.keys(events[2]?.stages ?? {})).toEqual(
      'intake read recognize restore assemble segment extract check write'.split(' '),
    );
  });

  test('a result of an earlier version is made anew from them, a review untouched', async () => {
    forgetResults();
    const folder = indexOf(out).documents[0]?.folder ?? '';
    const review = join(out, folder, 'review.json');
    writeFileSync(review, 'a reviewer’s');
    expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
    expect(documentsOf(lastLog(out))).toMatchObject([{ ms: expect.any(Number), cachedPages: 1 }]);
    expect(readFileSync(review, 'utf8')).toBe('a reviewer’s');
    const { [join(folder, 'review.json')]: _, ...rest } = tree(out);
    expect(rest).toEqual(first);
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 100)],
    ['flipped', (bytes: Buffer) => Buffer.from(bytes).fill(0x55, 60, 64)],
    ['empty', () => Buffer.alloc(0)],
  ])('one that is %s is recognised anew', async (_, damage) => {
    const kept = readFileSync(page());
    writeFileSync(page(), damage(kept));
    forgetResults();
    expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
    expect(documentsOf(lastLog(out))).toMatchObject([{ cachedPages: 0 }]);
    expect(readFileSync(page())).toEqual(kept);
  });

  test('--force recognises them anew', async () => {
    expect((await kehoach(['import', plans, '--out', out, '--force'])).code).toBe(0);
    expect(documentsOf(lastLog(out))).toMatchObject([{ cachedPages: 0 }]);
  });

  test('they go when their source has other bytes', async () => {
    const before = page();
    writeFileSync(join(plans, 'scan.png'), await printedPage('png', ['KẾ HOẠCH', 'Cải cách hành chính năm 2027']));
    expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
    expect(existsSync(before)).toBe(false);
    expect(page()).not.toBe(before);
  });
});

describe('a source that has changed', () => {
  const plans = join(temp, 'changed');
  const out = join(temp, 'changed-out');
  const folders = (): string[] => readdirSync(out).filter((name) => /-[0-9a-f]{8}$/.test(name));

  test('leaves no earlier result behind, but one that was reviewed is moved aside', async () => {
    mkdirSync(plans);
    for (const name of ['a', 'b']) writeFileSync(join(plans, `${name}.txt`), planText(name.charCodeAt(0)));
    await kehoach(['import', plans, '--out', out]);
    const [a, b] = folders() as [string, string];
    writeFileSync(join(out, b, 'review.json'), '{}');
    for (const name of ['a', 'b']) writeFileSync(join(plans, `${name}.txt`), planText(name.charCodeAt(0) + 10));
    const { code, stderr } = await kehoach(['import', plans, '--out', out]);
    expect(code).toBe(0);
    expect(folders()).toHaveLength(2);
    expect(folders()).toEqual(indexOf(out).documents.map(({ folder }) => folder));
    expect(folders()).not.toContain(a);
    const aside = join(out, '.kehoach/replaced', b);
    expect(readFileSync(join(aside, 'review.json'), 'utf8')).toBe('{}');
    expect(stderr).toContain(`its earlier result, with the decisions, is now ${aside}`);
  });
});

describe('--since and --only', () => {
  const plans = join(temp, 'some');
  const out = join(temp, 'some-out');
  const run = async (...more: string[]) => {
    const { code, stdout, stderr } = await kehoach(['import', plans, '--out', out, '--json', ...more]);
    const { documents = [] } = (stdout ? JSON.parse(stdout) : {}) as {
      documents?: { source: string; milliseconds: number | null }[];
    };
    return {
      code,
      stderr,
      sources: documents.map(({ source }) => source),
      kept: documents.map((one) => one.milliseconds === null),
    };
  };

  beforeAll(async () => {
    mkdirSync(plans);
    writeFileSync(join(plans, 'new.txt'), planText(1));
    writeFileSync(join(plans, 'old.txt'), planText(2));
    copyFileSync(join(import.meta.dirname, '../fixtures/word/ke-hoach.doc'), join(plans, 'cut.doc'));
    writeFileSync(join(plans, 'cut.doc'), readFileSync(join(plans, 'cut.doc')).subarray(0, 600));
    const then = new Date('2025-06-01T12:00:00');
    utimesSync(join(plans, 'old.txt'), then, then);
    utimesSync(join(plans, 'cut.doc'), then, then);
    expect((await run()).code).toBe(1);
  }, 60_000);

  test.each([
    ['2025-06-02', ['new.txt']],
    ['2025-06-01', ['cut.doc', 'new.txt', 'old.txt']],
    ['2025-06-01T12:00:01', ['new.txt']],
  ])('--since %s', async (since, expected) => {
    expect((await run('--since', since)).sources).toEqual(expected);
    expect(indexOf(out).documents).toHaveLength(3);
  });

  test('--since a day to come: nothing to do, 0', async () => {
    const { code, stderr, sources } = await run('--since', '2100-01-01');
    expect([code, sources]).toEqual([0, []]);
    expect(stderr).toBe('Nothing to do: --since and --only leave out all 3 plans.\n');
  });

  test('--only failed tries those again, and nothing else', async () => {
    const { code, sources, kept } = await run('--only', 'partial,failed');
    expect([code, sources, kept]).toEqual([2, ['cut.doc'], [false]]);
    expect(indexOf(out).documents.map(({ outcome }) => outcome)).toEqual(['failed', 'done', 'done']);
  });

  test.each([
    [['--since', 'yesterday'], /"yesterday" is no date: write 2026-11-20/],
    [['--only', 'bad'], /"bad" is no outcome: write done, partial, failed/],
  ])('%j: 2, and what to write', async (more, message) => {
    const { code, stderr } = await run(...more);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
