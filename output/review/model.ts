import { z } from 'zod';
import {
  Duty,
  Evidence,
  Indicator,
  Metadata,
  Reference,
  SCHEMA_VERSION,
  SECTION_STYLES,
  Task,
  TaskRow,
} from '../record.ts';

/** What a reviewer decides on. `metadata` is one record with the id "metadata"; a `row` belongs to a task table. */
export const REVIEW_KINDS = ['metadata', 'heading', 'indicator', 'task', 'duty', 'row', 'reference'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** A section without what stands below it. */
export const Heading = z.strictObject({
  id: z.string(),
  number: z.string().nullable(),
  style: z.enum(SECTION_STYLES),
  level: z.int().positive(),
  title: z.string(),
  runIn: z.literal(true).optional(),
  evidence: z.array(Evidence),
});
export type Heading = z.infer<typeof Heading>;

/** The schema of one record of each kind. */
export const RECORD_SCHEMAS = {
  metadata: Metadata,
  heading: Heading,
  indicator: Indicator,
  task: Task,
  duty: Duty,
  row: TaskRow,
  reference: Reference,
} satisfies Record<ReviewKind, z.ZodType>;
/** One record of any kind. */
export type ReviewValue = z.infer<(typeof RECORD_SCHEMAS)[ReviewKind]>;

const pointer = z.string().regex(/^(\/([^~/]|~[01])*)*$/, 'no JSON pointer');

/** One operation of RFC 6902; its pointers begin at the record. */
export const Operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace', 'test']), path: pointer, value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.enum(['move', 'copy']), path: pointer, from: pointer }),
]);
export type Operation = z.infer<typeof Operation>;

const signed = {
  note: z.string().max(10_000).nullable(),
  who: z.string().max(200).nullable(),
  when: z.iso.datetime(),
};

/** What was decided on one extracted record. `decision` is null for a record with nothing but a note. */
export const Decision = z
  .strictObject({
    id: z.string().min(1),
    kind: z.enum(REVIEW_KINDS),
    /** The record's words at the time: they tell after a new import whether it is still the same record. */
    quote: z.string(),
    decision: z.enum(['accept', 'reject', 'patch']).nullable(),
    patch: z.array(Operation).nullable(),
    ...signed,
  })
  .refine(
    ({ decision, patch }) => (decision === 'patch') === (patch !== null),
    'a patch, and only a patch, has operations',
  );
export type Decision = z.infer<typeof Decision>;

const added = <Kind extends Exclude<ReviewKind, 'metadata'>>(kind: Kind) =>
  z.strictObject({
    id: z.string().min(1),
    kind: z.literal(kind),
    /** The task table that a row is added to; null for other kinds. */
    table: z.string().nullable(),
    record: RECORD_SCHEMAS[kind],
    ...signed,
  });

/** A record that the extraction had missed, whole. */
export const Added = z.discriminatedUnion('kind', [
  added('heading'),
  added('indicator'),
  added('task'),
  added('duty'),
  added('row'),
  added('reference'),
]);
export type Added = z.infer<typeof Added>;

export type ReviewEntry = Decision | Added;

/** review.json. `revision` goes up by one at every write. */
export const Review = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  /** The document's id. */
  document: z.string(),
  revision: z.int().nonnegative(),
  decisions: z.array(Decision),
  added: z.array(Added),
});
export type Review = z.infer<typeof Review>;

/** Puts an entry in the place of another: `before` is what the reviewer saw, null for nothing there. */
export const Change = z.strictObject({
  id: z.string().min(1),
  before: z.union([Decision, Added]).nullable(),
  after: z.union([Decision, Added]).nullable(),
});
export type Change = z.infer<typeof Change>;

export function emptyReview(document: string): Review {
  return { schemaVersion: SCHEMA_VERSION, document, revision: 0, decisions: [], added: [] };
}

export function isAdded(entry: ReviewEntry): entry is Added {
  return 'record' in entry;
}
