import { describe, expect, it } from 'vitest';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';

const assembled = (text: string) => assemblePages(readTextPages(text));
const lines = (text: string): string[] => assembled(text).paragraphs.map((paragraph) => paragraph.text);
const regions = (text: string): [string, string][] =>
  assembled(text).paragraphs.map((paragraph) => [paragraph.region, paragraph.text]);

describe('paragraphs of plain text', () => {
  it('go on over wrapped lines', () => {
    expect(
      lines(`I. MỤC ĐÍCH
- Sắp xếp lại kho lưu trữ của xã, ghi nhãn từng hộp hồ sơ theo năm và theo
lĩnh vực để khi người dân hỏi thì tìm được ngay trong buổi làm việc.
- Lập sổ mượn, trả.`),
    ).toEqual([
      'I. MỤC ĐÍCH',
      '- Sắp xếp lại kho lưu trữ của xã, ghi nhãn từng hộp hồ sơ theo năm và theo lĩnh vực để khi người dân hỏi thì tìm được ngay trong buổi làm việc.',
      '- Lập sổ mượn, trả.',
    ]);
  });

  it('go on over blank lines where every line has one behind it', () => {
    expect(
      lines(`- Sắp xếp lại kho lưu trữ của xã, ghi nhãn từng hộp hồ sơ theo

năm và theo lĩnh vực. Hồ sơ của Phòng Kinh tế và của Văn phòng để ở hai

dãy kệ riêng, có khóa.

- Lập sổ mượn, trả.`),
    ).toEqual([
      '- Sắp xếp lại kho lưu trữ của xã, ghi nhãn từng hộp hồ sơ theo năm và theo lĩnh vực. Hồ sơ của Phòng Kinh tế và của Văn phòng để ở hai dãy kệ riêng, có khóa.',
      '- Lập sổ mượn, trả.',
    ]);
  });

  it('end at a blank line where only paragraphs have one behind them', () => {
    expect(
      lines(`Văn phòng giữ chìa khóa kho lưu trữ và ghi sổ mỗi lần có người vào
tìm hồ sơ.

Phòng Kinh tế lo tiền mua kệ sắt, nhờ thợ trong thôn đến lắp vào dịp nghỉ hè.

Công an xã kiểm tra khóa cửa mỗi tối.`),
    ).toEqual([
      'Văn phòng giữ chìa khóa kho lưu trữ và ghi sổ mỗi lần có người vào tìm hồ sơ.',
      'Phòng Kinh tế lo tiền mua kệ sắt, nhờ thợ trong thôn đến lắp vào dịp nghỉ hè.',
      'Công an xã kiểm tra khóa cửa mỗi tối.',
    ]);
  });

  it('go on over a page break, the page number left out', () => {
    const { paragraphs, words } = assembled(
      '- Mỗi thôn cử hai người biết dùng máy tính để giúp bà con nộp hồ\n2\n\f\nsơ qua mạng vào tối thứ Tư.\n- Ghi lại số lượt giúp.',
    );
    expect(paragraphs.map((paragraph) => paragraph.text)).toEqual([
      '- Mỗi thôn cử hai người biết dùng máy tính để giúp bà con nộp hồ sơ qua mạng vào tối thứ Tư.',
      '- Ghi lại số lượt giúp.',
    ]);
    expect([...new Set(words[0]?.map((word) => word.page))]).toEqual([1, 2]);
    expect(paragraphs.map((paragraph) => paragraph.page)).toEqual([1, 2]);
  });

  it.each([
    [
      '- Tiếp nối chương trình giai đoạn 2021\n- 2025 của xã.',
      ['- Tiếp nối chương trình giai đoạn 2021 - 2025 của xã.'],
    ],
    ['- Phối hợp với Phòng Văn hóa và\n- các thôn trong xã.', ['- Phối hợp với Phòng Văn hóa và - các thôn trong xã.']],
    ['- Theo Nghị quyết số 29-\nNQ/TW của Trung ương.', ['- Theo Nghị quyết số 29- NQ/TW của Trung ương.']],
    ['- Theo Quyết định số\n310/QĐ-UBND của tỉnh.', ['- Theo Quyết định số 310/QĐ-UBND của tỉnh.']],
    ['- Phấn đấu đạt từ\n95% trở lên.', ['- Phấn đấu đạt từ 95% trở lên.']],
    [
      '- Đi từng nhà nói cho bà con hiểu việc làm của các tổ chức chính trị\n- xã hội và Phòng Văn hóa\n- Xã hội.',
      ['- Đi từng nhà nói cho bà con hiểu việc làm của các tổ chức chính trị - xã hội và Phòng Văn hóa - Xã hội.'],
    ],
    ['- Kết hợp với Đề án\n06/CP của xã.', ['- Kết hợp với Đề án 06/CP của xã.']],
    [
      '- Báo cáo trong quý\nII/2026 và quý\nIV. Văn phòng nhận.',
      ['- Báo cáo trong quý II/2026 và quý IV. Văn phòng nhận.'],
    ],
    [
      '1. Xây dựng chính quyền số\nPhủ mạng ở nhà văn hóa.\n2. Việc khác',
      ['1. Xây dựng chính quyền số', 'Phủ mạng ở nhà văn hóa.', '2. Việc khác'],
    ],
    ['1. Xây dựng chính quyền số\n2. Việc khác', ['1. Xây dựng chính quyền số', '2. Việc khác']],
    ['- Gửi báo cáo về\f\nUBND xã.', ['- Gửi báo cáo về UBND xã.']],
    ['- Việc một.\n- 2 người trực.', ['- Việc một.', '- 2 người trực.']],
    ['- Việc một:\n+ Việc nhỏ;\n+ việc nhỏ nữa.', ['- Việc một:', '+ Việc nhỏ;', '+ việc nhỏ nữa.']],
  ])('%j', (text, expected) => {
    expect(lines(`I. NỘI DUNG\n${text}`)).toEqual(['I. NỘI DUNG', ...expected]);
  });

  it('are as many as lines where a line is a whole paragraph', () => {
    const long =
      'Các phòng giữ nền nếp làm việc, không để người dân phải chờ quá lâu mà không có người hỏi han. '.repeat(3);
    expect(lines(`${long.trim()}\nViệc một\nViệc hai\n${long.trim()}`)).toEqual([
      long.trim(),
      'Việc một',
      'Việc hai',
      long.trim(),
    ]);
  });

  it('are as many as lines where no line goes on the one before', () => {
    const text = [
      'Kế hoạch sửa kho lưu trữ và phòng tiếp dân của xã Đồng Mây trong năm 2026',
      'Văn phòng mở kho vào sáng thứ Hai, đóng kho vào chiều thứ Sáu.',
      ...['Phòng Kinh tế', 'Công an xã', 'Trạm y tế', 'Trường học', 'Các thôn', 'Hội Nông dân', 'Đoàn Thanh niên'],
    ];
    expect(lines(text.join('\n\n'))).toEqual(text);
  });

  it('keep "Nơi nhận", the closing words and the type line apart', () => {
    expect(
      lines(`KẾ HOẠCH
Cải cách hành chính xã Đồng Mây
Các phòng nộp báo cáo về Văn phòng trước kỳ họp giao ban cuối tháng để kịp tổng hợp,
Trên đây là Kế hoạch của xã.
Nơi nhận:`),
    ).toEqual([
      'KẾ HOẠCH',
      'Cải cách hành chính xã Đồng Mây',
      'Các phòng nộp báo cáo về Văn phòng trước kỳ họp giao ban cuối tháng để kịp tổng hợp,',
      'Trên đây là Kế hoạch của xã.',
      'Nơi nhận:',
    ]);
  });
});

