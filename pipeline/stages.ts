import { PlanError, type StageName } from '../output/issues.ts';
import type { PlanDocument, Stage, StageContext } from './document.ts';
import { messageOf } from './message.ts';
import { assemble } from './stages/assemble.ts';
import { check } from './stages/check.ts';
import { extract } from './stages/extract.ts';
import { intake } from './stages/intake.ts';
import { read } from './stages/read.ts';
import { recognize } from './stages/recognize.ts';
import { restore } from './stages/restore.ts';
import { segment } from './stages/segment.ts';
import { write } from './stages/write.ts';

/** The one way through. `open` and `finish` run whole in one process; the pages between are recognised anywhere. */
export const OPEN: [StageName, Stage][] = [
  ['intake', intake],
  ['read', read],
];
export const RECOGNIZE: [StageName, Stage][] = [['recognize', recognize]];
export const FINISH: [StageName, Stage][] = [
  ['restore', restore],
  ['assemble', assemble],
  ['segment', segment],
  ['extract', extract],
  ['check', check],
  ['write', write],
];

/**
 * Takes a document through stages. What a stage throws becomes an issue of the document, and the stages behind it still
 * run on what there is, so that a document that fails has its record too.
 */
export async function runStages(
  document: PlanDocument,
  stages: readonly [StageName, Stage][],
  context: StageContext,
): Promise<PlanDocument> {
  let current = document;
  for (const [name, stage] of stages) {
    const started = performance.now();
    try {
      current = await stage(current, context);
    } catch (cause) {
      // Writing that fails leaves nothing to go on with: the run must know.
      if (name === 'write') throw cause;
      const error =
        cause instanceof PlanError
          ? cause
          : new PlanError(name, 'crashed', `The ${name} stage stopped: ${messageOf(cause)}. Please report the file.`, {
              cause,
            });
      current = { ...current, issues: [...current.issues, error.toIssue()] };
    }
    context.onProgress?.({ stage: name, ms: performance.now() - started });
  }
  return current;
}
