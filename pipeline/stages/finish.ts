import type { StageName } from '../../output/issues.ts';
import type { Stage } from '../document.ts';
import { assemble } from './assemble.ts';
import { check } from './check.ts';
import { extract } from './extract.ts';
import { restore } from './restore.ts';
import { segment } from './segment.ts';
import { write } from './write.ts';

/** The stages behind recognition, in one process. */
export const FINISH: readonly [StageName, Stage][] = [
  ['restore', restore],
  ['assemble', assemble],
  ['segment', segment],
  ['extract', extract],
  ['check', check],
  ['write', write],
];
