import { z } from 'zod';
import { ISSUE_CODES, type Issue as IssueRecord, SEVERITIES, STAGES } from './issues.ts';
import { OUTCOMES, SCHEMA_VERSION } from './vocabulary.ts';

export { OUTCOMES, SCHEMA_VERSION };

/** Fractions of the page's width and height from its top left corner: [x0, y0, x1, y1]. */
export const Box = z.tuple([
  z.number().min(0).max(1),
  z.number().min(0).max(1),
  z.number().min(0).max(1),
  z.number().min(0).max(1),
]);
export type Box = z.infer<typeof Box>;

export const Issue = z.strictObject({
  severity: z.enum(SEVERITIES),
  stage: z.enum(STAGES),
  code: z.enum(ISSUE_CODES),
  message: z.string().min(1),
  page: z.int().positive().nullable(),
  quote: z.string().nullable(),
  expected: z.string().nullable(),
}) satisfies z.ZodType<IssueRecord>;

/** Where a value stands: `line` counts the lines of text.txt from 1, both ends included; `box` is null for plain text. */
export const Evidence = z.strictObject({
  page: z.int().positive(),
  box: Box.nullable(),
  line: z.tuple([z.int().positive(), z.int().positive()]),
});
export type Evidence = z.infer<typeof Evidence>;

const evidence = z.array(Evidence);
const confidence = z.number().min(0).max(1);
const text = z.string();
const maybe = z.string().nullable();

/** 2026-01-15, 2026-02, 2026-Q2 or 2026. */
export const PartialDate = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-Q[1-4])?$/, 'a day, month, quarter or year');

export const SECTION_STYLES = [
  'part',
  'chapter',
  'section',
  'article',
  'upper',
  'roman',
  'decimal',
  'dotted',
  'letter',
  'star',
  'appendix',
] as const;
export type SectionStyle = (typeof SECTION_STYLES)[number];

export interface Section {
  id: string;
  /** As printed without its punctuation; null for star and appendix. */
  number: string | null;
  style: SectionStyle;
  /** Depth by nesting, from 1. */
  level: number;
  title: string;
  /** True for an enumerated item whose text runs on in the same paragraph. */
  runIn?: true;
  evidence: Evidence[];
  children: Section[];
}
export const Section: z.ZodType<Section> = z.strictObject({
  id: text,
  number: maybe,
  style: z.enum(SECTION_STYLES),
  level: z.int().positive(),
  title: text,
  runIn: z.literal(true).optional(),
  evidence,
  get children() {
    return z.array(Section);
  },
}) as z.ZodType<Section>;

export const COMPARATORS = ['=', '>=', '<=', '>', '<', 'range'] as const;
export type Comparator = (typeof COMPARATORS)[number];

export const Indicator = z.strictObject({
  id: text,
  quote: text,
  subject: text,
  value: z.number(),
  valueMax: z.number().nullable(),
  comparator: z.enum(COMPARATORS),
  unit: maybe,
  change: z.enum(['increase', 'decrease']).nullable(),
  deadline: PartialDate.nullable(),
  /** "2026" or "2026-2027". */
  period: maybe,
  /** The year compared with. */
  baseline: maybe,
  area: maybe,
  /** Canonical name from dictionaries/administrative/measures.json, or null. */
  measure: maybe,
  /** Printed numbers of the enclosing headings from the top; "*" for a star label, "appendix" for an appendix. */
  section: z.array(text),
  evidence,
  confidence,
});
export type Indicator = z.infer<typeof Indicator>;

export const AREAS = [
  'chi-dao',
  'the-che',
  'thu-tuc',
  'to-chuc',
  'cong-vu',
  'tai-chinh',
  'so',
  'giai-phap',
  'khac',
] as const;
export type Area = (typeof AREAS)[number];

export const Task = z.strictObject({
  id: text,
  quote: text,
  area: z.enum(AREAS),
  section: z.array(text),
  evidence,
  confidence,
});
export type Task = z.infer<typeof Task>;

export const Duty = z.strictObject({
  id: text,
  unit: maybe,
  quote: text,
  section: z.array(text),
  evidence,
  confidence,
});
export type Duty = z.infer<typeof Duty>;

