import type { Heading, Plan } from '../extractors/plan.ts';
import { sectionPath } from '../extractors/plan.ts';
import type { Metadata, Outcome, PlanRecord, Section } from '../output/record.ts';
import { SCHEMA_VERSION } from '../output/record.ts';
import { idMaker } from '../output/record-id.ts';
import type { Assembled } from './assemble/assemble.ts';
import { confidenceOf, doubtsOf } from './confidence.ts';
import type { PlanDocument } from './document.ts';
import { evidenceOf } from './evidence.ts';

const EMPTY_METADATA: Metadata = {
  type: null,
  title: null,
  number: null,
  issuer: null,
  unit: null,
  place: null,
  date: null,
  periodFrom: null,
  periodTo: null,
  signatory: null,
  signatoryRole: null,
  onBehalf: null,
  recipients: [],
};

/** "done" only if no issue is an error; "failed" where no page could be read. */
export function outcomeOf(document: PlanDocument): Outcome {
  if (!document.issues.some((issue) => issue.severity === 'error')) return 'done';
  return document.pages.length > 0 ? 'partial' : 'failed';
}

/** The document's record, ready to be validated and written. */
export function buildRecord(document: PlanDocument): PlanRecord {
  const { file, assembled, plan, extracted } = document;
  const record: PlanRecord = {
    schemaVersion: SCHEMA_VERSION,
    id: file.id,
    source: {
      name: file.source.split('/').at(-1) ?? file.source,
      sha256: file.sha256,
      mediaType: document.mediaType,
      bytes: file.bytes,
      pages: document.pageCount,
    },
    outcome: outcomeOf(document),
    issues: document.issues,
    pages: document.pages.map(({ number, width, height, textSource, quality, engine }) => ({
      number,
      width,
      height,
      textSource,
      quality: Math.round(quality * 1000) / 1000,
      engine,
    })),
    metadata: extracted?.metadata ?? EMPTY_METADATA,
    sections: [],
    indicators: [],
    tasks: [],
    duties: [],
    taskTables: [],
    references: [],
  };
  if (assembled === null || plan === null || extracted === null) return record;
  const ids = {
    indicator: idMaker('indicator'),
    task: idMaker('task'),
    duty: idMaker('duty'),
    table: idMaker('table'),
    row: idMaker('row'),
    reference: idMaker('reference'),
  };
  record.sections = sectionTree(plan, assembled);
  record.indicators = extracted.indicators.map(({ anchor, number: _number, confidence, ...indicator }) => ({
    id: ids.indicator(indicator.section, `${indicator.quote} ${indicator.value} ${indicator.subject}`),
    ...indicator,
    evidence: evidenceOf(assembled, [anchor]),
    confidence: confidenceOf(assembled, confidence, anchor, doubtsOf(assembled, anchor)),
  }));
  record.tasks = extracted.tasks.map(({ anchor, confidence, ...task }) => ({
    id: ids.task(task.section, task.quote),
    ...task,
    evidence: evidenceOf(assembled, [anchor]),
    confidence: confidenceOf(assembled, confidence, anchor, doubtsOf(assembled, anchor)),
  }));
  record.duties = extracted.duties.map(({ anchor, confidence, ...duty }) => ({
    id: ids.duty(duty.section, duty.quote),
    ...duty,
    evidence: evidenceOf(assembled, [anchor]),
    confidence: confidenceOf(assembled, confidence, anchor, doubtsOf(assembled, anchor)),
  }));
  record.taskTables = extracted.tables.map((table) => ({
    id: ids.table([], `${table.title} ${table.columns.join(' ')}`),
    title: table.title,
    columns: table.columns,
    rows: table.rows.map((found) => {
      const { anchor, cells: _cells, confidence, ...row } = found;
      return {
        id: ids.row([row.group], `${row.no} ${row.content}`),
        ...row,
        evidence: evidenceOf(assembled, [anchor]),
        confidence: confidenceOf(assembled, confidence, anchor, doubtsOf(assembled, anchor, { row: found, table })),
      };
    }),
  }));
  record.references = extracted.references.map(({ anchors, otherDates: _, proof, ...reference }) => ({
    id: ids.reference([], `${reference.type} ${reference.number ?? reference.title}`),
    ...reference,
    evidence: evidenceOf(assembled, [proof]),
    citations: evidenceOf(assembled, anchors),
  }));
  return record;
}

function sectionTree(plan: Plan, assembled: Assembled): Section[] {
  const id = idMaker('section');
  const nodes = plan.headings.map((heading, index): Section => {
    const path = pathOf(plan.headings, index);
    return {
      id: id(sectionPath(plan, path), heading.title),
      number: heading.number,
      style: heading.style,
      level: heading.level,
      title: heading.title,
      ...(heading.runIn ? { runIn: true as const } : {}),
      evidence: evidenceOf(assembled, [heading.anchor]),
      children: [],
    };
  });
  const roots: Section[] = [];
  plan.headings.forEach((heading, index) => {
    const node = nodes[index];
    if (!node) return;
    const parent = heading.parent === null ? undefined : nodes[heading.parent];
    (parent?.children ?? roots).push(node);
  });
  return roots;
}

function pathOf(headings: readonly Heading[], index: number): number[] {
  const path: number[] = [];
  for (let at: number | null = index; at !== null; at = headings[at]?.parent ?? null) path.unshift(at);
  return path;
}
