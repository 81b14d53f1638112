/** Counts words split at blanks. */
export function countWords(text: string): number {
  const trimmed = text.trim();
  return trimmed === '' ? 0 : trimmed.split(/\s+/).length;
}

/** Without a closing ":" "." ";" "," and the blanks before it; "./." goes too. */
export function stripClosing(text: string): string {
  return text.replace(/\s*(?:\.\/\.|[:.;,/])?\s*$/u, '').trimEnd();
}

const TONE_PLACE: Record<string, string> = {
  oà: 'òa', oá: 'óa', oả: 'ỏa', oã: 'õa', oạ: 'ọa',
  oè: 'òe', oé: 'óe', oẻ: 'ỏe', oẽ: 'õe', oẹ: 'ọe',
  uỳ: 'ùy', uý: 'úy', uỷ: 'ủy', uỹ: 'ũy', uỵ: 'ụy',
};

/** Lower case, NFC, tone marks placed the one way (hoà → hòa), punctuation dropped: for comparing, never for output. */
export function foldWords(text: string): string[] {
  const words = text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) =>
    word.startsWith('qu') ? word : word.replace(/(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$/u, (end) => TONE_PLACE[end] ?? end),
  );
}

export function fold(text: string): string {
  return foldWords(text).join(' ');
}

/** Without any marks: "Cải cách" → "cai cach". */
export function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase();
}

/** Share of capitals among the letters. */
export function capitalShare(text: string): number {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters === '' ? 0 : letters.replace(/[^\p{Lu}]/gu, '').length / letters.length;
}
