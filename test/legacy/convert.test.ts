import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUnicode } from '../../pipeline/legacy/convert.ts';
import { convertRuns } from '../../pipeline/legacy/convert-runs.ts';
import { detectEncoding } from '../../pipeline/legacy/detect.ts';
import { legacyEncodings } from '../../pipeline/legacy/encodings.ts';
import { encoded, encodingOf } from './encode.ts';

const TCVN3 = encodingOf('TCVN3');
const VNI = encodingOf('VNI');
const VISCII = encodingOf('VISCII');
const SENTENCE =
  'Kế hoạch số 15/KH-UBND: đạt ít nhất 92,5% hồ sơ của người dân được giải quyết trước hạn, nhất là ở xã.';

const one = (text: string, font: string | null): string | undefined => convertRuns([{ text, font }])[0]?.text;

describe('text as it was typed in these fonts', () => {
  it.each([
    ['Céng hßa x· héi chñ nghÜa ViÖt Nam', TCVN3, 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    [
      '§¬n vÞ chñ tr×; tr\u00ADêng tiÓu häc; ®\u00ADîc h\u00ADëng',
      TCVN3,
      'Đơn vị chủ trì; trường tiểu học; được hưởng',
    ],
    ['Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', VNI, 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['UÛY BAN NHAÂN DAÂN THÒ XAÕ; Uûy ban; ñöôïc höôûng', VNI, 'ỦY BAN NHÂN DÂN THỊ XÃ; Ủy ban; được hưởng'],
    ['Cµng hòa xã hµi chü nghîa Vi®t Nam'.replaceAll('µ', '\u00B5'), VISCII, 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
  ])('%s', (typed, encoding, text) => {
    expect(toUnicode(typed, encoding)).toBe(text);
  });

  it('a soft hyphen that a PDF shows as a hyphen is a letter again, other hyphens stay', () => {
    expect(toUnicode('tr-êng, ®-îc, t- liÖu, -u tiªn; kinh tÕ - x· héi; N§-CP; 2005-2010', TCVN3)).toBe(
      'trường, được, tư liệu, ưu tiên; kinh tế - xã hội; NĐ-CP; 2005-2010',
    );
  });

  it('codes of symbol fonts and the Greek mu mean the same', () => {
    expect(toUnicode('h\uF0D6 th\uF0E8ng, l\u03BC', TCVN3)).toBe('hệ thống, là');
  });
});

describe('every letter', () => {
  it.each(legacyEncodings().map((encoding) => [encoding.name, encoding] as const))(
    '%s gives back what it took',
    (_, encoding) => {
      const letters = [...new Set(encoding.letters.values())];
      const text = fc
        .array(fc.oneof(fc.constantFrom(...letters), fc.constantFrom(...'bcdghklmnpqrstvx 0123456789.,%/')))
        .map((all) => all.join(''));
      fc.assert(fc.property(text, (typed) => toUnicode(encoded(typed, encoding), encoding) === typed));
    },
  );

  it('all Vietnamese letters are in VNI and VISCII, all small ones in TCVN3', () => {
    const small = 'àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ';
    for (const encoding of [VNI, VISCII]) {
      expect(new Set(encoding.letters.values())).toEqual(new Set(small + small.toUpperCase()));
    }
    expect(new Set(TCVN3.letters.values())).toEqual(new Set(`${small}ĂÂĐÊÔƠƯ`));
  });

  it('ASCII stays as it is, digits before all', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii' });
    for (const encoding of legacyEncodings()) {
      fc.assert(
        fc.property(
          ascii,
          (text) => toUnicode(text, encoding) === text.replace(/\S*-\S*/g, (word) => toUnicode(word, encoding)),
        ),
      );
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), (text) => {
          const digits = (of: string) => of.replace(/\D/g, '');
          return digits(toUnicode(text, encoding)) === digits(text);
        }),
      );
    }
  });
});

