const MONTHS_MAX = 12;
const DAY_MONTH_YEAR = /(\d{1,2})\s*\/\s*(\d{1,2})\s*\/\s*(\d{4})/;
const SPELT_DATE = /ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/iu;
const MONTH_YEAR = /(?:tháng\s+(\d{1,2})\s*(?:\/|năm|-)\s*|(?<![\d/])(\d{1,2})\/)(\d{4})(?!\d)/iu;
/** "quý II, III/2026" ends with its last quarter. */
const QUARTER =
  /quý\s+(?:(?:IV|III|II|I|[1-4])\s*(?:,|và|-|–)\s*)*(IV|III|II|I|[1-4])\s*(?:\/|năm|-|,)?\s*(?:năm\s+)?(\d{4})/iu;
const YEAR = /(?<![\d/])(?:năm\s+)?((?:19|20)\d{2})(?!\d)/iu;

const two = (value: string | number): string => String(value).padStart(2, '0');
const QUARTERS: Record<string, string> = { I: '1', II: '2', III: '3', IV: '4' };

function isDay(day: number, month: number, year: number): boolean {
  if (month < 1 || month > MONTHS_MAX || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** "27/8/2025" or "ngày 15 tháng 7 năm 2021" → "2025-08-27"; null where there is no such day. */
export function parseDay(text: string): string | null {
  const match = SPELT_DATE.exec(text) ?? DAY_MONTH_YEAR.exec(text);
  if (!match) return null;
  const [day, month, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return isDay(day, month, year) ? `${year}-${two(month)}-${two(day)}` : null;
}

/** The most exact date in the text: day, month ("2026-02"), quarter ("2026-Q2") or year; null where there is none. */
export function parseDate(text: string): string | null {
  const day = parseDay(text);
  if (day) return day;
  const quarter = QUARTER.exec(text);
  if (quarter) return `${quarter[2]}-Q${QUARTERS[(quarter[1] ?? '').toUpperCase()] ?? quarter[1]}`;
  const month = MONTH_YEAR.exec(text);
  if (month) {
    const number = Number(month[1] ?? month[2]);
    if (number >= 1 && number <= MONTHS_MAX) return `${month[3]}-${two(number)}`;
  }
  const year = YEAR.exec(text);
  return year ? (year[1] ?? null) : null;
}

/** "giai đoạn 2026 - 2030" → "2026-2030"; null where there is none. */
export function parsePeriod(text: string): string | null {
  const match =
    /giai\s+đoạn\s+(?:từ\s+năm\s+)?((?:19|20)\d{2})(?:\s*(?:[-–—]|đến(?:\s+năm)?)\s*|\s+)((?:19|20)\d{2})/iu.exec(text);
  return match ? `${match[1]}-${match[2]}` : null;
}
