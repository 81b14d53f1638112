/** The ruleset: data of model/rules.json, made ready for use. */
import { readFileSync } from 'node:fs';

interface RulesFile {
  fixed: Record<string, string>;
  units: string[];
  bullets: string[];
  bulletMisread: string[];
  alikeCapitals: string[];
  abbreviations: string[];
  nameLeads: string[];
  latinWords: string[];
}

/** The rules as the decoder asks for them. */
export interface Rules {
  /** Tokens never touched in any profile (URL, e-mail, file names …). */
  isFixed(token: string): boolean;
  /** A number with what may hang on it: digits only, %, dates, amounts with a unit, document numbers. */
  isNumber(token: string): boolean;
  isBullet(token: string): boolean;
  /** A bullet as an English OCR may have read it ("~", "N"). */
  isBulletMisread(token: string): boolean;
  /** Abbreviation without marks ("HDND") → as it is written ("HĐND"). */
  abbreviations: ReadonlyMap<string, string>;
  /** The one abbreviation that a code in capitals differs from by a letter that looks alike. */
  abbreviationLike(code: string): string | undefined;
  /** Words behind which a capital begins the name of a place or person (lower case). */
  nameLeads: ReadonlySet<string>;
  /** Words of other languages that stay as they are (lower case). */
  latin: ReadonlySet<string>;
}

/** Reads the rules of a file. Throws where it cannot be read. */
export function readRules(path: URL): Rules {
  const file = JSON.parse(readFileSync(path, 'utf8')) as RulesFile;
  const fixed = Object.values(file.fixed).map((p) => new RegExp(p, 'iu'));
  const units = new RegExp(
    `^[<>≥≤±~(]*\\d+(?:[.,:/-]\\d+)*(?:${file.units.join('|')})?(?:/(?:${file.units.join('|')}))?[).,;:!?]*$`,
    'u',
  );
  const plain = /^[\d.,%/:\-–+()[\]<>≥≤=±;*°]+$/;
  // Ahead of the stroke a number, behind it capitals: 76/NQ-CP, 118/2025/ND-CP, 03/2025/TT-BTC.
  const document = /^[("“]*\d[\d./-]*\/[\p{Lu}\d][\p{L}\d&.\-–/]*[)”".,;:]*$/u;
  const bullets = new Set(file.bullets);
  const misread = new Set(file.bulletMisread);
  const all = new Set(file.abbreviations);
  const alike = new Map<string, string>();
  for (const kind of file.alikeCapitals) for (const c of kind) alike.set(c, (alike.get(c) ?? '') + kind);
  const abbreviationLike = (code: string): string | undefined => {
    if (code.length < 4 || all.has(code)) return undefined;
    const found = new Set<string>();
    for (let i = 0; i < code.length; i++) {
      const [before, after] = [code.slice(0, i), code.slice(i + 1)];
      for (const c of alike.get(code[i] as string) ?? '')
        if (all.has(before + c + after)) found.add(before + c + after);
    }
    return found.size === 1 ? [...found][0] : undefined;
  };
  return {
    abbreviationLike,
    isFixed: (token) => fixed.some((p) => p.test(token)),
    isNumber: (token) => (plain.test(token) ? /\d/.test(token) : units.test(token) || document.test(token)),
    isBullet: (token) => bullets.has(token),
    isBulletMisread: (token) => misread.has(token),
    abbreviations: new Map(file.abbreviations.map((a) => [a.replaceAll('Đ', 'D'), a])),
    nameLeads: new Set(file.nameLeads),
    latin: new Set(file.latinWords),
  };
}
