/** Gives Vietnamese text its marks back: stripped text, text of an English OCR, slips of a Vietnamese OCR. */
export type { LanguageModel } from './language-model.ts';
export { loadModel, type Model } from './model.ts';
export { restore, restoreTokens } from './restore.ts';
export { isPlausibleSyllable } from './syllable.ts';
export type { Profile, RestoredToken, RestoreOptions, TokenIn } from './types.ts';
export { BREAK, eachWord, NUMBER, UNKNOWN } from './words.ts';
