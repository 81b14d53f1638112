/** What the package takes and gives. */

/** How a text lost its marks: typed or stored without them, read by an English or a Vietnamese OCR, or not at all. */
export type Profile = 'stripped' | 'english-ocr' | 'vietnamese-ocr' | 'clean';

/** Options of `restore` and `restoreTokens`. */
export interface RestoreOptions {
  /** Default 'auto': judged for each stretch of text. */
  profile?: 'auto' | Profile;
  /** Where oa, oe, uy carry their tone: "hóa" (old) or "hoá" (new). Default 'keep': what the text mostly uses, else old. */
  tonePlacement?: 'keep' | 'old' | 'new';
  /** Names and terms that stand clearly in the document or are known of it ("xã Tân Lập"); unclear words lean to them. */
  names?: Iterable<string>;
  /** restoreTokens: the numbers of the tokens that begin a line. `restore` knows its lines itself. */
  lineStarts?: Iterable<number>;
}

/** A token as an OCR engine gives it: no white space inside; confidence 0..1. */
export interface TokenIn {
  text: string;
  confidence?: number;
}

/** A token restored. */
export interface RestoredToken {
  /** The token as it came. */
  raw: string;
  /** "" where it was joined to the token before; a space inside where it was two or more words. */
  restored: string;
  /** Probability that `restored` is right, 0..1, calibrated on held-out text. */
  confidence: number;
  /** Other readings, likeliest first; probabilities 0..1, with `restored` they sum up to at most 1. */
  alternatives: { text: string; probability: number }[];
}
