import type { ColumnType, Table } from '../tables.ts';

const TYPES: Record<ColumnType, string> = {
  text: 'text',
  integer: 'bigint',
  number: 'double precision',
  // A day, month, quarter or year: no type of the database holds all four.
  date: 'text',
  list: 'text[]',
  evidence: 'jsonb',
};

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The statements that bring a table or view to its definition, whatever earlier version is there. */
export function statementsOf({ name, key, columns, query }: Table): string[] {
  const table = identifier(name);
  // A view cannot get columns in another order.
  if (query !== undefined) return [`drop view if exists ${table}`, `create view ${table} as ${query}`];
  const defined = columns.map((column) => `${identifier(column.name)} ${TYPES[column.type]}`);
  const parts = [
    ...defined,
    `primary key (${key.map(identifier).join(', ')})`,
    ...(key.includes('document') ? ['foreign key ("document") references "documents" ("id") on delete cascade'] : []),
  ];
  return [
    `create table if not exists ${table} (${parts.join(', ')})`,
    ...defined.map((column) => `alter table ${table} add column if not exists ${column}`),
  ];
}
