import { expect, test } from 'vitest';
import { z } from 'zod';
import { ISSUE_CODES } from '../../output/issues.ts';
import { jsonSchema } from '../../output/schema.ts';
import { binhAn } from './fixture.ts';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0] & {
  $defs: Record<string, { properties: Record<string, { description?: string; enum?: string[] }> }>;
};
const schema = jsonSchema() as JsonSchema;

test('a record fits the schema', async () => {
  const { record } = await binhAn();
  expect(z.fromJSONSchema(schema).safeParse(structuredClone(record)).error).toBeUndefined();
});

test('sections are checked at every depth', async () => {
  const { record } = await binhAn();
  const wrong = structuredClone(record);
  Object.assign(wrong.sections[1]?.children[0] ?? {}, { style: 'bullet' });
  const { error } = z.fromJSONSchema(schema).safeParse(wrong);
  expect(error?.issues[0]?.path).toEqual(['sections', 1, 'children', 0, 'style']);
});

test('it is draft 2020-12, lists the issue codes and describes its fields', () => {
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'kehoach document.json',
  });
  expect(schema.$defs.Issue?.properties.code?.enum).toEqual([...ISSUE_CODES]);
  expect(schema.$defs.Section?.properties.children).toEqual({ type: 'array', items: { $ref: '#/$defs/Section' } });
  expect(schema.$defs.Indicator?.properties.quote?.description).toMatch(/verbatim/);
});
