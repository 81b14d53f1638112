import { applyPatch } from 'rfc6902';
import { type Operation, RECORD_SCHEMAS, type ReviewKind, type ReviewValue } from './model.ts';

type Fields = Record<string, unknown>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const pointerTo = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The operations that make `after` of `before`, field by field; each first tests what stood there. Empty for equals. */
export function makePatch(before: ReviewValue, after: ReviewValue): Operation[] {
  const [from, to] = [before as unknown as Fields, after as unknown as Fields];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => !same(from[name], to[name]));
  return names.flatMap((name): Operation[] => {
    const path = pointerTo(name);
    const value = to[name] as never;
    if (from[name] === undefined) return [{ op: 'add', path, value }];
    const test: Operation = { op: 'test', path, value: from[name] as never };
    return [test, to[name] === undefined ? { op: 'remove', path } : { op: 'replace', path, value }];
  });
}

/** The patched record; null where an operation does not fit it or what comes out is no record of the kind. */
export function patched(kind: ReviewKind, value: ReviewValue, patch: readonly Operation[]): ReviewValue | null {
  const copy = structuredClone(value);
  const errors = applyPatch(copy, structuredClone([...patch]));
  if (errors.some((error) => error !== null)) return null;
  const parsed = RECORD_SCHEMAS[kind].safeParse(copy);
  if (!parsed.success || (parsed.data as { id?: string }).id !== (value as { id?: string }).id) return null;
  return parsed.data;
}
