import { spawnSync } from 'node:child_process';

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** Ends what is left of the group that a process led; Windows knows no groups. */
export function killGroup(leader: number): void {
  if (process.platform !== 'win32') kill(-leader);
}

/** Ends a process and all it has started, at once. Elsewhere than on Windows it must lead a group of its own. */
export function killTree(pid: number): void {
  if (process.platform === 'win32') spawnSync('taskkill', ['/T', '/F', '/PID', String(pid)], { windowsHide: true });
  killGroup(pid);
  kill(pid);
}
