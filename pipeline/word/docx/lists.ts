import type { NumberFormat } from '../number-format.ts';
import { LEVELS, type ListInstance, type ListLevel } from '../numbering.ts';
import { child, elements, number, toggle, value, wholeNumber, type XmlElement } from '../xml.ts';
import { runProperties, type Styles } from './styles.ts';

export interface DocxLists {
  /** By `w:numId`. */
  lists: Map<string, ListInstance>;
  /** The level that a list ties to a paragraph style, or undefined. */
  levelOfStyle(list: string, style: string): number | undefined;
}

interface Abstract {
  levels: ListLevel[];
  styles: Map<string, number>;
}

const FORMATS: Record<string, NumberFormat> = {
  decimalZero: 'decimalZero',
  upperRoman: 'upperRoman',
  lowerRoman: 'lowerRoman',
  upperLetter: 'upperLetter',
  lowerLetter: 'lowerLetter',
  bullet: 'bullet',
  none: 'none',
};

/** Reads numbering.xml. Lists of one abstract list count on together, as Word has it. */
export function readLists(root: XmlElement | undefined, styles: Styles): DocxLists {
  const numbering = child(root, 'w:numbering');
  const abstracts = new Map<string, XmlElement>();
  for (const one of elements(numbering, 'w:abstractNum')) abstracts.set(one.attributes.abstractNumId ?? '', one);
  const instances = new Map<string, XmlElement>();
  for (const one of elements(numbering, 'w:num')) instances.set(one.attributes.numId ?? '', one);

  /** A list may only name a style, whose list it is. */
  function abstractOf(id: string, seen: readonly string[] = []): { id: string; element: XmlElement } | undefined {
    const element = abstracts.get(id);
    const link = value(element, 'w:numStyleLink');
    if (!element || link === undefined || seen.includes(id)) return element && { id, element };
    const list = instances.get(styles.paragraph(link).paragraph.list ?? '');
    const other = value(list, 'w:abstractNumId');
    return (other === undefined ? undefined : abstractOf(other, [...seen, id])) ?? { id, element };
  }

  const lists = new Map<string, ListInstance>();
  const styleLevels = new Map<string, Map<string, number>>();
  for (const [id, element] of instances) {
    const abstract = abstractOf(value(element, 'w:abstractNumId') ?? '');
    if (!abstract) continue;
    const { levels, styles: ties } = readAbstract(abstract.element);
    const starts = new Map<number, number>();
    for (const override of elements(element, 'w:lvlOverride')) {
      const at = wholeNumber(override.attributes.ilvl) ?? 0;
      const level = child(override, 'w:lvl');
      if (level) levels[at] = readLevel(level, at);
      const start = number(override, 'w:startOverride');
      if (start !== undefined) starts.set(at, start);
    }
    lists.set(id, { counter: abstract.id, levels, starts });
    styleLevels.set(id, ties);
  }
  return { lists, levelOfStyle: (list, style) => styleLevels.get(list)?.get(style) };
}

function readAbstract(element: XmlElement): Abstract {
  const levels: ListLevel[] = [];
  const styles = new Map<string, number>();
  for (const level of elements(element, 'w:lvl')) {
    const at = wholeNumber(level.attributes.ilvl) ?? 0;
    if (at < 0 || at >= LEVELS) continue;
    levels[at] = readLevel(level, at);
    const style = value(level, 'w:pStyle');
    if (style !== undefined) styles.set(style, at);
  }
  return { levels, styles };
}

function readLevel(element: XmlElement, at: number): ListLevel {
  const run = runProperties(child(element, 'w:rPr'));
  return {
    start: number(element, 'w:start') ?? 0,
    format: FORMATS[value(element, 'w:numFmt') ?? 'decimal'] ?? 'decimal',
    text: value(element, 'w:lvlText') ?? `%${at + 1}`,
    legal: toggle(element, 'w:isLgl') ?? false,
    restartAfter: number(element, 'w:lvlRestart') ?? null,
    font: run.font ?? null,
    bold: run.bold ?? null,
  };
}
