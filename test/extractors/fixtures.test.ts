import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type PlanOf, planOf } from './plan-of.ts';

/**
 * One folder a rule, two files a case: CASE.txt goes in, CASE.json is what must come out. The JSON names only what the
 * rule is about: lists are compared whole and in order, of a record only the fields that are given.
 */
const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

const PARTS: Record<string, (result: PlanOf) => unknown> = {
  paragraphs: ({ plan }) => plan.paragraphs.map((paragraph) => paragraph.text),
  roles: ({ plan }) => plan.blocks.map((block) => block.role),
  headings: ({ plan }) => plan.headings,
  indicators: ({ extracted }) => extracted.indicators,
  tasks: ({ extracted }) => extracted.tasks,
  duties: ({ extracted }) => extracted.duties,
  tables: ({ extracted }) => extracted.tables,
  references: ({ extracted }) => extracted.references,
  metadata: ({ extracted }) => extracted.metadata,
  issues: ({ issues }) => issues,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `actual` with only those fields that `expected` has at the same place; a record too many shows as its neighbours do. */
function like(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((item, index) => like(item, expected[Math.min(index, expected.length - 1)]));
  if (isRecord(actual) && isRecord(expected))
    return Object.fromEntries(Object.keys(expected).map((key) => [key, like(actual[key], expected[key])]));
  return actual;
}

const textsOf = (rule: string): string[] => readdirSync(`${FIXTURES}${rule}`).filter((file) => file.endsWith('.txt'));
const rules = readdirSync(FIXTURES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && textsOf(entry.name).length > 0 ? [entry.name] : [],
);

describe.each(rules.sort())('%s', (rule) => {
  const cases = textsOf(rule)
    .map((file) => file.replace(/\.txt$/, ''))
    .sort();

  it.each(cases)('%s', (name) => {
    const text = readFileSync(`${FIXTURES}${rule}/${name}.txt`, 'utf8');
    const expected: Record<string, unknown> = JSON.parse(readFileSync(`${FIXTURES}${rule}/${name}.json`, 'utf8'));
    const result = planOf(text);
    expect(Object.keys(expected).filter((part) => !(part in PARTS))).toEqual([]);
    const actual = Object.fromEntries(
      Object.entries(expected).map(([part, wanted]) => [part, like(PARTS[part]?.(result), wanted)]),
    );
    expect(actual).toEqual(expected);
  });
});
