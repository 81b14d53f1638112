import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A program that goes on running and reads one picture after another: a start costs as much as several lines of print. */
export interface NativeReader {
  /**
   * The hOCR page of each picture, by their names in the program's folder, which must differ from all names before. Called
   * again only when it has answered. Throws ReaderEnded where the program ends by itself or writes what is no text.
   */
  read(names: readonly string[]): Promise<string[]>;
  /** Ends it; what is being read fails. Resolves when it has ended. */
  close(): Promise<void>;
}

/** The program is gone, for a reason of its own. */
export class ReaderEnded extends Error {}

/** The name of a white picture that must lie in the folder. */
export const BLANK = 'blank.tif';
/**
 * The program's output waits in a buffer until 4 KiB are full. A page's hOCR names its picture: a blank one with a long name
 * pushes out the page before it. Linux takes names of 4,096 letters, others 1,024.
 */
const PUSH = `${'./'.repeat(process.platform === 'linux' ? 2040 : 500)}${BLANK}`;
const BUFFER = 4096;
/** Milliseconds from when a blank picture's turn comes to the next one, if the answer has not come by then. */
const WAIT = 50;
/** Letters after which it never will. */
const PATIENCE = 1 << 20;

const PAGE = "<div class='ocr_page'";
const NAME = /image "([^"]*)"/;
/** Said on standard error of each picture as its turn comes. */
const BEGUN = /^Page \d+ :/gm;

/** Starts `tesseract` with the arguments given, to be told the names of pictures in `folder`. */
export function startReader(args: readonly string[], folder: string): NativeReader {
  const child = spawn('tesseract', ['stdin', 'stdout', ...args, '-c', 'stream_filelist=1'], {
    ...{ cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true },
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let killed = false;
  let ended: Error | null = null;
  let under: { names: readonly string[]; settle: (error: Error | null) => void } | null = null;
  const found = new Map<string, string>();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let messages = '';
  let clock: NodeJS.Timeout | undefined;
  /** Pictures sent, those whose turn has come, letters of blank ones in this call. */
  let [sent, begun, pushed] = [0, 0, 0];

  function end(error: Error): void {
    ended ??= error;
    under?.settle(ended);
  }
  function push(): void {
    child.stdin.write(`${PUSH}\n`);
    sent++;
    pushed += PUSH.length;
  }
  function pushOn(): void {
    if (pushed < PATIENCE) push();
    else {
      end(new ReaderEnded('tesseract does not answer'));
      kill();
    }
  }
  function take(): void {
    const parts = text.split(PAGE);
    text = parts.length > 1 ? PAGE + parts.at(-1) : text;
    for (const part of parts.slice(1, -1)) {
      const name = NAME.exec(part)?.[1];
      if (name !== undefined && under?.names.includes(name)) found.set(name, PAGE + part);
    }
    if (under?.names.every((name) => found.has(name))) under.settle(null);
  }

  child.stdout.on('data', (bytes: Buffer) => {
    try {
      text += decoder.decode(bytes, { stream: true });
      take();
    } catch {
      end(new ReaderEnded('tesseract wrote bytes that are no text'));
      kill();
    }
  });
  child.stderr.setEncoding('utf8').on('data', (said: string) => {
    messages += said;
    const last = messages.lastIndexOf('\n') + 1;
    begun += messages.slice(0, last).match(BEGUN)?.length ?? 0;
    messages = messages.slice(last);
    clearTimeout(clock);
    if (under !== null && begun >= sent) clock = setTimeout(pushOn, WAIT);
  });
  // Its end is told by 'close'.
  child.stdin.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      end(new ReaderEnded(error.message));
      resolve();
    });
    child.on('close', (code, signal) => {
      process.off('exit', kill);
      const said = `tesseract ended with ${signal ?? code}`;
      end(killed ? new Error(said) : new ReaderEnded(said));
      resolve();
    });
  });

  // An idle program keeps no process alive.
  const hold = (isHeld: boolean) => {
    for (const part of [child, child.stdin, child.stdout, child.stderr] as (Readable & {
      ref?(): void;
      unref?(): void;
    })[])
      (isHeld ? part.ref : part.unref)?.call(part);
  };

  return {
    async read(names) {
      if (ended) throw ended;
      hold(true);
      try {
        await new Promise<void>((resolve, reject) => {
          under = { names, settle: (error) => (error ? reject(error) : resolve()) };
          pushed = 0;
          sent += names.length;
          child.stdin.write(names.map((name) => `${name}\n`).join(''));
          while (pushed < BUFFER) push();
        });
        return names.map((name) => found.get(name) ?? '');
      } finally {
        under = null;
        clearTimeout(clock);
        found.clear();
        hold(false);
      }
    },
    close() {
      killed = true;
      hold(true);
      if (under === null) child.stdin.end();
      else kill();
      return gone;
    },
  };
}
