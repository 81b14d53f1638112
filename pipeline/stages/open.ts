import type { StageName } from '../../output/issues.ts';
import type { Stage } from '../document.ts';
import { intake } from './intake.ts';
import { read } from './read.ts';

/** The first stages of a document, in one process; the pages that they leave pending are recognised anywhere. */
export const OPEN: readonly [StageName, Stage][] = [
  ['intake', intake],
  ['read', read],
];
