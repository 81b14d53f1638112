import { InvalidArgumentError } from 'commander';
import type { View } from '../../output/terminal.ts';

/** Ctrl-C, a service that is stopped, and on Windows Ctrl-Break. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const;

/** Data goes to standard output, with a line end of its own. */
export const out = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);

/** A message goes to standard error. */
export const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/** How a stream shows text. */
export const view = (stream: NodeJS.WriteStream): View => ({
  color: stream.isTTY === true && !process.env.NO_COLOR,
  width: stream.columns ?? 120,
});

/** An option's value. Throws InvalidArgumentError for what is no whole number above 0. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(`"${value}" is no whole number above 0.`);
  return number;
}

/** A name on one line: what would break it or steer the terminal is shown as a sign of its own. */
export const printable = (name: string): string => name.replace(/\p{Cc}/gu, '\u2423');

export const documents = (count: number): string => `${count} ${count === 1 ? 'document' : 'documents'}`;
