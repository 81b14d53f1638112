import { z } from 'zod';
import {
  Duty,
  Engine,
  Evidence,
  Indicator,
  Issue,
  Metadata,
  PageRecord,
  PlanRecord,
  Reference,
  Section,
  Source,
  Task,
  TaskRow,
  TaskTable,
} from './record.ts';

const DEFINITIONS: [name: string, schema: z.ZodType, description: string][] = [
  ['Evidence', Evidence, 'Where a value stands in the document.'],
  ['Engine', Engine, 'The text recognition that read a page.'],
  ['Source', Source, 'The file as it was taken in.'],
  ['Issue', Issue, 'Something a person should know about the document.'],
  ['PageRecord', PageRecord, 'One page and how its text was read.'],
  ['Metadata', Metadata, 'Letterhead, title, signature and recipients; null where the plan does not say.'],
  ['Section', Section, 'A heading with the headings under it.'],
  ['Indicator', Indicator, 'A number that the plan commits to reach, keep, cut or raise.'],
  ['Task', Task, 'A task of the running text.'],
  ['Duty', Duty, 'Who must do what, from the part on carrying out the plan.'],
  ['TaskRow', TaskRow, 'A row of a task table; cells as printed, "" where empty.'],
  ['TaskTable', TaskTable, 'A table of tasks.'],
  ['Reference', Reference, 'A legal or administrative document cited, once each.'],
];

const DAY_OR_PART = 'A day 2026-01-15, month 2026-02, quarter 2026-Q2 or year 2026.';
const PATH =
  'Printed numbers of the enclosing headings from the top; "*" for a star label, "appendix" for an appendix.';
const PROPERTIES: Record<string, Record<string, string>> = {
  Evidence: {
    box: '[x0, y0, x1, y1] as fractions of the page from its top left corner; null for plain text.',
    line: '[from, to]: lines of text.txt, counted from 1, both included.',
  },
  Section: {
    number: 'As printed without its punctuation; null for star and appendix.',
    level: 'Depth by nesting, from 1.',
    runIn: 'True for an item whose text runs on in the same paragraph.',
  },
  Indicator: {
    quote: 'The clause that carries the target, verbatim.',
    subject: 'What is measured, in words of the quote.',
    valueMax: 'The upper end where the plan names two numbers.',
    change: 'Set where the number is an amount of change.',
    deadline: DAY_OR_PART,
    period: '"2026" or "2026-2027".',
    baseline: 'The year compared with.',
    section: PATH,
  },
  Task: { quote: 'The whole item, verbatim.', section: PATH },
  Duty: { unit: 'Null for duties of everyone.', quote: 'The whole item, verbatim.', section: PATH },
  TaskRow: { deadlineDate: `The deadline cell as a date. ${DAY_OR_PART}` },
  Reference: { number: 'With its hyphens put right.', date: DAY_OR_PART },
  Metadata: { date: DAY_OR_PART },
  PageRecord: {
    number: 'From 1.',
    width: 'Points (1/72 inch); null for plain text.',
    height: 'Points (1/72 inch); null for plain text.',
    quality: '0 to 1.',
  },
  Issue: { message: 'For a person: what is the matter and what to do.', expected: 'What should stand there.' },
};

interface SchemaNode {
  description?: string;
  properties?: Record<string, SchemaNode>;
}

/** The JSON Schema (draft 2020-12) of document.json: what `kehoach schema` prints. */
export function jsonSchema(): object {
  const metadata = z.registry<{ id?: string; title?: string; description?: string }>();
  metadata.add(PlanRecord, {
    title: 'kehoach document.json',
    description:
      'An administrative plan of a Vietnamese commune as data. Values as the plan has them, null where it does not say.',
  });
  for (const [id, schema, description] of DEFINITIONS) metadata.add(schema, { id, description });
  const schema = z.toJSONSchema(PlanRecord, { target: 'draft-2020-12', metadata });
  for (const [name, properties] of Object.entries(PROPERTIES)) {
    const definition = schema.$defs?.[name] as SchemaNode | undefined;
    for (const [property, description] of Object.entries(properties)) {
      const node = definition?.properties?.[property];
      if (node) node.description = description;
    }
  }
  return schema;
}
