import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Profile, restore, restoreTokens } from '../src/index.ts';

const profiles: (Profile | 'auto')[] = ['auto', 'stripped', 'english-ocr', 'vietnamese-ocr', 'clean'];
const scraps = fc.constantFrom(
  ...'chirc nwéc dugc Ủy ban 1y x4 s6 95% 76/NQ-CP 15/7/2026 a) Il. - ~ N chuy- ên \n \t HĐND 1€ 16p ¢6 — 2.1. 100% ﬁ Đ'.split(
    ' ',
  ),
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(scraps, { maxLength: 40 }).map((a) => a.join(' ')),
);
const numbers = (s: string): string[] => s.split(/\s+/).filter((t) => /^[\d.,%/:-]*\d[\d.,%/:-]*$/.test(t));

describe.each(profiles)('any text, profile %s', (profile) => {
  it('keeps its lines', () => {
    fc.assert(
      fc.property(text, (t) => {
        expect(restore(t, { profile }).split('\n').length).toBe(t.split('\n').length);
      }),
      { numRuns: 150 },
    );
  });
  it('gives as many results as tokens', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { maxLength: 12 }), (tokens) => {
        expect(restoreTokens(tokens, { profile }).length).toBe(tokens.length);
      }),
      { numRuns: 80 },
    );
  });
  if (profile !== 'english-ocr' && profile !== 'auto') {
    it('keeps its numbers in order', () => {
      fc.assert(
        fc.property(text, (t) => {
          expect(numbers(restore(t, { profile }))).toEqual(numbers(t.normalize('NFC')));
        }),
        { numRuns: 150 },
      );
    });
  } else {
    it('makes no number from letters', () => {
      fc.assert(
        fc.property(text, (t) => {
          const left = numbers(t.normalize('NFC'));
          for (const n of numbers(restore(t, { profile }))) {
            const at = left.indexOf(n);
            expect(at).toBeGreaterThanOrEqual(0);
            left.splice(at, 1);
          }
        }),
        { numRuns: 150 },
      );
    });
  }
});

it('takes time linear in the length', () => {
  const run = (n: number): number => {
    const t = 'cac nhiem vu cai cach hanh chinh cua xa duoc trien khai '.repeat(n);
    const start = performance.now();
    restore(t, { profile: 'stripped' });
    return performance.now() - start;
  };
  run(200);
  const small = Math.max(5, run(500));
  expect(run(5000) / small).toBeLessThan(60);
});
