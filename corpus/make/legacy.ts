import { deflateSync, inflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib';
import { legacyEncodings } from '../../pipeline/legacy/encodings.ts';
import { CUTS, type Typeface } from './fonts.ts';
import { glyphOf, withLetters } from './truetype.ts';

/** A font of the nineties for small letters and for capitals, as Office had them. */
const [SMALL, LARGE] = ['.VnTime', '.VnTimeH'];

/** A browser shows no soft hyphen, which is the place of ư: while it prints, ư stands here. */
const [HYPHEN, STAND_IN] = [0xad, 0xe0ad];

interface Codes {
  /** The letter that stands where a Latin-1 code would; one code a letter. */
  letterAt: Map<number, string>;
  codeOf: Map<string, string>;
}

function codes(): Codes {
  const encoding = legacyEncodings().find((one) => one.name.startsWith('TCVN3'));
  if (!encoding) throw new Error('dictionaries/legacy-fonts has no TCVN3');
  const letterAt = new Map<number, string>();
  for (let code = 32; code < 127; code++) letterAt.set(code, String.fromCharCode(code));
  for (const [code, letter] of encoding.letters) {
    const at = code.charCodeAt(0);
    letterAt.set(at === HYPHEN ? STAND_IN : at, letter);
  }
  const codeOf = new Map([...letterAt].map(([code, letter]) => [letter, String.fromCharCode(code)]));
  return { letterAt, codeOf };
}

/** @font-face rules of the two fonts, all cuts: the glyphs of the typeface in the places of TCVN3. */
export function legacyFaces(face: Typeface): string {
  const { letterAt } = codes();
  return [SMALL, LARGE]
    .flatMap((family) =>
      CUTS.map((cut) => {
        const shown = (letter: string): string => (family === LARGE ? letter.toUpperCase() : letter);
        const glyphs = new Map([...letterAt].map(([code, letter]) => [code, glyphOf(face[cut], shown(letter))]));
        const data = withLetters(face[cut], glyphs, family ?? '').toString('base64');
        const weight = cut === 'bold' || cut === 'boldItalic' ? 'bold' : 'normal';
        const style = cut === 'italic' || cut === 'boldItalic' ? 'italic' : 'normal';
        return `@font-face { font-family: '${family}'; font-weight: ${weight}; font-style: ${style}; src: url(data:font/ttf;base64,${data}); }`;
      }),
    )
    .join('\n');
}

/** A piece of text as it was typed: what TCVN3 has no code for stands in the font of capitals as its small letter. */
function typed(text: string, codeOf: ReadonlyMap<string, string>): string {
  return text.replace(/[\p{L}]+|[^\p{L}]+/gu, (piece) => {
    const code = (letters: string): string => [...letters].map((letter) => codeOf.get(letter) ?? letter).join('');
    const large = (letters: string): string =>
      `<span style="font-family:'${LARGE}'">${code(letters.toLowerCase())}</span>`;
    if (piece.length > 1 && piece === piece.toUpperCase() && /\p{Lu}/u.test(piece)) return large(piece);
    return [...piece]
      .map((letter) => (/\p{Lu}/u.test(letter) && !codeOf.has(letter) ? large(letter) : code(letter)))
      .join('');
  });
}

/** An HTML page with its words typed in the two fonts; the page's own fonts give way. */
export function typeLegacy(html: string): string {
  const { codeOf } = codes();
  const [head = '', body = ''] = html.split(/(?<=<body[^>]*>)/);
  const words = body.replace(/>([^<]+)</g, (_, text: string) => `>${typed(text, codeOf)}<`);
  return `${head.replaceAll("'Corpus Serif'", `'${SMALL}'`)}${words}`;
}

/** Puts the soft hyphen back into the maps of a printed PDF that say which character a glyph stands for. */
export async function restoreHyphen(bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  for (const [reference, stream] of pdf.context.enumerateIndirectObjects()) {
    if (!(stream instanceof PDFRawStream) || stream.dict.get(PDFName.of('Filter')) !== PDFName.of('FlateDecode'))
      continue;
    const content = inflateSync(stream.contents).toString('latin1');
    if (!content.includes('beginbfchar') && !content.includes('beginbfrange')) continue;
    const mended = deflateSync(Buffer.from(content.replaceAll(/<E0AD>/gi, '<00AD>'), 'latin1'));
    const dict = stream.dict.clone(pdf.context);
    dict.set(PDFName.of('Length'), pdf.context.obj(mended.length));
    pdf.context.assign(reference, PDFRawStream.of(dict, mended));
  }
  return pdf.save();
}
