/** How the parts of a score weigh against each other; found by trying on held-out text (eval/tune.ts). Log probabilities. */

/** How readily each kind of piece is left as it is. */
export interface KeepScores {
  /** A word of the model, read as it stands. */
  known: number;
  abbreviation: number;
  /** Letters that make no Vietnamese syllable: a foreign name, a code. */
  foreign: number;
  /** A syllable in shape that the model does not know. */
  syllable: number;
  /** Digits or signs among the letters: noise of the reader. */
  noise: number;
}

/** Weights of one OCR profile. */
export interface OcrWeights {
  keep: KeepScores;
  /** The channel's score is multiplied by this: it takes letters for independent, which they are not. */
  channel: number;
  /** A capital read as a small letter: at the beginning of a sentence, and inside one. */
  lostCapitalFirst: number;
  lostCapital: number;
  /** A space lost, a space too many; the worst channel score of a split worth trying. */
  split: number;
  splitWorst: number;
  join: number;
  /** A character too many. */
  surplus: number;
  /** A word read as digits alone. */
  digits: number;
  /** Beginnings of a word worse than the best by more than this are not followed. */
  partBeam: number;
}

/** What is the same after both kinds of engine; they differ in how far what they wrote is trusted. */
const BOTH = {
  lostCapitalFirst: -2,
  lostCapital: -7,
  split: -6,
  splitWorst: -16,
  join: -5,
  surplus: -7,
  digits: -3,
};

export const ENGLISH: OcrWeights = {
  ...BOTH,
  keep: { known: -7, abbreviation: -3, foreign: -17, syllable: -18, noise: -26 },
  channel: 1,
  partBeam: 8,
};

export const VIETNAMESE: OcrWeights = {
  ...BOTH,
  keep: { known: -0.5, abbreviation: -0.5, foreign: -6, syllable: -9, noise: -12 },
  channel: 0.7,
  partBeam: 9,
};

/** Changes to text with marks. */
export const CAREFUL = {
  /** A change needs this posterior, and to be ahead of the text as it is by the margin. */
  changeAt: 0.5,
  margin: 0.4,
  /** Slips: a change counts by its log odds, at most `slipMost`; a word with capitals inside ("độỘng") is proof of an engine. */
  slipUnit: 3.5,
  slipMost: 2,
  /** … and no more than so often for one word. */
  slipTimes: 2,
  garbled: 1,
  /** Words added to the text's own before its share of slips is judged. */
  slipWords: 400,
  /** Text with a smaller share is left alone. */
  cleanBelow: 0.003,
  /** The share at which the channel's own odds hold; the odds grow with this power of it. */
  usual: 0.008,
  steep: 2,
  factorLeast: 0.03,
  factorMost: 2,
  /** Added to changes of a name (a capital after a capital), and to a word in capitals among small letters as it is. */
  name: -1.5,
  loud: -4,
  /** Weight of the engine's confidence (log odds) against a change. */
  confidence: 0.5,
};

/**
 * What a probability means in text with marks, by 79 held-out pages: changes are right between `least` and `most`; for words that stay,
 * in small letters and with a capital, points [probability, how often right] to interpolate, with half as many errors again as the
 * pages had: pages of others are worse.
 */
export const CALIBRATION = {
  change: { least: 0.68, most: 0.95, from: 0.6, power: 6 },
  stays: [
    [0, 0.1],
    [0.3, 0.45],
    [0.55, 0.62],
    [0.83, 0.79],
    [0.92, 0.87],
    [0.95, 0.885],
    [0.972, 0.93],
    [0.986, 0.945],
    [0.993, 0.97],
    [0.9985, 0.985],
    [0.9996, 0.99],
    [1, 1],
  ],
  capital: [
    [0, 0.6],
    [0.3, 0.75],
    [0.5, 0.87],
    [0.9, 0.89],
    [0.98, 0.91],
    [0.99, 0.93],
    [0.996, 0.965],
    [0.999, 0.985],
    [1, 0.997],
  ],
} as const;

/** Names: an engine's confidence below which a name may be misread; log odds by which the next word shows that a word is no name. */
export const NAMES = { unsure: 0.6, follows: 3 };

/** Scores are multiplied by this before they become probabilities: the model is surer than it is right. */
export const DECODER = { flatten: 0.7, beam: 10, draftBeam: 6, width: 48 };

/** What the document has shown: bonus of a pair seen elsewhere in it, of its use of a word among those that look alike, of a given name. */
export const MEMORY = { pair: 0.7, pairMost: 2, word: 0.5, name: 5 };

/** How much it says that a word inside a sentence has a capital or not: names have, most words have not. */
export const CAPITALS = { weight: 0.5 };

/** Words run together: log probability of the first space lost, and of each further one. */
export const SPLIT = { first: -2.5, next: -1.5 };

/** Words proposed by their neighbours: log probability of a word so misread, and of each letter that differs. */
export const PROPOSALS = {
  base: -5,
  edit: -2.2,
  /** Added where what was read is a word itself. */
  known: -4,
  /** A mark that differs, in letters; the farthest reading. */
  mark: 0.4,
  farthest: 3.5,
  /** Only where the neighbours find the reading as unlikely as this, and a proposal better by the gain. */
  below: -13,
  gain: 7,
  most: 6,
};
