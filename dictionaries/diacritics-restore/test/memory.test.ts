import fc from 'fast-check';
import { expect, it } from 'vitest';
import { units } from '../src/language-model.ts';
import { DocumentMemory } from '../src/memory.ts';
import { loadModel } from '../src/model.ts';
import { MEMORY } from '../src/weights.ts';

const { language } = loadModel();
const word = fc.integer({ min: 3, max: language.words.length - 1 });

it('counts every pair of a long document', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 2, maxLength: 6000 }), (words) => {
      const memory = new DocumentMemory(language);
      memory.add(words);
      memory.add(words);
      const counts = new Map<string, number>();
      for (let i = 1; i < words.length; i++) {
        const pair = `${words[i - 1]} ${words[i]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 2);
      }
      for (const [pair, count] of counts) {
        const [before = 0, after = 0] = pair.split(' ').map(Number);
        // Behind a break only the word counts.
        const bonus = memory.bonus(before, after) - memory.bonus(1, after);
        expect(bonus).toBe(units(Math.min(MEMORY.pairMost, MEMORY.pair * Math.log(count))));
      }
    }),
    { numRuns: 10 },
  );
});

it('leans to a name that was given, and to no other pair', () => {
  const memory = new DocumentMemory(language);
  memory.addName('xã Tân Lập');
  const [xã, tân, lập] = ['xã', 'tân', 'lập'].map((w) => language.id(w)) as [number, number, number];
  expect(memory.bonus(xã, tân)).toBe(units(MEMORY.name));
  expect(memory.bonus(tân, lập)).toBe(units(MEMORY.name));
  expect(memory.bonus(xã, lập)).toBe(0);
});
