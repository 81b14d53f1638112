import { type Issue, PlanError } from '../../output/issues.ts';
import type { PlanDocument, StageContext } from '../document.ts';
import { messageOf } from '../message.ts';
import { type Page, pageLines } from '../page.ts';

/** Below this share of sure words a page is named to the reader. */
const LOW_QUALITY = 0.6;

/** Recognises the pending pages side by side. A page that cannot be read is named; the others stand. */
export async function recognize(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  const { file, kind, pending } = document;
  if (kind === null || pending.length === 0) return document;
  const results = await Promise.allSettled(pending.map((number) => context.recognizePage(file, kind, number)));
  const issues = [...document.issues];
  const pages = [...document.pages];
  const late: { number: number; error: PlanError }[] = [];
  results.forEach((result, index) => {
    const number = pending[index] ?? 0;
    if (result.status === 'fulfilled') {
      pages.push(result.value);
      if (isDoubtful(result.value)) issues.push(doubt(result.value));
      else issues.push(...numbersInDoubt(result.value));
    } else if (result.reason instanceof PlanError && result.reason.code === 'timeout') {
      late.push({ number, error: result.reason });
    } else issues.push(pageError(number, document.pageCount, result.reason).toIssue());
  });
  const [first] = late;
  if (first) {
    const unread = late.map(({ number }) => number);
    const what = pages.length > 0 ? `${pageList(unread)} ${unread.length > 1 ? 'were' : 'was'} not read. ` : '';
    issues.push(
      new PlanError('recognize', 'timeout', `${what}${first.error.message}`, { page: first.number }).toIssue(),
    );
  }
  pages.sort((a, b) => a.number - b.number);
  if (pages.length > 0 && !issues.some(isError) && pages.every((page) => page.items.length === 0)) {
    return { ...document, pages: [], pending: [], issues: [...issues, NO_TEXT.toIssue()] };
  }
  return { ...document, pages, pending: [], issues };
}

/** An engine that reads nothing and says nothing must not pass for a plan without records. */
const NO_TEXT = new PlanError(
  'recognize',
  'page-unreadable',
  'No text was found on any page: look whether the pages are blank or upside down, and scan them again at 200-300 dpi.',
);

const isError = ({ severity }: Issue): boolean => severity === 'error';
const isDoubtful = (page: Page): boolean => page.quality < LOW_QUALITY && page.items.length > 0;

function doubt({ number, quality }: Page): Issue {
  return {
    severity: 'warning',
    stage: 'recognize',
    code: 'low-quality',
    message: `Trang ${number}: chỉ ${Math.round(quality * 100)} % số từ được nhận dạng chắc chắn; cần đối chiếu với bản gốc.`,
    page: number,
    quote: null,
    expected: null,
  };
}

const BEGINS_AS_NUMBER = /^[^\p{L}\d]{0,2}\d/u;

/** Numbers that two readings tell differently: a reviewer must look. */
function numbersInDoubt(page: Page): Issue[] {
  return [...pageLines(page)].flatMap(({ words }) =>
    words.flatMap(({ raw, doubt: other }): Issue[] =>
      other === undefined || !BEGINS_AS_NUMBER.test(raw)
        ? []
        : [
            {
              severity: 'warning',
              stage: 'recognize',
              code: 'low-quality',
              message: `Trang ${page.number}: số “${raw}” đọc không chắc chắn, lần khác đọc là “${other}”; cần đối chiếu với bản gốc.`,
              page: page.number,
              quote: raw,
              expected: null,
            },
          ],
    ),
  );
}

/** The message names its page among others: it is told without the issue's other fields too. */
function pageError(page: number, pageCount: number, cause: unknown): PlanError {
  const message = messageOf(cause);
  return new PlanError(
    'recognize',
    cause instanceof PlanError ? cause.code : 'page-unreadable',
    pageCount === 1 || /\bpage\b/i.test(message) ? message : `Page ${page}: ${message}`,
    { page, cause },
  );
}

/** "Page 3", "Pages 3, 5-9". */
export function pageList(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  const list = runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
  return `${numbers.length > 1 ? 'Pages' : 'Page'} ${list}`;
}
