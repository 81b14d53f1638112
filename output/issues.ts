/** The closed list of issue codes (CONTRACT: `issues[].code`). */
export const ISSUE_CODES = [
  // input
  'empty-file',
  'unknown-format',
  'unsupported-format',
  'damaged',
  'encrypted',
  'too-large',
  'too-many-pages',
  'unreadable',
  // run
  'timeout',
  'crashed',
  'page-unreadable',
  'low-quality',
  // content
  'suspect-word',
  'numbering',
  'column-mismatch',
  'unit-mismatch',
  'missing-appendix',
  'date-mismatch',
  'conflicting-targets',
  'over-hundred',
  'period-order',
  'reference-type',
  'blank-number',
] as const;

export type IssueCode = (typeof ISSUE_CODES)[number];

export const STAGES = [
  'intake',
  'read',
  'recognize',
  'restore',
  'assemble',
  'segment',
  'extract',
  'check',
  'write',
] as const;
export type StageName = (typeof STAGES)[number];

export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** Something a person should know about a document; `message` says what to do, in plain words. */
export interface Issue {
  severity: (typeof SEVERITIES)[number];
  stage: StageName;
  code: IssueCode;
  message: string;
  page: number | null;
  quote: string | null;
  expected: string | null;
}

/**
 * The one error of the pipeline: a closed code, a message for a person, and the cause.
 * A stage throws it when it can go no further; it becomes an issue of the document.
 */
export class PlanError extends Error {
  readonly code: IssueCode;
  readonly stage: StageName;
  readonly page: number | null;

  constructor(
    stage: StageName,
    code: IssueCode,
    message: string,
    options: { page?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'PlanError';
    this.stage = stage;
    this.code = code;
    this.page = options.page ?? null;
  }

  toIssue(): Issue {
    return {
      severity: 'error',
      stage: this.stage,
      code: this.code,
      message: this.message,
      page: this.page,
      quote: null,
      expected: null,
    };
  }
}
