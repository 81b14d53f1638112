import { setTimeout as sleep } from 'node:timers/promises';
import { tree } from '../cli/kehoach.ts';

/** The files of a results folder; what a run keeps for itself is left out. */
export function results(out: string): Record<string, string> {
  return Object.fromEntries(Object.entries(tree(out)).filter(([path]) => !path.startsWith('.kehoach')));
}

export async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await sleep(50);
}
