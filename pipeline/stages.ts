import { PlanError, type StageName } from '../output/issues.ts';
import type { PlanDocument, Stage, StageContext } from './document.ts';
import { messageOf } from './message.ts';
import { recognize } from './stages/recognize.ts';

/** Between opening and finishing: see stages/open.ts and stages/finish.ts. */
export const RECOGNIZE: [StageName, Stage][] = [['recognize', recognize]];

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
