import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

const cache = new Map<string, unknown>();

function data<T>(name: string): T {
  let value = cache.get(name);
  if (value === undefined) {
    value = JSON.parse(readFileSync(join(packageRoot(), 'dictionaries', 'administrative', name), 'utf8'));
    cache.set(name, value);
  }
  return value as T;
}

export interface IndicatorWords {
  comparators: Record<'>=' | '<=' | '>' | '<', string[]>;
  reach: string[];
  increase: string[];
  decrease: string[];
  statementOpeners: string[];
  continuingOpeners: string[];
  countNouns: string[];
  measureNouns: string[];
  doing: string[];
  /** Units of what is built or planted. */
  workUnits: string[];
  notTargetParts: string[];
  numberWords: Record<string, number>;
}

/** Words that make a number a target, and those that do not. */
export const indicatorWords = (): IndicatorWords => data('indicator-words.json');

export interface AreaEntry {
  area: string;
  name: string;
  titles: string[];
}

/** The fields of administrative reform with the wordings their headings have. */
export const areas = (): AreaEntry[] => data<{ areas: AreaEntry[] }>('areas.json').areas;

export interface MeasureEntry {
  measure: string;
  name: string;
  /** Words that the subject has in this order, "…" for any words between; it begins with them unless "…" stands first. */
  synonyms: string[];
  /** Words that rule the measure out. */
  never?: string[];
}

/** Canonical names of what indicators measure. */
export const measures = (): MeasureEntry[] => data<{ measures: MeasureEntry[] }>('measures.json').measures;

export interface UnitWords {
  starters: string[];
  general: string[];
  asked: string[];
  opening: string[];
  names: string[];
}

/** How names of units begin, headings that name none, and the usual units of a commune. */
export const unitWords = (): UnitWords => data('units.json');

/** Column heads of task tables by their role. */
export const tableColumns = (): Record<string, string[]> =>
  data<{ columns: Record<string, string[]> }>('table-columns.json').columns;

export interface ReferenceWords {
  types: string[];
  symbols: Record<string, string>;
  issuers: string[];
  /** Fields of ministries and departments whose names have a comma, a dash or "và" in them. */
  fields: string[];
  /** What the Central committees ("Ban Chỉ đạo Trung ương về …") are for: parts of their names. */
  committees: string[];
  /** Symbols that lost their marks. */
  bareSymbols: Record<string, string>;
  /** Terms of the National Assembly: their number, first and last year. */
  terms: Record<string, readonly number[]>;
  laws: string[];
}

/** Types of legal documents, what the letters of their numbers stand for, who issues them, and the names of laws. */
export const referenceWords = (): ReferenceWords => data('references.json');

/** Abbreviations of the field, in capitals. */
export const abbreviations = (): string[] => data<{ abbreviations: string[] }>('abbreviations.json').abbreviations;

export interface SuspectWords {
  /** Words as printed with what was meant. */
  suspects: { at: string; expected: string }[];
  /** Words that never stand twice in a row. */
  neverTwice: string[];
  /** Two syllables that may rightly follow each other twice: a noun before its verb, or the end of one name before another. */
  rightlyTwice: string[];
}

/** Likely misprints and misreadings. */
export const suspectWords = (): SuspectWords => data('suspects.json');

/** Words as engines misread them, and as they were printed; words apart by one blank, in small letters. */
export const misreadings = (): Record<string, string> =>
  data<{ misreadings: Record<string, string> }>('misreadings.json').misreadings;

export interface ConfidenceWeights {
  /** Log odds that a record is right whose words nothing speaks against. */
  base: number;
  /** Log odds for one of each doubt. */
  weights: Record<string, number>;
}

/** How much what speaks against a record's words weighs. */
export const confidenceWeights = (): ConfidenceWeights => data('confidence.json');
