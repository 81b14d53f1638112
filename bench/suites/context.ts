import type { Scans } from '../material.ts';
import type { Peers } from '../peers.ts';

/** What the suites are given. */
export interface BenchContext {
  rounds: number;
  /** A folder whose PDFs are measured in place of the corpus. */
  files: string | undefined;
  peers: Peers;
  /** Pages of scans, made when they are first asked for. */
  scans: () => Promise<Scans>;
  /** For what is made on the way; taken away in the end. */
  folder: string;
  tell: (line: string) => void;
}

/** Measures something; returns its part of BENCHMARKS.md. */
export type Suite = (context: BenchContext) => Promise<string>;