export const RECURRENCES = ['always', 'monthly', 'quarterly', 'halfyearly', 'yearly'] as const;
export type Recurrence = (typeof RECURRENCES)[number];

export const TaskRow = z.strictObject({
  id: text,
  no: text,
  group: text,
  content: text,
  lead: text,
  support: text,
  deadline: text,
  deadlineDate: PartialDate.nullable(),
  recurrence: z.enum(RECURRENCES).nullable(),
  product: text,
  leadUnits: z.array(text),
  supportUnits: z.array(text),
  note: text.optional(),
  evidence,
  confidence,
});
export type TaskRow = z.infer<typeof TaskRow>;

export const TaskTable = z.strictObject({
  id: text,
  title: text,
  columns: z.array(text),
  rows: z.array(TaskRow),
});
export type TaskTable = z.infer<typeof TaskTable>;

export const Reference = z.strictObject({
  id: text,
  type: text,
  number: maybe,
  date: PartialDate.nullable(),
  issuer: maybe,
  title: maybe,
  /** The place that proves number and date. */
  evidence,
  /** Every place where it is cited, in reading order; absent where a reviewer added the reference. */
  citations: evidence.optional(),
});
export type Reference = z.infer<typeof Reference>;

export const Metadata = z.strictObject({
  type: maybe,
  title: maybe,
  number: maybe,
  issuer: maybe,
  unit: maybe,
  place: maybe,
  date: PartialDate.nullable(),
  periodFrom: z.int().nullable(),
  periodTo: z.int().nullable(),
  signatory: maybe,
  signatoryRole: maybe,
  onBehalf: maybe,
  recipients: z.array(text),
});
export type Metadata = z.infer<typeof Metadata>;

export const Engine = z.strictObject({ name: text, version: text, data: text });
export type Engine = z.infer<typeof Engine>;

export const PageRecord = z.strictObject({
  number: z.int().positive(),
  /** Points (1/72 inch); null for plain text. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  textSource: z.enum(['text-layer', 'ocr', 'plain']),
  quality: z.number().min(0).max(1),
  engine: Engine.nullable(),
});
export type PageRecord = z.infer<typeof PageRecord>;

export const Source = z.strictObject({
  name: text,
  sha256: text,
  mediaType: text,
  bytes: z.int().nonnegative(),
  pages: z.int().nonnegative(),
});
export type Source = z.infer<typeof Source>;

export type Outcome = (typeof OUTCOMES)[number];

/** document.json: one plan as data. Its JSON Schema is printed by `kehoach schema`. */
export const PlanRecord = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  /** First 16 hex digits of the source's SHA-256. */
  id: text,
  source: Source,
  outcome: z.enum(OUTCOMES),
  issues: z.array(Issue),
  pages: z.array(PageRecord),
  metadata: Metadata,
  sections: z.array(Section),
  indicators: z.array(Indicator),
  tasks: z.array(Task),
  duties: z.array(Duty),
  taskTables: z.array(TaskTable),
  references: z.array(Reference),
});
export type PlanRecord = z.infer<typeof PlanRecord>;

/** One document of index.json. */
export const IndexEntry = z.strictObject({
  id: text,
  source: text,
  outcome: z.enum(OUTCOMES),
  folder: text,
  pages: z.int().nonnegative(),
  /** Number of errors and warnings. */
  issues: z.int().nonnegative(),
  duplicateOf: text.optional(),
});
export type IndexEntry = z.infer<typeof IndexEntry>;

export const PlanIndex = z.strictObject({ schemaVersion: z.literal(SCHEMA_VERSION), documents: z.array(IndexEntry) });
export type PlanIndex = z.infer<typeof PlanIndex>;

/** layout.json: what stands where on each page, raw beside restored. */
export interface LayoutRecord {
  schemaVersion: typeof SCHEMA_VERSION;
  pages: {
    number: number;
    lines: { box: Box | null; words: { raw: string; text: string; box: Box | null; confidence: number }[] }[];
    regions: { kind: string; box: Box; text?: string }[];
  }[];
}
