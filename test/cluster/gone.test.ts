import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planText } from '../cli/files.ts';
import { kehoach, start } from '../cli/kehoach.ts';
import { tempFolder } from '../temp.ts';
import { until } from './helpers.ts';
import { startServer } from './server.ts';

const temp = tempFolder();
const plans = join(temp, 'plans');

test.skipIf(process.platform === 'win32')('a server that goes away in the middle', async () => {
  mkdirSync(plans);
  for (let number = 1; number <= 3; number++) writeFileSync(join(plans, `${number}.txt`), planText(number));
  const server = await startServer();
  const url = await server.database('plans');
  const worker = start(['worker', '--database', url, '--jobs', '1']);
  let told = '';
  worker.child.stderr?.on('data', (text: string) => {
    told += text;
  });
  await until(async () => told.includes('Ctrl-C ends it'));
  // Nobody takes its pages: the engine it waits for is read by no worker.
  const importing = start(['import', plans, '--database', url, '--out', join(temp, 'out')]);
  await importing.ended;
  await server.stop();
  const late = kehoach(['import', plans, '--database', url]);
  await until(async () => told.includes('the connection is lost'));
  const { code, stderr } = await late;
  expect(code).toBe(2);
  expect(stderr).toMatch(/No server answers there: start PostgreSQL/);
  await server.start();
  await until(async () => told.includes('The database is there again.'));
  expect((await kehoach(['import', plans, '--database', url, '--force'])).code).toBe(0);
  worker.child.kill('SIGINT');
  expect((await worker.ended).code).toBe(0);
  await server.remove();
});
