import type { Region } from '../page.ts';
import { centerX, centerY, type Size, toBox } from './geometry.ts';
import { type Row, rowText } from './rows.ts';

/** Share of the page's height, and least height in points, of the margin at the top and the bottom. */
const MARGIN = 0.075;
const LEAST = 57;

const PAGE_NUMBER = /^(?:(?:trang|page)\s*)?[-–—]?\s*\d{1,4}\s*(?:\/\s*\d{1,4})?\s*[-–—]?$/i;
const MISREAD_NUMBER = /^\P{L}?[\p{L}\d]{1,2}\P{L}?$/u;
/** The head of the official gazette: `CÔNG BÁO/Số 12 + 13/Ngày 20-01-2026` with the page's number before or behind. */
const RUNNING_HEAD = /^(?:\d{1,4}\s+)?CÔNG BÁO\s*\/\s*Số.*|^Công báo số .*/iu;

/** A number alone at the page's end, this many of its heights below all else and in the last part of the page, is the page's. */
const ALONE = 4;
const LAST = 0.75;

/** Splits what stands in the top and bottom margin and is no part of the text from the rows. */
export function splitMargins(rows: Row[], size: Size): { rows: Row[]; regions: Region[] } {
  const margin = Math.max(size.height * MARGIN, LEAST);
  const kept: Row[] = [];
  const regions: Region[] = [];
  for (const row of rows) {
    const middle = centerY(row.rect);
    const isAlone = row === rows.at(-1) && middle > size.height * LAST && isApart(row, rows);
    const kind = middle < margin || middle > size.height - margin || isAlone ? kindOf(row, size) : null;
    if (kind) regions.push({ kind, box: toBox(row.rect, size), text: rowText(row) });
    else kept.push(row);
  }
  return { rows: kept, regions };
}

function isApart({ rect }: Row, rows: Row[]): boolean {
  const above = Math.max(0, ...rows.slice(0, -1).map((row) => row.rect.y1));
  return rect.y0 - above > ALONE * (rect.y1 - rect.y0);
}

function kindOf(row: Row, size: Size): Region['kind'] | null {
  const text = rowText(row);
  if (PAGE_NUMBER.test(text) || isMisread(row, size)) return 'page-number';
  return RUNNING_HEAD.test(text) ? 'running-head' : null;
}

/** A number that an engine took for letters, for want of words beside it; the last word of a paragraph stands at the left. */
function isMisread({ words, rect }: Row, size: Size): boolean {
  const [word, ...others] = words;
  if (!word || others.length > 0 || word.confidence === 1 || centerX(rect) < size.width * 0.4) return false;
  return MISREAD_NUMBER.test(word.text);
}
