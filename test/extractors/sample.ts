import { readFileSync } from 'node:fs';

/** A whole invented plan, short, with every kind of record. */
export const SAMPLE = readFileSync(new URL('../fixtures/whole/plan.txt', import.meta.url), 'utf8');
