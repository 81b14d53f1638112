import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLANS, run, serve } from './browser.ts';

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

// Which processes a process has started is told on Linux alone.
test.skipIf(process.platform !== 'linux')(
  'what ends the drawing of a page does not end the page of the reviewer',
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'kehoach-pictures-'));
    const results = join(dir, 'results');
    await run('import', join(PLANS, 'ha-due.pdf'), '--out', results);
    const served = await serve(results);
    try {
      const { documents } = (await (await fetch(`${served.url}api/documents`)).json()) as {
        documents: { folder: string }[];
      };
      const folder = encodeURIComponent(documents[0]?.folder ?? '');
      const picture = (page: number) => fetch(`${served.url}api/documents/${folder}/pages/${page}/picture`);
      const size = async (answer: Promise<Response>) => (await (await answer).arrayBuffer()).byteLength;
      expect(await size(picture(1))).toBeGreaterThan(10_000);
      const [first, ...others] = childrenOf(served.pid);
      expect(others).toEqual([]);
      const second = picture(2);
      process.kill(first as number, 'SIGKILL');
      expect(await size(second)).toBeGreaterThan(10_000);
      expect(await size(picture(3))).toBeGreaterThan(10_000);
      const [next] = childrenOf(served.pid);
      expect(next).not.toBe(first);
      await served.close();
      expect(() => process.kill(next as number, 0)).toThrow(/ESRCH/);
    } finally {
      await served.close();
      await rm(dir, { recursive: true, force: true });
    }
  },
);
