/** A PDF object (ISO 32000-1, 7.3); a text string is its characters, not read any further. */
export type PdfObject = null | boolean | number | string | PdfName | PdfRef | PdfObject[] | PdfDict;
export type PdfDict = Map<string, PdfObject>;

export class PdfName {
  constructor(readonly name: string) {}
}

/** Where another object stands; its number. */
export class PdfRef {
  constructor(readonly number: number) {}
}

/** The text ends within an object. */
export class Unfinished extends Error {}

const SPACE = /[\0\t\n\f\r ]*(?:%[^\r\n]*[\0\t\n\f\r ]*)*/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)/y;
const REFERENCE = /(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/y;
const NAME = /\/([^\0\t\n\f\r ()<>[\]{}/%]*)/y;
const HEX = /<[0-9A-Fa-f\0\t\n\f\r ]*>/y;
const WORD = /[a-zA-Z'"*]+/y;
/** Arrays and dictionaries within each other. */
const DEEPEST = 50;

/** Reads objects one after the other. `text`: bytes as Latin-1. Throws `Unfinished`, or an Error where there is no object. */
export class PdfReader {
  constructor(
    private readonly text: string,
    public at = 0,
  ) {}

  /** Goes over white space and comments; says whether `word` is next, and goes over it too. */
  follows(word: string): boolean {
    this.match(SPACE);
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  isAtEnd(): boolean {
    this.match(SPACE);
    return this.at >= this.text.length;
  }

  /** The next operator of a content stream. */
  word(): string | null {
    this.match(SPACE);
    return this.match(WORD)?.[0] ?? null;
  }

  object(depth = 0): PdfObject {
    this.match(SPACE);
    // A number, name or word at the very end may go on.
    if (this.at >= this.text.length || depth > DEEPEST) throw new Unfinished('an object is cut off');
    if (this.follows('<<')) return this.dictionary(depth);
    if (this.follows('[')) return this.array(depth);
    if (this.text[this.at] === '(') return this.string();
    const name = this.match(NAME);
    if (name)
      return new PdfName(
        (name[1] ?? '').replace(/#([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`))),
      );
    const reference = this.match(REFERENCE);
    if (reference) return new PdfRef(Number(reference[1]));
    const number = this.match(NUMBER);
    if (number) return Number(number[0]);
    const hex = this.match(HEX);
    if (hex) return hex[0];
    if (this.follows('true')) return true;
    if (this.follows('false')) return false;
    if (this.follows('null')) return null;
    throw this.text.length - this.at < 16 ? new Unfinished('an object is cut off') : new Error('there is no object');
  }

  private dictionary(depth: number): PdfDict {
    const entries: PdfDict = new Map();
    while (!this.follows('>>')) {
      const key = this.object(depth + 1);
      if (!(key instanceof PdfName)) throw new Error('a dictionary has a key that is no name');
      entries.set(key.name, this.object(depth + 1));
    }
    return entries;
  }

  private array(depth: number): PdfObject[] {
    const items: PdfObject[] = [];
    while (!this.follows(']')) items.push(this.object(depth + 1));
    return items;
  }

  private string(): string {
    const from = this.at++;
    for (let open = 1; open > 0; this.at++) {
      const letter = this.text[this.at];
      if (letter === undefined) throw new Unfinished('a string is cut off');
      if (letter === '\\') this.at++;
      else if (letter === '(') open++;
      else if (letter === ')') open--;
    }
    return this.text.slice(from, this.at);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}
