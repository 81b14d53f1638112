/** Proper names of a text: capitalised syllables in a row. What is printed there stays, however strange. */
import type { Draft } from './draft.ts';
import { capitalsOf } from './letters.ts';
import type { Model } from './model.ts';
import { isPlausibleSyllable } from './syllable.ts';
import { NAMES } from './weights.ts';

/** Syllables with the same capitals that nothing but a space parts; a line of capitals ends with the line. */
interface Run {
  words: string[];
  /** The word before and the word behind, where they are in small letters and nothing but a space is between. */
  before: string | undefined;
  next: string | undefined;
}

/** The names of a text with marks. */
export class Names {
  private readonly places = new Map<number, { run: Run; at: number }>();
  /** How often each pair of syllables stands in a run with capital first letters. */
  private readonly pairs = new Map<string, number>();
  private readonly draft: Draft;
  private readonly model: Model;

  /** `given`: names known from elsewhere, which count more than any reading. */
  constructor(draft: Draft, model: Model, given: readonly string[]) {
    this.draft = draft;
    this.model = model;
    for (const name of given) {
      const words = name.normalize('NFC').match(/\p{L}+/gu) ?? [];
      for (let i = 1; i < words.length; i++) {
        this.pairs.set(pairOf(words[i - 1] as string, words[i] as string), Number.POSITIVE_INFINITY);
      }
    }
    let run: Run | undefined;
    let before: string | undefined;
    draft.parts.forEach(({ pieces, separators }, token) => {
      const close = (): void => {
        run = undefined;
        before = undefined;
      };
      if (draft.lineStart[token] && kindOf(run) === 'upper') close();
      pieces.forEach((word, piece) => {
        if (separators[piece] !== '') close();
        const kind = capitalsOf(word);
        if (run && kindOf(run) !== kind) {
          if (kind === 'lower') run.next = word;
          run = undefined;
        }
        if (kind === 'lower') before = word;
        if (kind !== 'title' && kind !== 'upper') return;
        run ??= { words: [], before, next: undefined };
        before = undefined;
        if (kind === 'title' && run.words.length > 0) {
          const pair = pairOf(run.words.at(-1) as string, word);
          this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
        }
        this.places.set(placeOf(token, piece), { run, at: run.words.push(word) - 1 });
      });
      if (separators.at(-1) !== '' || pieces.length === 0) close();
    });
  }

  /**
   * Whether this piece is part of a name that must stand as it was read, against the reading `text`: unless the engine was unsure
   * of it, or the document writes the name as `text` has it more often.
   */
  stands(token: number, piece: number, text: string): boolean {
    const place = this.places.get(placeOf(token, piece));
    if (!place || (this.draft.confidences?.[token] ?? 1) < NAMES.unsure) return false;
    const { run, at } = place;
    const own = run.words[at] as string;
    if (!isPlausibleSyllable(own)) return false;
    const seen = this.seen(run, at, own);
    if (this.seen(run, at, text) > seen) return false;
    if (kindOf(run) === 'upper') return seen > 0;
    if (run.words.length < 2) return false;
    const { nameLeads } = this.model.rules;
    if ([run.before, ...run.words.slice(0, at)].some((word) => nameLeads.has(word?.toLowerCase() ?? ''))) return true;
    if (at === 0) return run.words.length > 2 || seen > 1;
    return at < run.words.length - 1 || run.next === undefined || !this.follows(run.next, own, text);
  }

  /** How often the document has the syllable with one of its neighbours as part of a name. */
  private seen({ words }: Run, at: number, text: string): number {
    const count = (a: string | undefined, b: string | undefined): number =>
      a === undefined || b === undefined ? 0 : (this.pairs.get(pairOf(a, b)) ?? 0);
    return Math.max(count(words[at - 1], text), count(text, words[at + 1]));
  }

  /** Whether the word behind makes `text` an ordinary word, no name: "Bộ Nôi vụ". */
  private follows(next: string, own: string, text: string): boolean {
    const { language } = this.model;
    const word = language.id(next);
    const score = (of: string): number => {
      const id = language.id(of.toLowerCase());
      return language.bigramScore(language.bigram(id, word), id, word);
    };
    return score(text) - score(own) > NAMES.follows;
  }
}

const kindOf = (run: Run | undefined): string => capitalsOf(run?.words[0] ?? '');

const placeOf = (token: number, piece: number): number => token * 65536 + piece;

const pairOf = (a: string, b: string): string => `${a} ${b}`.toLowerCase();
