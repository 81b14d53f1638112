import { describe, expect, it } from 'vitest';
import { lineText } from '../../pipeline/page.ts';
import { decodeText } from '../../pipeline/text/decode.ts';
import { readTextPages, stripMarkup } from '../../pipeline/text/read-text.ts';

const texts = (text: string): string[][] =>
  readTextPages(text).map((page) =>
    page.items.map((item) =>
      item.kind === 'line' ? lineText(item) : item.cells.map((cell) => cell.lines.map(lineText).join(' ')).join(' / '),
    ),
  );

describe('decodeText', () => {
  const text = 'Kế hoạch của xã Đồng Mây\nNăm 2026\n';
  const utf16 = (bom: number[], swap: boolean): Uint8Array => {
    const body = Buffer.from(text, 'utf16le');
    return new Uint8Array([...bom, ...(swap ? body.swap16() : body)]);
  };

  it.each<[string, Uint8Array]>([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)])],
    ['UTF-16 little endian', utf16([0xff, 0xfe], false)],
    ['UTF-16 big endian', utf16([0xfe, 0xff], true)],
    ['CRLF', new TextEncoder().encode(text.replace(/\n/g, '\r\n'))],
    ['CR', new TextEncoder().encode(text.replace(/\n/g, '\r'))],
    ['letters and marks apart', new TextEncoder().encode(text.normalize('NFD'))],
  ])('%s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it.each<[string, Uint8Array]>([
    ['an eight-bit code page', new Uint8Array([0x4b, 0xea, 0x20, 0x68, 0xf5])],
    ['binary data', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeText(bytes)).toThrow(expect.objectContaining({ code: 'unknown-format' }));
  });
});

describe('readTextPages', () => {
  it('begins a page at each form feed', () => {
    expect(texts('Một\n\fHai\nBa\f')).toEqual([['Một'], ['Hai', 'Ba'], []]);
    expect(readTextPages('Một\fHai').map((page) => page.number)).toEqual([1, 2]);
  });

  it.each([
    ['Một\n- 2 -\n', ['Một']],
    ['3\nMột\nHai', ['Một', 'Hai']],
    ['Một\n\n4\n\nHai', ['Một', 'Hai']],
    ['Một\n5\nHai', ['Một', '5', 'Hai']],
    ['Một\n2026', ['Một', '2026']],
  ])('lone page numbers: %j', (text, expected) => {
    expect(texts(text)).toEqual([expected]);
  });

  it.each([
    ['### **1. Mục đích**', '1. Mục đích', true],
    ['**1. Mục đích**:', '1. Mục đích:', true],
    ['**Văn phòng**: làm đầu mối', 'Văn phòng: làm đầu mối', false],
    ['*(Kèm theo Quyết định)*', '(Kèm theo Quyết định)', false],
    ['*nghiêng* và thẳng', 'nghiêng và thẳng', false],
    ['* Mục tiêu', '* Mục tiêu', false],
    ['*Nhiệm vụ', '*Nhiệm vụ', false],
    ['Dòng một<br>dòng hai', 'Dòng một dòng hai', false],
    ['Số\\: 5 \\* 2 \\- A &amp; B &lt;C&gt;', 'Số\\: 5 * 2 - A & B <C>', false],
  ])('mark-up: %j', (line, text, heading) => {
    expect(stripMarkup(line)).toEqual({ text, heading });
  });

  it('takes no-break spaces for spaces', () => {
    expect(texts('Một\u00a0hai \u00a0 ba')).toEqual([['Một hai ba']]);
  });

  it('reads pipe rows as one table', () => {
    expect(texts('| TT | Việc |\n|---|---|\n| 1 | **Quét** sổ |\n')).toEqual([['TT / Việc / 1 / Quét sổ']]);
  });

  it('takes an empty text for one empty page', () => {
    expect(texts('')).toEqual([[]]);
    expect(texts(' \n\t\n')).toEqual([[]]);
  });
});
