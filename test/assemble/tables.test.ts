import { describe, expect, it } from 'vitest';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';

/** Rows by their table's number. */
const rows = (text: string): [number | null, string][] =>
  assemblePages(readTextPages(text)).paragraphs.flatMap(({ kind, table, text: own }) =>
    kind === 'row' ? [[table, own]] : [],
  );

const HEAD = '| TT | Nội dung | Chủ trì | Thời gian |';

describe('a table that runs over a page break', () => {
  it('loses its repeated head, one with a slip of reading too', () => {
    expect(
      rows(`${HEAD}\n| 1 | Sơn lại cổng | Thôn Hạ | Quý I |\n\f\n| TT | Nội đung | Chủ trì | Thời gian |
| 2 | Vá sân trường | Thôn Thượng | Quý II |`),
    ).toEqual([
      [1, 'TT | Nội dung | Chủ trì | Thời gian'],
      [1, '1 | Sơn lại cổng | Thôn Hạ | Quý I'],
      [1, '2 | Vá sân trường | Thôn Thượng | Quý II'],
    ]);
  });

  it('gets the second half of a row that the break cut', () => {
    expect(
      rows(
        `${HEAD}\n| 1 | Sơn lại cổng và | Thôn Hạ | Quý I |\n\f\n${HEAD}\n|  | tường rào | | |\n| 2 | Vá sân | Thôn Hạ | Quý II |`,
      ),
    ).toEqual([
      [1, 'TT | Nội dung | Chủ trì | Thời gian'],
      [1, '1 | Sơn lại cổng và tường rào | Thôn Hạ | Quý I'],
      [1, '2 | Vá sân | Thôn Hạ | Quý II'],
    ]);
  });

  it('gets it where a cell of the row stands on the second page only', () => {
    expect(
      rows(
        `${HEAD}\n| 1 | Sơn lại cổng và | Thôn Hạ | |\n\f\n|  | tường rào | | trong Quý I |\n| 2 | Vá sân | Thôn Hạ | Quý II |`,
      ),
    ).toContainEqual([1, '1 | Sơn lại cổng và tường rào | Thôn Hạ | trong Quý I']);
  });

  it('gets it where the number stands in the middle of the row, on the second page', () => {
    expect(
      rows(
        `${HEAD}\n| 1 | Vá sân | Thôn Hạ | Quý II |\n|  | Sơn lại cổng và | Thôn Hạ | |\n\f\n| 2 | tường rào | | Quý I |`,
      ),
    ).toContainEqual([1, '2 | Sơn lại cổng và tường rào | Thôn Hạ | Quý I']);
  });

  it('keeps a row whose number was not read: the next one counts on by two', () => {
    expect(
      rows(
        `${HEAD}\n| 1 | Sơn lại cổng | Thôn Hạ | Quý I |\n\f\n|  | Vá sân | Thôn Hạ | Quý II |\n| 3 | Lát ngõ | Thôn Hạ | Quý II |`,
      ),
    ).toHaveLength(4);
  });

  it('loses a repeated head of two rows and the row of column numbers', () => {
    const numbers = '| (1) | (2) | (3) | (4) |';
    expect(
      rows(`${HEAD}\n${numbers}\n| 1 | Sơn cổng | Thôn Hạ | Quý I |\n\f\n${HEAD}\n${numbers}\n|  | và tường | | |`),
    ).toEqual([
      [1, 'TT | Nội dung | Chủ trì | Thời gian'],
      [1, '(1) | (2) | (3) | (4)'],
      [1, '1 | Sơn cổng và tường | Thôn Hạ | Quý I'],
    ]);
  });

  it('is another one behind a title', () => {
    expect(
      rows(
        `${HEAD}\n| 1 | Sơn cổng | Thôn Hạ | Quý I |\n\f\nPHỤ LỤC II VIỆC CỦA CÁC THÔN\n${HEAD}\n| 2 | Vá sân | Thôn Hạ | Quý I |`,
      ),
    ).toHaveLength(4);
  });
});
