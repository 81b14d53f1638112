import { referenceWords } from '../dictionaries/administrative/index.ts';
import { anyOf } from './patterns.ts';

let issuer: RegExp | null = null;
/** Offices whose names have a comma or "và" in them. */
let body: RegExp | null = null;

const ISSUER_END =
  /(?:[,;.:()“"]|\s(?:ban hành|về|phê duyệt|quy định|thực hiện|và|hướng dẫn|sửa đổi|công bố|triển khai|thông qua|giao|đẩy mạnh|tăng cường|v\/v|để|khóa|khoá|lần thứ|cụ thể|trong|nhằm|đến|tại|yêu cầu|chỉ đạo|bãi bỏ|thành lập|kèm theo|như sau|khi|đã|được|có|là|với|cho)(?=\s|$))/u;
/** These have no name behind them. */
const WHOLE =
  /^(?:Bộ Chính trị|Ban Bí thư|Quốc hội|(?:Phó )?Thủ tướng Chính phủ|Chính phủ|Văn phòng Chính phủ|Thanh tra Chính phủ|Ủy ban Thường vụ Quốc hội|Uỷ ban Thường vụ Quốc hội)(?![\p{L}])/iu;
/** A place's name in capitals; these words begin what the document is about. */
const NAME = '(?:\\s+(?!(?:Sửa|Về|Ban|Phê|Triển|Thực|Quy|Điều|Bổ|Hướng|Công|Kế|Chương)\\s+\\p{Ll})\\p{Lu}\\p{L}*)*';
/** Committees and councils are of a place: kind and name. */
const OF_PLACE = new RegExp(
  `^(?:(?:Chủ tịch\\s+)?(?:[ỦU][yỷ]\\s+ban\\s+nhân\\s+dân|UBND)|Hội\\s+đồng\\s+nhân\\s+dân|HĐND|(?:Ban\\s+Thường\\s+vụ\\s+)?(?:Tỉnh|Thành|Đảng|Huyện|Quận|Thị)\\s+(?:ủy|uỷ))(?:\\s+(?:[Tt]hành\\s+phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị\\s+xã|[Tt]hị\\s+trấn|[Xx]ã|[Pp]hường|[Đđ]ặc\\s+khu))?${NAME}`,
  'u',
);
const PLACE = `(?:[Tt]ỉnh|[Tt]hành\\s+phố|xã(?!\\s+hội)|phường)(?!\\p{L})${NAME}`;
let committee: RegExp | null = null;

/** "Ban Chỉ đạo về phát triển khoa học, công nghệ … tỉnh", "… và Đề án 06 xã X": its name ends with whose it is. */
function committeeName(): RegExp {
  committee ??= new RegExp(
    `^(?:Tổ\\s+(?:giúp\\s+việc|công\\s+tác)\\s+(?:của\\s+)?)?Ban\\s+[Cc]hỉ\\s+đạo(?:\\s+(?!ban\\s+hành|về\\s+việc|phê\\s+duyệt|[ỦU][yỷ]\\s+ban|UBND)[^\\s;()“”.]+){0,28}?\\s+(?:[Đđ]ề\\s+án\\s+06(?:/CP)?(?:\\s+(?:của\\s+)?${PLACE})?|${PLACE}|Trung\\s+ương(?:\\s+về\\s+(?:${anyOf(referenceWords().committees)}))?|Chính\\s+phủ)(?!\\p{L})`,
    'u',
  );
  return committee;
}

/** "của Hội nghị lần thứ tư Ban Chấp hành …", ", Hội nghị lần thứ 4 của Ban Chấp hành …": a body's session before its name. */
const SESSION =
  /^\s*,?\s*(?:của\s+)?Hội\s+nghị\s+lần\s+thứ\s+[\p{L}\d]+(?:\s+\p{L}+)?\s*,?\s*(?:của\s+)?(?=(?:Ban\s+Chấp\s+hành|BCH)\s)/iu;

/** "của UBND thành phố X về …" → "UBND thành phố X"; null where no issuer is named. A joint paper has several. */
export function issuerBehind(text: string, joint = false): string | null {
  const of = SESSION.exec(text) ?? /^\s*(?:\([^)]*\)\s*)?(?:đã\s+)?(?:được\s+)?(?:của|do|giữa)\s+/iu.exec(text);
  if (!of) return null;
  const rest = text.slice(of[0].length);
  const several = joint || /giữa\s+$/iu.test(of[0]);
  let name = readIssuer(rest);
  while (several && name !== null) {
    const tie = /^\s*(?:,|;|-|–|và|với)\s+/u.exec(rest.slice(name.length))?.[0] ?? '';
    const partner = tie === '' ? null : readIssuer(rest.slice(name.length + tie.length));
    if (partner === null) break;
    name = `${name}${tie}${partner}`;
  }
  return name;
}

const ACTS = /^(?:Kết luận|Nghị quyết|Nghị định|Chỉ thị|Quyết định|Quy định|Chương trình|Kế hoạch)/u;

/** "đã được Chính phủ quy định tại Nghị định số …": the issuer stands before. */
export function issuerBefore(text: string, type: string | null): string | null {
  const near = text.slice(-90);
  // "theo đề nghị của Trưởng phòng … tại Tờ trình số …".
  const asked = /đề\s+nghị\s+của\s+(\p{Lu}[^,;.()]{2,80}?)\s+tại\s*$/u.exec(text.slice(-120));
  if (asked) return asked[1] ?? null;
  // "ý kiến chỉ đạo của Bộ Chính trị tại Kết luận số …"; a notice or a letter says what others concluded.
  const said = ACTS.test(type ?? '') ? /\scủa\s+(\p{Lu}[^,;.()]{2,60})\s+tại\s*$/u.exec(near)?.[1] : undefined;
  if (said !== undefined && readIssuer(said) === said) return said;
  const told = /\s+(?:đã\s+)?(?:quy\s+định|ban\s+hành|nêu|giao)\s+tại\s*$/u.exec(near);
  if (!told) return null;
  for (const start of near.slice(0, told.index).matchAll(/(?<!\p{L})\p{Lu}/gu)) {
    const words = near.slice(start.index, told.index);
    const name = /[,;.()]/u.test(words) ? null : readIssuer(words);
    if (name !== null && name === words) return name;
  }
  return null;
}

function readIssuer(text: string): string | null {
  issuer ??= new RegExp(`^(?:${anyOf(referenceWords().issuers)})(?![\\p{L}])`, 'iu');
  if (!issuer.test(text)) return null;
  const known = WHOLE.exec(text) ?? OF_PLACE.exec(text) ?? committeeName().exec(text);
  if (known) return known[0].trim();
  body ??= new RegExp(
    `^(?:(?:Bộ\\s+trưởng\\s+|Giám\\s+đốc\\s+)?(?:Bộ|Sở)|Ban|Phòng|Văn\\s+phòng)\\s+(?:${anyOf(referenceWords().fields)})(?![\\p{L}])`,
    'iu',
  );
  const field = body.exec(text)?.[0].length ?? 2;
  const stop = text.slice(field).search(ISSUER_END);
  const name = (stop < 0 ? text : text.slice(0, field + stop)).trim();
  return name.split(/\s+/).length <= 14 ? name : null;
}
