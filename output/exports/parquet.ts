import type { SchemaElement } from 'hyparquet';
import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import type { ResultRecord } from '../results.ts';
import { type Cell, type Column, type ColumnType, TABLES, type Table } from '../tables.ts';
import { writeWholeBy } from '../write-whole.ts';

const DOCUMENTS_A_GROUP = 1000;
/** What a row of a list need not say: which document it belongs to. */
const OF_THE_DOCUMENT = new Set(['document', 'source']);

type Leaf = Pick<SchemaElement, 'type' | 'converted_type'>;
const TEXT: Leaf = { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
const LEAVES: Record<Exclude<ColumnType, 'list'>, Leaf> = {
  text: TEXT,
  date: TEXT,
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  evidence: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
};

const list = (name: string, element: SchemaElement[]): SchemaElement[] => [
  { name, repetition_type: 'REQUIRED', converted_type: 'LIST', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ...element,
];

function schemaOf({ name, type, nullable }: Column): SchemaElement[] {
  if (type === 'list') return list(name, [{ name: 'element', repetition_type: 'REQUIRED', ...TEXT }]);
  return [{ name, repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED', ...LEAVES[type] }];
}

const [DOCUMENTS, ...OTHERS] = TABLES as [Table, ...Table[]];
const KINDS = OTHERS.filter(({ query }) => query === undefined).map((table) => ({
  table,
  columns: table.columns.filter(({ name }) => !OF_THE_DOCUMENT.has(name)),
}));
const FIELDS = [...DOCUMENTS.columns, ...KINDS.map(({ table }) => table)].map(({ name }) => ({ name }));
const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: FIELDS.length },
  ...DOCUMENTS.columns.flatMap(schemaOf),
  ...KINDS.flatMap(({ table, columns }) =>
    list(table.name, [
      { name: 'element', repetition_type: 'REQUIRED', num_children: columns.length },
      ...columns.flatMap(schemaOf),
    ]),
  ),
];

function cells(columns: readonly Column[], row: Record<string, Cell>): Record<string, unknown> {
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const cell = row[name] ?? null;
      return [name, type === 'integer' && cell !== null ? BigInt(cell as number) : cell];
    }),
  );
}

async function* nested(results: AsyncIterable<ResultRecord>): AsyncGenerator<Record<string, unknown>> {
  for await (const result of results) {
    const [document = {}] = DOCUMENTS.rows(result);
    yield {
      ...cells(DOCUMENTS.columns, document),
      ...Object.fromEntries(
        KINDS.map(({ table, columns }) => [table.name, table.rows(result).map((row) => cells(columns, row))]),
      ),
    };
  }
}

/** Writes a row a document, with a list of rows for each other kind. */
export async function exportParquet(results: AsyncIterable<ResultRecord>, path: string): Promise<string[]> {
  await writeWholeBy([path], async ([part = '']) => {
    await parquetWriteRows({
      writer: fileWriter(part),
      rows: nested(results),
      columns: FIELDS,
      schema: SCHEMA,
      rowGroupSize: DOCUMENTS_A_GROUP,
      createdBy: 'kehoach',
    });
  });
  return [path];
}
