import { signal } from '@preact/signals';
import { TEXTS, type TextKey } from './texts.ts';

export type Language = 'vi' | 'en';
export type { TextKey };

const KEPT = 'kehoach.language';

/** Kept in the browser where it lets us: a report opened as a file may not. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It lasts as long as the page then.
  }
}

export const language = signal<Language>(kept(KEPT) === 'en' ? 'en' : 'vi');

export function setLanguage(value: Language): void {
  language.value = value;
  document.documentElement.lang = value;
  keep(KEPT, value);
}

/** A text of the interface; {names} are filled from `values`. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const text: string = TEXTS[key][language.value === 'vi' ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** A text whose key is made of data ("area.so"); the data itself where there is none. */
export function label(group: string, name: string): string {
  const key = `${group}.${name}`;
  return key in TEXTS ? t(key as TextKey) : name;
}

const NUMBERS: Record<Language, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 6 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 }),
};

export function formatNumber(value: number): string {
  return NUMBERS[language.value].format(value);
}

export function percent(share: number): string {
  return `${formatNumber(Math.floor(share * 100))}${language.value === 'vi' ? ' ' : ''}%`;
}
