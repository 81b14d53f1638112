import { z } from 'zod';
import { measures } from '../dictionaries/administrative/index.ts';
import {
  Duty,
  Evidence,
  Indicator,
  Issue,
  Metadata,
  PartialDate,
  PlanRecord,
  Reference,
  Source,
  Task,
  TaskRow,
} from './record.ts';
import type { ResultRecord } from './results.ts';

/**
 * `date` is a day 2026-01-15, month 2026-02, quarter 2026-Q2 or year 2026 as text; `list` holds texts; `evidence` is a
 * list of {page, box, line} as in document.json.
 */
export type ColumnType = 'text' | 'integer' | 'number' | 'date' | 'list' | 'evidence';

export interface Column {
  /** In snake_case; unique in its table. */
  name: string;
  type: ColumnType;
  nullable: boolean;
}

export type Cell = string | number | string[] | Evidence[] | null;
export type Row = Record<string, Cell>;

/** One kind of row that every export has, derived from the definitions of document.json. */
export interface Table {
  /** In snake_case. "references" is a reserved word of SQL: quote it. */
  name: string;
  /** Columns that together tell a row from every other. */
  key: readonly string[];
  columns: readonly Column[];
  /** A document's rows in the order of the document, each with every column. */
  rows: (result: ResultRecord) => Row[];
  /** The query that gives the same rows from the other tables: a database keeps it as a view. */
  query?: string;
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a field; none for what another table holds. Throws for a type that no export knows. */
function fieldColumns(field: string, schema: z.core.$ZodType): Column[] {
  const name = snakeCase(field);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return fieldColumns(field, schema.def.innerType).map((column) => ({ ...column, nullable: true }));
  }
  if (schema === PartialDate) return [{ name, type: 'date', nullable: false }];
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return [{ name, type: 'text', nullable: false }];
  if (schema instanceof z.ZodNumber) return [{ name, type: schema.isInt ? 'integer' : 'number', nullable: false }];
  if (schema instanceof z.ZodArray && schema.element === Evidence) {
    // A record's own place in plain columns; of further places ("citations") the list alone.
    const places = field === 'evidence' ? ['page', 'line_from', 'line_to'] : [];
    return [
      ...places.map((at): Column => ({ name: at, type: 'integer', nullable: true })),
      { name, type: 'evidence', nullable: false },
    ];
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodString) {
    return [{ name, type: 'list', nullable: false }];
  }
  throw new Error(`output/tables.ts does not know how to export the field ${field}`);
}

const columnsOf = (schema: z.ZodObject): Column[] =>
  Object.entries(schema.shape).flatMap(([field, type]) => fieldColumns(field, type));

/** A record's cells by column; page and lines are those where it begins. */
function cellsOf(schema: z.ZodObject, record: object): Row {
  const row: Row = {};
  for (const field of Object.keys(schema.shape)) {
    row[snakeCase(field)] = ((record as Record<string, unknown>)[field] ?? null) as Cell;
  }
  if ('evidence' in record) {
    const [first] = record.evidence as Evidence[];
    Object.assign(row, {
      page: first?.page ?? null,
      line_from: first?.line[0] ?? null,
      line_to: first?.line[1] ?? null,
    });
  }
  return row;
}

const text = (name: string): Column => ({ name, type: 'text', nullable: false });
const PLACE: Column[] = [text('document'), text('source'), { name: 'position', type: 'integer', nullable: false }];

/** A table of one kind of record. `document` is the id of the document, `position` counts its records from 1. */
function recordTable<Value extends object>(
  name: string,
  schema: z.ZodObject,
  records: (record: PlanRecord) => readonly Value[],
  more: { columns: Column[]; cells: (value: Value, record: PlanRecord) => Row } = { columns: [], cells: () => ({}) },
): Table {
  return {
    name,
    key: ['document', 'position'],
    columns: [...PLACE, ...columnsOf(schema), ...more.columns],
    rows: ({ entry, record }) =>
      records(record).map((value, i) => ({
        ...{ document: record.id, source: entry.source, position: i + 1 },
        ...cellsOf(schema, value),
        ...more.cells(value, record),
      })),
  };
}

const SourceFile = Source.omit({ name: true });
const Head = PlanRecord.pick({ id: true, outcome: true });

