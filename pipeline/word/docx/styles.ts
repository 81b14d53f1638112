import { child, elements, number, toggle, value, wholeNumber, type XmlElement } from '../xml.ts';

/** What `w:rPr` says; undefined where it says nothing. */
export interface RunProperties {
  font?: string | undefined;
  bold?: boolean | undefined;
  italic?: boolean | undefined;
  capitals?: boolean | undefined;
  hidden?: boolean | undefined;
  /** Points. */
  size?: number | undefined;
}

/** What `w:pPr` says. */
export interface ParagraphProperties {
  /** `w:numId`; "0" takes the style's list away. */
  list?: string | undefined;
  level?: number | undefined;
  centered?: boolean | undefined;
  turnsPage?: boolean | undefined;
}

export interface Style {
  paragraph: ParagraphProperties;
  run: RunProperties;
  /** The style itself and those it is based on, nearest first. */
  chain: string[];
}

export interface Styles {
  /** The style with all it inherits; the default one where the name is none. */
  paragraph(id: string | undefined): Style;
  character(id: string | undefined): RunProperties;
}

export function runProperties(element: XmlElement | undefined): RunProperties {
  if (!element) return {};
  const fonts = child(element, 'w:rFonts')?.attributes;
  const size = wholeNumber(value(element, 'w:sz'));
  return {
    font: fonts && (fonts.hAnsi ?? fonts.ascii ?? fonts.cs ?? (fonts.hAnsiTheme || fonts.asciiTheme ? '' : undefined)),
    bold: toggle(element, 'w:b'),
    italic: toggle(element, 'w:i'),
    capitals: toggle(element, 'w:caps'),
    hidden: toggle(element, 'w:vanish'),
    size: size === undefined ? undefined : size / 2,
  };
}

export function paragraphProperties(element: XmlElement | undefined): ParagraphProperties {
  const numbering = child(element, 'w:numPr');
  const alignment = value(element, 'w:jc');
  return {
    list: value(numbering, 'w:numId'),
    level: number(numbering, 'w:ilvl'),
    centered: alignment === undefined ? undefined : alignment === 'center',
    turnsPage: toggle(element, 'w:pageBreakBefore'),
  };
}

/** The later one wins where it says something. */
export function merged<T extends object>(...properties: T[]): T {
  const out = {} as T;
  for (const one of properties) {
    for (const [key, entry] of Object.entries(one)) if (entry !== undefined) Object.assign(out, { [key]: entry });
  }
  return out;
}

export function readStyles(root: XmlElement | undefined): Styles {
  const styles = child(root, 'w:styles');
  const byId = new Map<string, XmlElement>();
  let usual: string | undefined;
  for (const style of elements(styles, 'w:style')) {
    const id = style.attributes.styleId ?? '';
    byId.set(id, style);
    if (style.attributes.type === 'paragraph' && ['1', 'true', 'on'].includes(style.attributes.default ?? ''))
      usual = id;
  }
  const defaults = child(styles, 'w:docDefaults');
  const base: Style = {
    paragraph: paragraphProperties(child(child(defaults, 'w:pPrDefault'), 'w:pPr')),
    run: runProperties(child(child(defaults, 'w:rPrDefault'), 'w:rPr')),
    chain: [],
  };
  const resolved = new Map<string, Style>();

  function resolve(id: string, seen: readonly string[]): Style {
    const known = resolved.get(id);
    if (known) return known;
    const style = byId.get(id);
    if (!style || seen.includes(id)) return base;
    const parent = value(style, 'w:basedOn');
    const inherited = parent === undefined ? base : resolve(parent, [...seen, id]);
    const own: Style = {
      paragraph: merged(inherited.paragraph, paragraphProperties(child(style, 'w:pPr'))),
      run: merged(inherited.run, runProperties(child(style, 'w:rPr'))),
      chain: [id, ...inherited.chain],
    };
    resolved.set(id, own);
    return own;
  }

  function characterOf(id: string | undefined, seen: readonly string[]): RunProperties {
    const style = id === undefined || seen.includes(id) ? undefined : byId.get(id);
    if (!style || id === undefined) return {};
    return merged(characterOf(value(style, 'w:basedOn'), [...seen, id]), runProperties(child(style, 'w:rPr')));
  }

  return {
    paragraph: (id) => resolve(id !== undefined && byId.has(id) ? id : (usual ?? ''), []),
    character: (id) => characterOf(id, []),
  };
}
