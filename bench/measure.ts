import { readdirSync, readFileSync } from 'node:fs';

/** What a piece of work took. */
export interface Measured {
  seconds: number;
  /** Seconds of the processors that its processes took; null where the system does not tell. */
  cpu: number | null;
  /** The most bytes that its processes held at one time; null where the system does not tell. */
  memory: number | null;
}

/** Milliseconds between two looks at the processes' memory: a look holds them up, and the more the more they hold. */
const INTERVAL = 1000;
/** Milliseconds to the first look. */
const FIRST = 250;
/** Linux counts processor time in ticks of a hundredth of a second. */
const TICKS = 100;

const isLinux = process.platform === 'linux';

/** The numbers after a process's name in /proc/PID/stat, of which the first is its parent; null where it is gone. */
function statOf(pid: string | number): number[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 4)
      .split(' ')
      .map(Number);
  } catch {
    return null;
  }
}

/** Processes that a process has started, and those that they have; threads start processes too. */
function descendants(pid: string): string[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

/** Bytes a process holds, with its share of what it holds together with others. */
function proportionalBytes(pid: string): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Processor seconds of all children that have ended, theirs among them. */
function cpuOfChildren(): number {
  const stat = statOf(process.pid);
  return ((stat?.[12] ?? 0) + (stat?.[13] ?? 0)) / TICKS;
}

/** Measures the processes that `work` starts and waits for. */
export async function measure(work: () => Promise<void>): Promise<Measured> {
  let memory = 0;
  const look = () => {
    memory = Math.max(
      memory,
      descendants(String(process.pid)).reduce((sum, pid) => sum + proportionalBytes(pid), 0),
    );
  };
  const [first, sampler] = isLinux ? [setTimeout(look, FIRST), setInterval(look, INTERVAL)] : [];
  const cpu = cpuOfChildren();
  const started = performance.now();
  try {
    await work();
    const seconds = (performance.now() - started) / 1000;
    return isLinux ? { seconds, cpu: cpuOfChildren() - cpu, memory } : { seconds, cpu: null, memory: null };
  } finally {
    clearTimeout(first);
    clearInterval(sampler);
  }
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
