import sax from 'sax';

/** An element of a part of a DOCX. Names have the usual prefixes ("w:p"), whatever the file's own are. */
export interface XmlElement {
  name: string;
  /** By local name: `w:val` is `val`. */
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

const MAIN = 'w';
const PREFIXES: Record<string, string> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': MAIN,
  'http://purl.oclc.org/ooxml/wordprocessingml/main': MAIN,
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
};
/** Deeper than any document is nested. */
const MAX_DEPTH = 400;

/** Parses XML whole; throws an Error where it is not well-formed. Entities of its own are never expanded. */
export function parseXml(text: string): XmlElement {
  const parser = sax.parser(true, { xmlns: true, position: false });
  const root: XmlElement = { name: '#root', attributes: {}, children: [] };
  const open = [root];
  parser.onopentag = (node) => {
    const { local, uri, attributes } = node as sax.QualifiedTag;
    const element: XmlElement = { name: `${PREFIXES[uri] ?? 'x'}:${local}`, attributes: {}, children: [] };
    for (const attribute of Object.values(attributes)) element.attributes[attribute.local] = attribute.value;
    open.at(-1)?.children.push(element);
    if (open.push(element) > MAX_DEPTH) throw new Error('elements are nested too deep');
  };
  parser.onclosetag = () => {
    open.pop();
  };
  parser.ontext = (value) => {
    open.at(-1)?.children.push(value);
  };
  parser.oncdata = parser.ontext;
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(text).close();
  return root;
}

export function* elements(element: XmlElement | undefined, name?: string): Generator<XmlElement> {
  for (const child of element?.children ?? []) {
    if (typeof child !== 'string' && (name === undefined || child.name === name)) yield child;
  }
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return elements(element, name).next().value ?? undefined;
}

/** The child's `w:val`. */
export const value = (element: XmlElement | undefined, name: string): string | undefined =>
  child(element, name)?.attributes.val;

/** The child's `w:val` as a whole number. */
export function number(element: XmlElement | undefined, name: string): number | undefined {
  return wholeNumber(value(element, name));
}

export function wholeNumber(text: string | undefined): number | undefined {
  const parsed = Number.parseInt(text ?? '', 10);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** An on-off property: there without a value is on; undefined where it is not there. */
export function toggle(element: XmlElement | undefined, name: string): boolean | undefined {
  const found = child(element, name);
  if (found === undefined) return undefined;
  return !['0', 'false', 'off', 'none'].includes(found.attributes.val ?? 'true');
}
