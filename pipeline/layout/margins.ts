import type { Region } from '../page.ts';
import { centerY, type Size, toBox } from './geometry.ts';
import { type Row, rowText } from './rows.ts';

/** Share of the page's height, and least height in points, of the margin at the top and the bottom. */
const MARGIN = 0.075;
const LEAST = 57;

const PAGE_NUMBER = /^(?:(?:trang|page)\s*)?[-–—]?\s*\d{1,4}\s*(?:\/\s*\d{1,4})?\s*[-–—]?$/i;
/** The head of the official gazette: `CÔNG BÁO/Số 12 + 13/Ngày 20-01-2026` with the page's number before or behind. */
const RUNNING_HEAD = /^(?:\d{1,4}\s+)?CÔNG BÁO\s*\/\s*Số.*|^Công báo số .*/iu;

/** Splits what stands in the top and bottom margin and is no part of the text from the rows. */
export function splitMargins(rows: Row[], size: Size): { rows: Row[]; regions: Region[] } {
  const margin = Math.max(size.height * MARGIN, LEAST);
  const kept: Row[] = [];
  const regions: Region[] = [];
  for (const row of rows) {
    const middle = centerY(row.rect);
    const kind = middle < margin || middle > size.height - margin ? kindOf(row) : null;
    if (kind) regions.push({ kind, box: toBox(row.rect, size), text: rowText(row) });
    else kept.push(row);
  }
  return { rows: kept, regions };
}

function kindOf(row: Row): Region['kind'] | null {
  const text = rowText(row);
  if (PAGE_NUMBER.test(text)) return 'page-number';
  return RUNNING_HEAD.test(text) ? 'running-head' : null;
}
