import { describe, expect, it } from 'vitest';
import { cell, p, run, table } from './make-docx.ts';
import { itemsOf, linesOf, pagesOf } from './read.ts';

const SPAN = (columns: number) => `<w:gridSpan w:val="${columns}"/>`;
const FIRST = '<w:vMerge w:val="restart"/>';
const MORE = '<w:vMerge/>';

describe('tables', () => {
  it('merged cells keep their place: over columns, over rows, and rows that begin further in', async () => {
    const body = table(
      [600, 4000, 2000, 2000],
      [cell('TT', FIRST), cell('Nội dung', FIRST), cell('Cơ quan', SPAN(2))],
      [cell('', MORE), cell('', MORE), cell('chủ trì'), cell('phối hợp')],
      [cell('I. Thể chế', SPAN(4))],
      [cell('1'), cell('Rà soát văn bản'), cell('Văn phòng'), cell('')],
    );
    const [page] = await pagesOf(body);
    expect(itemsOf(page)).toEqual([
      [
        ['0:TT/2', '1:Nội dung/2', '2:Cơ quan+2'],
        ['2:chủ trì', '3:phối hợp'],
        ['0:I. Thể chế+4'],
        ['0:1', '1:Rà soát văn bản', '2:Văn phòng', '3:'],
      ],
    ]);
    expect((await linesOf(body)).slice(2)).toEqual(['I. Thể chế', '1 | Rà soát văn bản | Văn phòng |']);
  });

  it('edges a little out of line make no columns', async () => {
    const body = table(
      [600, 40, 3960, 60, 1940],
      [cell('TT'), cell('Nội dung', SPAN(2)), cell('Cơ quan', SPAN(2))],
      [cell('1', SPAN(2)), cell('Rà soát', SPAN(2)), cell('Văn phòng')],
    );
    const [page] = await pagesOf(body);
    expect(itemsOf(page)).toEqual([
      [
        ['0:TT', '1:Nội dung', '2:Cơ quan'],
        ['0:1', '1:Rà soát', '2:Văn phòng'],
      ],
    ]);
  });

  it('a table in a cell is lines of the cell; deleted rows are gone', async () => {
    const inner = table([500, 500], [cell('a'), cell('b')]);
    const deleted = `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${cell('xóa')}${cell('xóa')}</w:tr>`;
    const body = table([600, 4000], [cell('1'), cell(p('Một,') + inner + p('hai'))]);
    const [page] = await pagesOf(body.replace(/<\/w:tbl>$/, `${deleted}</w:tbl>`));
    expect(itemsOf(page)).toEqual([[['0:1', '1:Một, a b hai']]]);
  });

  it('a table over pages is one table: each row on its page, none joined to another', async () => {
    const turned = `<w:r><w:lastRenderedPageBreak/></w:r>`;
    const body = table(
      [600, 4000],
      [cell('TT'), cell('Nội dung')],
      [cell('1'), cell('Một')],
      [cell(p(`${turned}${run('2')}`)), cell('Hai')],
      [cell(''), cell(p(`${run('không số')}${turned}${run(' dài')}`))],
      [cell('3'), cell('Ba')],
    );
    const pages = await pagesOf(body);
    expect(pages.map((page) => itemsOf(page))).toEqual([
      [
        [
          ['0:TT', '1:Nội dung'],
          ['0:1', '1:Một'],
        ],
      ],
      [
        [
          ['0:2', '1:Hai'],
          ['0:', '1:không số dài'],
        ],
      ],
      [[['0:3', '1:Ba']]],
    ]);
    expect(await linesOf(body)).toEqual(['TT | Nội dung', '1 | Một', '2 | Hai', ' | không số dài', '3 | Ba']);
  });
});