/** `source` is the path below the folder imported, `folder` that of the results. */
const documents: Table = {
  name: 'documents',
  key: ['id'],
  columns: [
    text('id'),
    text('source'),
    text('folder'),
    ...columnsOf(Head.omit({ id: true })),
    ...columnsOf(SourceFile),
    ...columnsOf(Metadata),
  ],
  rows: ({ entry, record }) => [
    {
      ...{ source: entry.source, folder: entry.folder },
      ...cellsOf(Head, record),
      ...cellsOf(SourceFile, record.source),
      ...cellsOf(Metadata, record.metadata),
    },
  ],
};

/** The year by whose end a target is to be reached: that of its deadline, else its period's last, else the plan's last. */
function targetYear({ deadline, period }: Indicator, { metadata }: PlanRecord): number | null {
  const year = /^\d{4}/.exec(deadline ?? '')?.[0] ?? /\d{4}$/.exec(period ?? '')?.[0];
  return year === undefined ? metadata.periodTo : Number(year);
}

function measureName(code: string | null): string | null {
  return measures().find(({ measure }) => measure === code)?.name ?? code;
}

const indicators = recordTable('indicators', Indicator, (record) => record.indicators, {
  columns: [
    { name: 'measure_name', type: 'text', nullable: true },
    { name: 'year', type: 'integer', nullable: true },
  ],
  cells: (indicator, record) => ({
    measure_name: measureName(indicator.measure),
    year: targetYear(indicator, record),
  }),
});

const tasks = recordTable('tasks', Task, (record) => record.tasks);
const duties = recordTable('duties', Duty, (record) => record.duties);
const taskRows = recordTable(
  'task_rows',
  TaskRow,
  ({ taskTables }) =>
    taskTables.flatMap(({ id, title, rows }) => rows.map((row) => ({ ...row, table: id, tableTitle: title }))),
  {
    columns: [text('table_id'), text('table_title')],
    cells: ({ table, tableTitle }) => ({ table_id: table, table_title: tableTitle }),
  },
);
const references = recordTable('references', Reference, (record) => record.references);
const issues = recordTable('issues', Issue, (record) => record.issues);

/** The matrix's columns: the table and the column each is taken from. */
const MATRIX: Record<string, readonly [table: Table, column: string]> = {
  measure: [indicators, 'measure'],
  measure_name: [indicators, 'measure_name'],
  commune: [documents, 'unit'],
  year: [indicators, 'year'],
  comparator: [indicators, 'comparator'],
  value: [indicators, 'value'],
  value_max: [indicators, 'value_max'],
  unit: [indicators, 'unit'],
  change: [indicators, 'change'],
  confidence: [indicators, 'confidence'],
  document: [indicators, 'document'],
  source: [indicators, 'source'],
  position: [indicators, 'position'],
  indicator: [indicators, 'id'],
};

/** The targets of known measures by commune and year: several rows where a plan names several for one measure and year. */
const indicatorMatrix: Table = {
  name: 'indicator_matrix',
  key: ['document', 'position'],
  columns: Object.entries(MATRIX).map(([name, [table, from]]) => {
    const column = table.columns.find((one) => one.name === from);
    if (!column) throw new Error(`${table.name} has no column ${from}`);
    return { ...column, name };
  }),
  rows: (result) => {
    const [document] = documents.rows(result);
    return indicators
      .rows(result)
      .filter(({ measure }) => measure !== null)
      .map((indicator) =>
        Object.fromEntries(
          Object.entries(MATRIX).map(([name, [table, from]]) => [
            name,
            (table === documents ? document : indicator)?.[from] ?? null,
          ]),
        ),
      );
  },
  query: `SELECT ${Object.entries(MATRIX)
    .map(([name, [table, from]]) => `"${table.name}"."${from}" AS "${name}"`)
    .join(
      ', ',
    )} FROM "indicators" JOIN "documents" ON "documents"."id" = "indicators"."document" WHERE "indicators"."measure" IS NOT NULL`,
};

/** What every export holds; a table comes after those that its query names. */
export const TABLES: readonly Table[] = [
  documents,
  indicators,
  tasks,
  duties,
  taskRows,
  references,
  issues,
  indicatorMatrix,
];
