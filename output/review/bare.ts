import { fold } from '../fold.ts';

/** Words without marks, case and punctuation: "Kế hoạch" and "ke hoach" are one. */
export function bare(text: string): string {
  return fold(text).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}
