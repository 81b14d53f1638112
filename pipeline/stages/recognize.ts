import { PlanError } from '../../output/issues.ts';
import type { PlanDocument, StageContext } from '../document.ts';
import { messageOf } from '../stages.ts';

/** Below this share of sure words a page is named to the reader. */
const LOW_QUALITY = 0.6;

/** Recognises the pending pages side by side. A page that cannot be read is named; the others stand. */
export async function recognize(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  const { file, kind } = document;
  if (kind === null || document.pending.length === 0) return document;
  const results = await Promise.allSettled(document.pending.map((number) => context.recognizePage(file, kind, number)));
  const issues = [...document.issues];
  const pages = [...document.pages];
  results.forEach((result, index) => {
    const number = document.pending[index] ?? 0;
    if (result.status === 'rejected') {
      const cause: unknown = result.reason;
      const message = `Page ${number} of ${file.source} could not be recognised: ${messageOf(cause)}`;
      const code = cause instanceof PlanError && cause.code !== 'crashed' ? cause.code : 'page-unreadable';
      issues.push(
        new PlanError('recognize', code, cause instanceof PlanError ? messageOf(cause) : message, {
          page: number,
        }).toIssue(),
      );
      return;
    }
    const page = result.value;
    pages.push(page);
    if (page.quality < LOW_QUALITY && page.items.length > 0) {
      issues.push({
        severity: 'warning',
        stage: 'recognize',
        code: 'low-quality',
        message: `Trang ${number}: chỉ ${Math.round(page.quality * 100)} % số từ được nhận dạng chắc chắn; cần đối chiếu với bản gốc.`,
        page: number,
        quote: null,
        expected: null,
      });
    }
  });
  pages.sort((a, b) => a.number - b.number);
  return { ...document, pages, pending: [], issues };
}
