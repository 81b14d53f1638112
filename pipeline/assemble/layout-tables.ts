import { type Line, type LineRegion, lineText, type Table } from '../page.ts';

const LETTERHEAD = /CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA/u;
const RECIPIENTS = /^\s*Nơi nhận/u;

/** A letterhead or a recipients-and-signature block that was set as a table. */
export function isLayoutTable(table: Table): boolean {
  if (table.columns > 3) return false;
  return table.cells.some((cell) => {
    const text = cell.lines.map(lineText).join(' ');
    return (cell.row < 2 && LETTERHEAD.test(text)) || (cell.row === 0 && RECIPIENTS.test(text));
  });
}

/** Where the lines of a letterhead or signature cell begin, when the cell's line breaks were lost. */
const CELL_BREAK =
  /\s+(?=Độc lập\s*[-–]|(?<!H(?:ÒA|OÀ) )XÃ\s(?!HỘI)\p{Lu}|PHƯỜNG\s\p{Lu}|Số\s*:|(?:KT|TL|TUQ|TM)\.\s+\p{Lu}{2}|(?<!(?:PHÓ|KT\.|TL\.|TUQ\.) )(?:CHỦ TỊCH|GIÁM ĐỐC)|(?<!(?:KT|TL|TUQ)\. )PHÓ (?:CHỦ TỊCH|GIÁM ĐỐC)|(?<!PHÓ )CHÁNH VĂN PHÒNG)|(?<=(?:TỊCH|ĐỐC|PHÒNG))\s+(?=\p{Lu}\p{Ll})|(?<=[;:.])\s+(?=[-–]\s)/u;

function splitLine(line: Line, region: LineRegion): Line[] {
  if (line.paragraph) return [{ ...line, region }];
  const words = line.words.filter((word) => !/^[-–—_*]{3,}$/.test(word.text));
  const text = words.map((word) => word.text).join(' ');
  const lines: Line[] = [];
  let at = 0;
  for (const part of text.split(new RegExp(CELL_BREAK, 'gu'))) {
    const count = part.split(' ').filter((word) => word !== '').length;
    const own = words.slice(at, at + count);
    at += count;
    if (own.length > 0) lines.push({ ...line, words: own, region });
  }
  return lines;
}

/** The cells of a layout table as lines: the left column from top to bottom, then the right one. */
export function tableLines(table: Table): Line[] {
  const lines: Line[] = [];
  for (let column = 0; column < table.columns; column++) {
    for (let row = 0; row < table.rows; row++) {
      const cell = table.cells.find((c) => c.row === row && c.column === column);
      for (const line of cell?.lines ?? []) lines.push(...splitLine(line, column === 0 ? 'left' : 'right'));
    }
  }
  return lines;
}