describe('recognised by the letters', () => {
  it.each(legacyEncodings().map((encoding) => [encoding.name, encoding] as const))('%s', (_, encoding) => {
    expect(detectEncoding(encoded(SENTENCE, encoding))?.name).toBe(encoding.name);
    expect(one(encoded(SENTENCE, encoding), null)).toBe(SENTENCE);
  });

  it.each([
    ['Unicode', SENTENCE],
    ['Unicode with letters that Latin has too', 'và có là là ở bà cô cá dì hè lê mô nô tê và có các lá hàng'],
    ['French', 'Le comité a été créé à l’époque où les élèves étaient âgés, près du théâtre du château'],
    ['too little', 'Céng hßa'],
    ['units', '500 m², 300 m², 20 km², cao 3 m, 12 m³, 35 °C'],
    ['numbers', '¼ ½ ¾ § 12 ± 3 × 4 ÷ 5 © 2026 ®'],
  ])('not %s', (_, text) => {
    expect(one(text, 'Times New Roman')).toBe(text);
  });
});

describe('recognised by the font', () => {
  const short = encoded('trị', TCVN3);
  it.each([
    ['.VnTime', short, 'trị'],
    ['ABCDEF+.VnTime,Bold', short, 'trị'],
    ['.VnTimeH', short, 'TRỊ'],
    ['.VnArialH-Bold', 'kÕ ho¹ch 15', 'KẾ HOẠCH 15'],
    ['VnTime', short, 'trị'],
    ['VNI-Times', encoded('trị', VNI), 'trị'],
    ['VI Times', encoded('trị', VISCII), 'trị'],
    ['Times New Roman', short, short],
    ['Verdana', short, short],
  ])('%s', (font, text, expected) => {
    expect(one(text, font)).toBe(expected);
  });

  it('but not where the words are Unicode already', () => {
    expect(one(SENTENCE, '.VnTime')).toBe(SENTENCE);
    expect(one('và có các bàn', '.VnTime')).toBe('và có các bàn');
  });
});

describe('runs of one document', () => {
  it('each in its own encoding, words over two runs whole', () => {
    const runs = [
      { text: 'Ủy ban nhân dân xã ', font: 'Times New Roman' },
      { text: 'kÕ ho', font: '.VnTime' },
      { text: '¹ch, ', font: '.VnTime' },
      { text: 'chñ tr×\n', font: '.VnTimeH' },
      { text: 'uyû ban nhaân da', font: 'VNI-Times' },
      { text: '\u00E2n\n', font: 'VNI-Times' },
    ];
    expect(convertRuns(runs).map((run) => run.text)).toEqual([
      'Ủy ban nhân dân xã ',
      'kế ho',
      'ạch, ',
      'CHỦ TRÌ\n',
      'uỷ ban nhân dâ',
      'n\n',
    ]);
  });

  it('a paragraph pasted in another encoding, in the font of the rest', () => {
    const pasted = `${encoded('Cải cách thủ tục hành chính ở các xã', TCVN3)}\n`;
    const font = 'Times New Roman';
    const runs = [
      { text: `${SENTENCE}\n`, font },
      { text: pasted, font },
      { text: `${SENTENCE}\n`, font },
    ];
    expect(convertRuns(runs).map((run) => run.text)).toEqual([
      `${SENTENCE}\n`,
      'Cải cách thủ tục hành chính ở các xã\n',
      `${SENTENCE}\n`,
    ]);
  });

  it('Unicode typed later into a document of a legacy font', () => {
    const font = '.VnTime';
    const old = `${encoded(SENTENCE, TCVN3)}\n`;
    const runs = [
      { text: old, font },
      { text: 'Bổ sung: đẩy mạnh chuyển đổi số.\n', font },
      { text: old, font },
    ];
    expect(convertRuns(runs).map((run) => run.text)).toEqual([
      `${SENTENCE}\n`,
      'Bổ sung: đẩy mạnh chuyển đổi số.\n',
      `${SENTENCE}\n`,
    ]);
  });

  it('nothing to change: the runs themselves', () => {
    const runs = [{ text: SENTENCE, font: 'Arial' }];
    expect(convertRuns(runs)).toBe(runs);
  });
});
