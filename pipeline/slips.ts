import { BREAK, eachWord, type LanguageModel, loadModel, NUMBER, UNKNOWN } from 'diacritics-restore';

/** A word or two of a paragraph that the language model would rather see written otherwise. */
export interface Slip {
  kind: 'word' | 'missing' | 'order';
  /** As printed, and as it was probably meant. */
  at: string;
  expected: string;
  /** The printed words around. */
  around: string;
  /** Offset in the paragraph of the first word of `at`. */
  start: number;
}

/** How much likelier (log probability) the other wording must be; found on official texts that are none of the gold. */
const GAIN = { word: 8.5, behindComma: 12.5, letters: 11.5, missing: 8.5, order: 14, unknown: -11 };
/** Words that fit their neighbours as well as this are not looked at. */
const FITS = { pair: -13, block: -22 };
/** A word proposed by its neighbours is at least so likely behind the one before. */
const LIKELY = -7;
/** What a document prints as often as this it means. */
const OFTEN = 3;

/** A text as the model reads it: two breaks before it, three behind. */
export interface Run {
  ids: number[];
  /** Written forms, offsets in the paragraph, and whether a comma or bracket stands before. */
  written: string[];
  starts: number[];
  cut: boolean[];
}

const CUTS = /[,:(”"’)\]–-]$/u;

export function read(text: string, model: LanguageModel): Run {
  const run: Run = { ids: [BREAK, BREAK], written: ['', ''], starts: [0, 0], cut: [true, true] };
  let before = '';
  for (const token of text.matchAll(/\S+/gu)) {
    let first = true;
    let from = token.index;
    eachWord(token[0], (form, written) => {
      const isBreak = form === '<s>';
      run.ids.push(isBreak ? BREAK : form === '<num>' ? NUMBER : model.id(form));
      run.written.push(isBreak ? '' : written);
      const at = isBreak ? from : text.indexOf(written, from);
      run.starts.push(at);
      run.cut.push(first && (CUTS.test(before) || /^[(“"'‘[]/u.test(token[0])));
      from = isBreak ? from : at + written.length;
      first = false;
    });
    before = token[0];
  }
  for (let i = 0; i < 3; i++) {
    run.ids.push(BREAK);
    run.written.push('');
    run.starts.push(text.length);
    run.cut.push(true);
  }
  return run;
}

/** log p of each word behind the two before it; 0 for the first two. */
function fits(model: LanguageModel, ids: readonly number[]): Float64Array {
  const found = new Float64Array(ids.length);
  let context = model.bigram(ids[0] ?? BREAK, ids[1] ?? BREAK);
  for (let i = 2; i < ids.length; i++) {
    const [before, own] = [ids[i - 1] ?? BREAK, ids[i] ?? BREAK];
    const next = model.bigram(before, own);
    found[i] = model.trigramScore(context, next, model.bigramScore(next, before, own));
    context = next;
  }
  return found;
}

/** Above log p of any words: what is stored is rounded. */
const ROUNDED = 0.5;

/** log p of the words behind the first two; less than `least` where it cannot come to that. */
export function score(model: LanguageModel, ids: readonly number[], least: number): number {
  let sum = 0;
  let context = model.bigram(ids[0] ?? BREAK, ids[1] ?? BREAK);
  for (let i = 2; i < ids.length && sum >= least - ROUNDED; i++) {
    const [before, own] = [ids[i - 1] ?? BREAK, ids[i] ?? BREAK];
    const next = model.bigram(before, own);
    sum += model.trigramScore(context, next, model.bigramScore(next, before, own));
    context = next;
  }
  return sum;
}

/** Words that are LIKELY behind one, with log p and the place of the pair. */
interface Followers {
  ids: Uint16Array;
  places: Uint32Array;
  p: Float64Array;
}

const followersKnown = new WeakMap<LanguageModel, Map<number, Followers>>();

function followersOf(model: LanguageModel, word: number): Followers {
  const known = followersKnown.get(model) ?? new Map<number, Followers>();
  followersKnown.set(model, known);
  let found = known.get(word);
  if (!found) {
    const list: { id: number; p: number }[] = [];
    model.eachSuccessor(word, (id, p) => {
      if (id > NUMBER && p >= LIKELY) list.push({ id, p });
    });
    found = {
      ids: Uint16Array.from(list, ({ id }) => id),
      places: Uint32Array.from(list, ({ id }) => model.bigram(word, id)),
      p: Float64Array.from(list, ({ p }) => p),
    };
    known.set(word, found);
  }
  return found;
}

const isWord = (id: number | undefined): id is number => id !== undefined && id > NUMBER;
const bare = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();

/** Whether two words differ by one letter, mark or missing letter. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  const shorter = Math.min(a.length, b.length);
  let [head, tail] = [0, 0];
  while (head < shorter && a[head] === b[head]) head++;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return head + tail >= Math.max(a.length, b.length) - 1;
}

/** "xử lí" and "xử lý" are both right. */
const onlyIorY = (a: string, b: string): boolean =>
  bare(a).replace(/y$/, 'i') === bare(b).replace(/y$/, 'i') && bare(a) !== bare(b);

/**
 * Slips of the pen in paragraphs: a word for another that looks alike ("thành phổ"), a word left out ("Ủy ban nhân xã"),
 * words in the wrong order. Linear in the text: only where neighbours fit badly are other wordings tried.
 */
export function findSlips(paragraphs: readonly string[]): { paragraph: number; slip: Slip }[] {
  const model = loadModel().language;
  const runs = paragraphs.map((text) => read(text, model));
  const pairs = new Map<number, number>();
  const pairOf = (a: number, b: number) => a * 65536 + b;
  for (const { ids } of runs)
    for (let i = 1; i < ids.length; i++) {
      const pair = pairOf(ids[i - 1] ?? 0, ids[i] ?? 0);
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
  const usual = (a: number, b: number): boolean => (pairs.get(pairOf(a, b)) ?? 0) >= OFTEN;
  return runs.flatMap((run, paragraph) => slipsOf(run, model, usual).map((slip) => ({ paragraph, slip })));
}

function slipsOf(run: Run, model: LanguageModel, usual: (a: number, b: number) => boolean): Slip[] {
  const { ids, written, cut } = run;
  const fit = fits(model, ids);
  const slips: Slip[] = [];
  const sum = (from: number, to: number): number => {
    let total = 0;
    for (let i = from; i <= to; i++) total += fit[i] ?? 0;
    return total;
  };
  let last = -1;
  for (let i = 2; i < ids.length - 3; i++) {
    const [before, own, after] = [ids[i - 1] as number, ids[i] as number, ids[i + 1] as number];
    if (own === BREAK || own === NUMBER || i <= last) continue;
    const small = () => /^\p{Ll}/u.test(written[i] ?? '');
    if (own === UNKNOWN) {
      const word = !cut[i] && small() ? unknownWord(model, before, written[i] ?? '', after) : null;
      if (word) slips.push(slipAt(run, 'word', i, i, word));
      continue;
    }
    const order = otherOrder(model, run, i, sum);
    if (order) {
      slips.push(slipAt(run, 'order', i, i + order.length - 1, order.join(' ')));
      last = i + order.length;
      continue;
    }
    if ((fit[i] ?? 0) + (fit[i + 1] ?? 0) > FITS.pair) continue;
    const often = usual(before, own) || usual(own, after);
    const word = !often && small() ? betterWord(model, ids, i, sum(i, i + 2), cut) : null;
    if (word) {
      slips.push(slipAt(run, 'word', i, i, word));
      continue;
    }
    const missing = cut[i] || cut[i + 1] || usual(before, own) ? null : missingWord(model, ids, i, sum(i, i + 1));
    if (missing) {
      slips.push(slipAt(run, 'missing', i - 1, i, `${written[i - 1]} ${missing} ${written[i]}`));
      last = i;
    }
  }
  return slips;
}

function slipAt({ written, starts }: Run, kind: Slip['kind'], from: number, to: number, expected: string): Slip {
  return {
    kind,
    at: written.slice(from, to + 1).join(' '),
    expected,
    around: written
      .slice(Math.max(2, from - 2), to + 2)
      .filter((word) => word !== '')
      .join(' '),
    start: starts[from] ?? 0,
  };
}

/** A word that the model does not know, a letter away from one that its neighbours ask for. */
function unknownWord(model: LanguageModel, before: number, printed: string, after: number): string | null {
  if (!/^\p{Ll}{3,7}$/u.test(printed) || before === UNKNOWN) return null;
  let best: { word: string; value: number } | null = null;
  model.eachSuccessor(before, (id, p) => {
    if (id <= NUMBER || p < GAIN.unknown || !isNear(printed, model.words[id] ?? '')) return;
    const value = p + model.bigramScore(model.bigram(id, after), id, after);
    if (value > (best?.value ?? GAIN.unknown)) best = { word: model.words[id] ?? '', value };
  });
  return (best as { word: string } | null)?.word ?? null;
}

/** The word that looks alike, or is a letter away, and fits much better; null where there is none. */
function betterWord(
  model: LanguageModel,
  ids: readonly number[],
  i: number,
  own: number,
  cut: readonly boolean[],
): string | null {
  if (ids[i - 1] === NUMBER || own > FITS.pair) return null;
  const word = model.words[ids[i] ?? 0] ?? '';
  const window = ids.slice(i - 2, i + 3);
  let best: { id: number; gain: number } | null = null;
  const attempt = (id: number, least: number): void => {
    window[2] = id;
    const gain = score(model, window, own + Math.max(least, best?.gain ?? 0)) - own;
    if (gain >= least && gain > (best?.gain ?? 0) && !onlyIorY(word, model.words[id] ?? '')) best = { id, gain };
  };
  for (const id of model.byKey.get(bare(word)) ?? [])
    if (id !== ids[i]) attempt(id, cut[i] ? GAIN.behindComma : GAIN.word);
  const [before, after] = [ids[i - 1] as number, ids[i + 1] as number];
  if (!cut[i] && isWord(before) && isWord(after)) {
    const followers = followersOf(model, before);
    const context = model.bigram(ids[i - 2] as number, before);
    for (let k = 0; k < followers.ids.length; k++) {
      const id = followers.ids[k] as number;
      const first = model.trigramScore(context, followers.places[k] as number, followers.p[k] as number);
      if (first < own + GAIN.letters - ROUNDED || id === ids[i] || !isNear(word, model.words[id] ?? '')) continue;
      if (model.bigram(id, after) >= 0) attempt(id, GAIN.letters);
    }
  }
  return best === null ? null : (model.words[(best as { id: number }).id] ?? null);
}

/** The word that is missing before the word at `i`. */
function missingWord(model: LanguageModel, ids: readonly number[], i: number, own: number): string | null {
  const [before, word] = [ids[i - 1] as number, ids[i] as number];
  if (!isWord(before)) return null;
  const after = ids[i + 1] as number;
  const followers = followersOf(model, before);
  const context = model.bigram(ids[i - 2] as number, before);
  let best: { id: number; gain: number } | null = null;
  for (let k = 0; k < followers.ids.length; k++) {
    const least = own + Math.max(GAIN.missing, best?.gain ?? 0) - ROUNDED;
    const place = followers.places[k] as number;
    let total = model.trigramScore(context, place, followers.p[k] as number);
    if (total < least) continue;
    const id = followers.ids[k] as number;
    const next = model.bigram(id, word);
    if (next < 0) continue;
    total += model.trigramScore(place, next, model.bigramScore(next, id, word));
    if (total < least) continue;
    const last = model.bigram(word, after);
    const gain = total + model.trigramScore(next, last, model.bigramScore(last, word, after)) - own;
    if (gain >= GAIN.missing && gain > (best?.gain ?? 0)) best = { id, gain };
  }
  return best === null ? null : (model.words[(best as { id: number }).id] ?? null);
}

/** The words from `i` on in the order that fits much better: "UBND thuộc" → "thuộc UBND", "dữ liệu cơ sở" → "cơ sở dữ liệu". */
function otherOrder(
  model: LanguageModel,
  { ids, written, cut }: Run,
  i: number,
  sum: (from: number, to: number) => number,
): string[] | null {
  for (const size of [1, 2]) {
    const end = i + 2 * size;
    if (end > ids.length - 3) continue;
    const own = sum(i, end + 1);
    if (own > FITS.block || cut.slice(i, end + 1).some(Boolean) || !ids.slice(i - 1, end).every(isWord)) continue;
    if (written.slice(i, end).some((word) => /^\p{Lu}\p{Ll}/u.test(word))) continue;
    // Names of programs ("iDesk") fit nowhere: they say nothing of the order beside them.
    if ([written[i - 1], written[end]].some((word) => /\p{Ll}\p{Lu}/u.test(word ?? ''))) continue;
    const swapped = [...ids.slice(i + size, end), ...ids.slice(i, i + size)];
    const window = [ids[i - 2] as number, ids[i - 1] as number, ...swapped, ...ids.slice(end, end + 2)];
    const gain = score(model, window, own + GAIN.order) - own;
    if (gain >= GAIN.order) return [...written.slice(i + size, end), ...written.slice(i, i + size)];
  }
  return null;
}
