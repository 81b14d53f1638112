import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isRunning } from '../../output/is-running.ts';

test('this process is at work, one that has ended is not', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  expect(isRunning(process.pid)).toBe(true);
  await once(child, 'exit');
  expect(isRunning(child.pid ?? 0)).toBe(false);
});

test.skipIf(process.platform !== 'linux')('one that ended and was never waited for is not at work', async () => {
  // The shell becomes a program that never waits for the child it inherits.
  const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 30']);
  try {
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = Number(line.toString());
    await expect.poll(() => isRunning(child), { timeout: 5000 }).toBe(false);
    expect(() => process.kill(child, 0)).not.toThrow();
  } finally {
    parent.kill();
  }
});