describe('columns on one line of plain text', () => {
  it('letterhead: left column, then right column', () => {
    expect(
      regions(`ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ ĐỒNG MÂY Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND Đồng Mây, ngày 14 tháng 01 năm 2026
KẾ HOẠCH`),
    ).toEqual([
      ['left', 'ỦY BAN NHÂN DÂN'],
      ['left', 'XÃ ĐỒNG MÂY'],
      ['left', 'Số: 12/KH-UBND'],
      ['right', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
      ['right', 'Độc lập - Tự do - Hạnh phúc'],
      ['right', 'Đồng Mây, ngày 14 tháng 01 năm 2026'],
      ['body', 'KẾ HOẠCH'],
    ]);
  });

  it('recipients beside the signature', () => {
    expect(
      regions(`Nơi nhận: TM. ỦY BAN NHÂN DÂN
- UBND tỉnh Hạ Vân; KT. CHỦ TỊCH
- Các phòng, trung tâm; PHÓ CHỦ TỊCH
- Lưu: VT. Trần Thị Thử`),
    ).toEqual([
      ['left', 'Nơi nhận:'],
      ['left', '- UBND tỉnh Hạ Vân;'],
      ['left', '- Các phòng, trung tâm;'],
      ['left', '- Lưu: VT.'],
      ['right', 'TM. ỦY BAN NHÂN DÂN'],
      ['right', 'KT. CHỦ TỊCH'],
      ['right', 'PHÓ CHỦ TỊCH'],
      ['right', 'Trần Thị Thử'],
    ]);
  });

  it('recipients above the signature', () => {
    expect(
      regions(`Nơi nhận:
- Sở Nội vụ tỉnh, Văn phòng
tỉnh (để báo cáo);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Mẫu`),
    ).toEqual([
      ['left', 'Nơi nhận:'],
      ['left', '- Sở Nội vụ tỉnh, Văn phòng tỉnh (để báo cáo);'],
      ['left', '- Lưu: VT.'],
      ['right', 'TM. ỦY BAN NHÂN DÂN'],
      ['right', 'CHỦ TỊCH'],
      ['right', 'Lê Văn Mẫu'],
    ]);
  });
});

describe('tables', () => {
  const head = '| TT | Nội dung | Chủ trì |\n|---|---|---|\n';

  it('are one line a row, the cells known by their offsets', () => {
    const { paragraphs } = assembled(`${head}| 1 | Quét sổ |  |\n`);
    expect(paragraphs.map((row) => row.text)).toEqual(['TT | Nội dung | Chủ trì', '1 | Quét sổ |']);
    expect(paragraphs[1]?.cells.map((cell) => paragraphs[1]?.text.slice(cell.start, cell.end))).toEqual([
      '1',
      'Quét sổ',
      '',
    ]);
  });

  it('keep escaped pipes inside a cell', () => {
    expect(lines(`${head}| 1 | Mẫu A \\| mẫu B | Văn phòng |`)[1]).toBe('1 | Mẫu A | mẫu B | Văn phòng');
  });

  it('drop rules, empty rows and an empty header', () => {
    expect(
      lines('| | | |\n|:---|:---:|---:|\n| TT | Nội dung | Chủ trì |\n| | | |\n| 1 | Quét sổ | Văn phòng |'),
    ).toEqual(['TT | Nội dung | Chủ trì', '1 | Quét sổ | Văn phòng']);
  });

  it('go on over a page break without the repeated header', () => {
    const { paragraphs } = assembled(`${head}| 1 | Quét sổ | Văn phòng |\n\f\n${head}| 2 | Dán nhãn | Văn phòng |`);
    expect(paragraphs.map((row) => [row.text, row.table])).toEqual([
      ['TT | Nội dung | Chủ trì', 1],
      ['1 | Quét sổ | Văn phòng', 1],
      ['2 | Dán nhãn | Văn phòng', 1],
    ]);
  });

  it('join a row that a page break cut', () => {
    const { paragraphs, words } = assembled(
      `${head}| 1 | Quét sổ hộ tịch | Văn phòng, |\n\f\n| | của các năm trước | Công an xã |\n| 2 | Dán nhãn | Văn phòng |`,
    );
    expect(paragraphs.map((row) => row.text)).toEqual([
      'TT | Nội dung | Chủ trì',
      '1 | Quét sổ hộ tịch của các năm trước | Văn phòng, Công an xã',
      '2 | Dán nhãn | Văn phòng',
    ]);
    expect([...new Set(words[1]?.map((word) => word.page))]).toEqual([1, 2]);
  });

  it('are two where text stands between', () => {
    const { paragraphs } = assembled(
      `${head}| 1 | Quét sổ | Văn phòng |\n\nBảng của quý sau\n\n${head}| 1 | Dán nhãn | Văn phòng |`,
    );
    expect(paragraphs.map((row) => row.table)).toEqual([1, 1, null, 2, 2]);
  });

  it('that only hold a letterhead or signatures become columns', () => {
    expect(
      regions('| Nơi nhận: - UBND tỉnh; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lê Văn Mẫu |\n|---|---|\n'),
    ).toEqual([
      ['left', 'Nơi nhận:'],
      ['left', '- UBND tỉnh;'],
      ['left', '- Lưu: VT.'],
      ['right', 'TM. ỦY BAN NHÂN DÂN'],
      ['right', 'CHỦ TỊCH'],
      ['right', 'Lê Văn Mẫu'],
    ]);
  });
});
