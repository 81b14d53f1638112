import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { planText } from '../cli/files.ts';
import { indexOf, kehoach } from '../cli/kehoach.ts';
import { tempFolder } from '../temp.ts';
import { begin, endAll, until } from './helpers.ts';
import { startServer } from './server.ts';

vi.setConfig({ testTimeout: 180_000 });
const temp = tempFolder();
const plans = join(temp, 'plans');
afterAll(endAll);

/** Starts a command; `says` waits until it has said something on standard error. */
function follow(args: string[]) {
  const command = begin(args);
  let told = '';
  command.child.stderr?.on('data', (text: string) => {
    told += text;
  });
  return { ...command, says: (text: string) => until(async () => told.includes(text)) };
}

test.skipIf(process.platform === 'win32')(
  'the server goes away: an import says so, a worker and a watch wait for it',
  async () => {
    mkdirSync(plans);
    for (let number = 1; number <= 3; number++) writeFileSync(join(plans, `${number}.txt`), planText(number));
    const server = await startServer();
    const url = await server.database('plans');
    const importing = follow(['import', plans, '--database', await server.database('alone')]);
    const worker = follow(['worker', '--database', url]);
    const out = join(temp, 'out');
    const watch = follow(['import', plans, '--database', url, '--out', out, '--watch']);
    const says = [importing.says('no worker of this version'), worker.says('Ctrl-C ends it')];
    await Promise.all([...says, watch.says('Waiting for plans')]);

    await server.stop();
    writeFileSync(join(plans, '4.txt'), planText(4));
    const lost = [worker.says('the connection is lost'), watch.says('It is tried again every few seconds')];
    const [{ code, stderr }] = await Promise.all([importing.ended, ...lost]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/No server answers there: start PostgreSQL|the connection is lost.*what is done stays done/);

    await server.start();
    await worker.says('The database is there again.');
    await until(async () => indexOf(out).documents.length === 4);
    expect((await kehoach(['import', plans, '--database', url])).code).toBe(0);
    for (const { child } of [worker, watch]) child.kill('SIGINT');
    expect([(await worker.ended).code, (await watch.ended).code]).toEqual([0, 130]);
    await server.remove();
  },
);
