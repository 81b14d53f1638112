import type { Metadata } from '../output/record.ts';
import { parseDate } from './dates.ts';
import type { Plan, Role } from './plan.ts';
import { capitalShare, countWords, fold, stripClosing } from './text.ts';

const UNIT_KIND = 'xã|phường|thị\\s+trấn|đặc\\s+khu';
const PROVINCE_KIND = 'thành\\s+phố|tỉnh|huyện|quận|thị\\s+xã';
const NAME = '\\p{Lu}[\\p{L}]*(?:[\\s-]+\\p{Lu}[\\p{L}]*){0,4}';

function texts(plan: Plan, ...roles: Role[]): string[] {
  return plan.blocks
    .filter((block) => roles.includes(block.role))
    .map((block) => plan.paragraphs[block.paragraph]?.text.trim() ?? '')
    .filter((text) => text !== '');
}

/** The plan's own lines of a role; where it has none, those of the decision it is bound behind. */
function ownOrDecisions(plan: Plan, role: Role): string[] {
  const type = plan.blocks.find((block) => block.role === 'type')?.paragraph ?? -1;
  const before = (own: boolean) => ({
    ...plan,
    blocks: plan.blocks.filter((block) => own === block.paragraph > type),
  });
  const own = texts(before(true), role);
  return own.length > 0 ? own : texts(before(false), role);
}

const sentenceCase = (type: string): string => type.charAt(0) + type.slice(1).toLowerCase();

/** Metadata of the plan: letterhead, title block, preamble, signature, recipients. What is not said is null. */
export function extractMetadata(plan: Plan): Metadata {
  const letterhead = texts(plan, 'letterhead');
  const agency = plan.blocks
    .filter((block) => block.role === 'letterhead' && plan.paragraphs[block.paragraph]?.region !== 'right')
    .map((block) => plan.paragraphs[block.paragraph]?.text.trim() ?? '');
  const title = titleOf(plan);
  const preamble = texts(plan, 'preamble', 'remark').join(' ');
  const signature = readSignature(ownOrDecisions(plan, 'signature'));
  const issuer = readIssuer(agency, title ?? '', preamble, texts(plan, 'closing').join(' '), signature.office);
  const annexed =
    plan.blocks.some((block) => block.role === 'type') &&
    /^\(?(?:Ban hành )?kèm theo Quyết định/iu.test(firstRemark(plan));
  const isDecision = texts(plan, 'type').some((text) => /^QUYẾT ĐỊNH/u.test(text));
  const decision = !isDecision && texts(plan, 'preamble').some((text) => /^QUYẾT ĐỊNH/u.test(text));
  const date = readDate(letterhead) ?? (annexed ? annexDate(firstRemark(plan)) : null);
  return {
    type: readType(plan, preamble),
    title,
    number: decision ? null : readNumber(letterhead),
    issuer: issuer.name,
    unit: issuer.unit,
    place: readPlace(letterhead),
    date,
    ...readPeriod(title ?? ''),
    signatory: signature.name,
    signatoryRole: signature.role,
    onBehalf: signature.onBehalf,
    recipients: readRecipients(ownOrDecisions(plan, 'recipients')),
  };
}

function firstRemark(plan: Plan): string {
  const index = plan.blocks.findIndex((block) => block.role === 'heading');
  const block = plan.blocks.slice(0, index < 0 ? undefined : index).find((b) => b.role === 'remark');
  return block ? (plan.paragraphs[block.paragraph]?.text ?? '') : '';
}

/** "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2026": the type on the first line of the title. */
const TYPE_IN_TITLE = /^K(?:Ế HOẠCH|ế hoạch)\s+(?=\p{L})/u;

function titleOf(plan: Plan): string | null {
  const lines = texts(plan, 'title');
  const joined = lines.join(' ').replace(/\s*\((?:Kèm|Ban hành)[^)]*\)\s*$/iu, '');
  const title = texts(plan, 'type').length > 0 ? joined : joined.replace(TYPE_IN_TITLE, '');
  return title === '' ? null : stripClosing(title);
}

function readType(plan: Plan, preamble: string): string | null {
  const line = texts(plan, 'type')[0];
  if (line) return sentenceCase(stripClosing(line));
  if (TYPE_IN_TITLE.test(texts(plan, 'title')[0] ?? '')) return 'Kế hoạch';
  return (
    /(?:xây dựng|ban hành)\s+(?:và tổ chức thực hiện\s+)?(Kế hoạch|Chương trình|Đề án)/u.exec(preamble)?.[1] ?? null
  );
}

function readNumber(letterhead: readonly string[]): string | null {
  for (const line of letterhead) {
    const match =
      /Số(?:\s*:|\s)\s*([.…_\s]*)(\d*[^\s,;]*\s?\/\s?\p{Lu}[\p{L}\d]*(?:\s?[-/]\s?[\p{Lu}Đ][\p{L}\d&]*)*)/u.exec(line);
    if (match) return (match[2] ?? '').replace(/[\s.…_]/g, '');
  }
  return null;
}

const DATE_LINE = /^(.{2,40}?),\s*ngày\s*(.*)$/iu;

function readPlace(letterhead: readonly string[]): string | null {
  for (const line of letterhead) {
    const match = DATE_LINE.exec(line);
    if (match) return match[1]?.trim() ?? null;
  }
  return null;
}

/** "ngày 14 tháng 01 năm 2026" whole, or as far as the blanks are filled. */
function readDate(letterhead: readonly string[]): string | null {
  const line = letterhead.find((text) => DATE_LINE.test(text));
  if (!line) return null;
  const rest = DATE_LINE.exec(line)?.[2] ?? '';
  const full = parseDate(`ngày ${rest.replace(/\s+/g, ' ')}`);
  if (full) return full;
  return null;
}

/** "(Kèm theo Quyết định số … ngày … của …)": the plan takes the decision's date, as far as it is filled in. */
function annexDate(remark: string): string | null {
  const match = /ngày\s*([.…\s]*)(.*)$/iu.exec(remark);
  if (!match) return null;
  const partial = /^[.…\s]*\/\s*(\d{1,2})\s*\/\s*(\d{4})/u.exec(match[2] ?? '');
  if (partial) return `${partial[2]}-${(partial[1] ?? '').padStart(2, '0')}`;
  return parseDate(`ngày ${match[2]}`);
}

function readPeriod(title: string): { periodFrom: number | null; periodTo: number | null } {
  // A scan may lose the dash: "giai đoạn 2026 2030".
  const range =
    /((?:19|20)\d{2})(?:\s*(?:[-–—~_.]|đến(?:\s+năm)?)\s*|(?<=giai\s+đoạn\s+\d{4})\s+)((?:19|20)\d{2})/iu.exec(title);
  if (range) return { periodFrom: Number(range[1]), periodTo: Number(range[2]) };
  const until = /đến\s+(?:hết\s+)?năm\s+((?:19|20)\d{2})/iu.exec(title);
  if (until) return { periodFrom: null, periodTo: Number(until[1]) };
  const years = [...title.matchAll(/năm\s+((?:19|20)\d{2})/giu)].map((match) => Number(match[1]));
  const year = years.at(-1) ?? null;
  return { periodFrom: year, periodTo: year };
}

/** "XÃ ĐỒNG MÂY" → "xã Đồng Mây": capitals of a letterhead set as a name. */
function properName(text: string): string {
  return text
    .toLowerCase()
    .split(/(\s+|-)/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

const COMMITTEE = /(?:Ủy|Uỷ|ỦY|UỶ)\s+(?:ban|BAN)\s+(?:nhân|NHÂN)\s+(?:dân|DÂN)|UBND/u;

/**
 * The issuing agency in full and its commune. The letterhead decides, where the text's own spelling is taken; without
 * one, the title, preamble and closing tell.
 */
function readIssuer(
  letterhead: readonly string[],
  title: string,
  preamble: string,
  closing: string,
  office: string | null,
): { name: string | null; unit: string | null } {
  const head = [...new Set(letterhead)]
    .filter((line) => !/^(?:CỘNG|Độc lập|Số\s*:|Số\s|Nơi nhận|TM\.|KT\.)|,\s*ngày/u.test(line))
    // A decision names its issuer again behind its title.
    .filter((line, index, all) => {
      const above = fold(all.slice(0, index).join(' '));
      return index === 0 || !above.includes(fold(line.replace(/^CHỦ TỊCH\s+/u, '')));
    })
    .join(' ');
  const text = `${preamble} ${title} ${closing}`;
  const headUnit = new RegExp(`(?:${UNIT_KIND})\\s+(.+?)\\s*$`, 'iu').exec(head);
  const unit = headUnit
    ? `${/^\S+(?:\s+(?:trấn|khu))?/iu.exec(headUnit[0])?.[0].toLowerCase()} ${spelledAs(headUnit[1] ?? '', text)}`
    : unitInText(preamble, title, closing);
  const province = new RegExp(`(?:${PROVINCE_KIND})\\s+(.+?)\\s*$`, 'iu').exec(head);
  const whose =
    unit ??
    (province
      ? province[0].toLowerCase().replace(province[1]?.toLowerCase() ?? '', spelledAs(province[1] ?? '', text))
      : null);
  if (whose === null && !COMMITTEE.test(`${head} ${text}`) && office === null)
    return { name: head === '' ? null : properHead(head), unit: null };
  const spelling =
    /(?:Ủy|Uỷ)\s+ban\s+nhân\s+dân/u.exec(`${preamble} ${closing}`)?.[0].replace(/\s+/g, ' ') ?? 'Ủy ban nhân dân';
  if (head !== '' && !COMMITTEE.test(head)) return { name: properHead(head), unit };
  return { name: whose === null ? null : `${spelling} ${whose}`, unit };
}

const properHead = (head: string): string | null => {
  const text = head
    .replace(/[-_*]{3,}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? null : capitalShare(text) > 0.8 ? text.charAt(0) + text.slice(1).toLowerCase() : text;
};

/** The name as the running text spells it, else with capitals at its syllables. */
function spelledAs(name: string, text: string): string {
  const clean = name
    .replace(/[-_*]{3,}.*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const at = text.toLowerCase().indexOf(clean.toLowerCase());
  const found = at >= 0 ? text.slice(at, at + clean.length) : '';
  return found !== '' && found !== found.toUpperCase() && /^\p{Lu}/u.test(found) ? found : properName(clean);
}

function unitInText(preamble: string, title: string, closing: string): string | null {
  const named = new RegExp(`(?:[ỦU][yỷ]\\s+ban\\s+nhân\\s+dân|UBND)\\s+((?:${UNIT_KIND})\\s+${NAME})`, 'u');
  const bareUnit = new RegExp(`(?<![\\p{L}])((?:${UNIT_KIND})\\s+${NAME})`, 'u');
  const match = named.exec(preamble) ?? bareUnit.exec(title) ?? bareUnit.exec(closing) ?? bareUnit.exec(preamble);
  if (!match?.[1]) return null;
  const [kind = '', ...name] = match[1].replace(/\s+/g, ' ').split(/\s(?=\p{Lu})/u);
  const words = name.filter((word) => /^\p{Lu}/u.test(word));
  return words.length === 0 ? null : `${kind.toLowerCase()} ${words.join(' ')}`;
}

interface Signature {
  name: string | null;
  role: string | null;
  onBehalf: string | null;
  office: string | null;
}

const ROLE =
  /^(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|BÍ THƯ|CHÁNH THANH TRA|VIỆN TRƯỞNG|CỤC TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|TỔNG GIÁM ĐỐC|THỦ TƯỚNG|PHÓ THỦ TƯỚNG)(?:\s|$)/u;
const PERSON = /^(?:(?:ThS|TS|BS|KS|Ths|CN)\.\s*)?\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}*){1,4}$/u;

/** TM. and the office, KT./TL./TUQ. and whom, the role, the name. Two signatories are joined by "; ". */
function readSignature(lines: readonly string[]): Signature {
  const names: string[] = [];
  const roles: string[] = [];
  let onBehalf: string | null = null;
  let office: string | null = null;
  for (const line of lines) {
    // A scan's "KI CHỦ TỊCH" can only be "KT. CHỦ TỊCH".
    const text = line
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^K[TI1lJ][.,]?\s+(?=CHỦ|GIÁM|TRƯỞNG|CHÁNH)/u, 'KT. ');
    if (/^TM\./u.test(text)) office = text.replace(/^TM\.\s*/u, '');
    else if (/^(?:KT|TL|TUQ|Q)\./u.test(text)) onBehalf ??= text.replace(/^(KT|TL|TUQ|Q)\.\s*/u, '$1. ');
    else if (ROLE.test(text) && capitalShare(text) > 0.9) roles.push(text);
    else if (goesOnRole(text, roles.at(-1), names.length)) roles.push(`${roles.pop()} ${text}`);
    else {
      // "(Đã ký)", or a recipient's remark that stood across: no part of the name.
      const name = text.replace(/\s*\([^()]*\)$/u, '');
      if (PERSON.test(name)) names.push(name);
    }
  }
  return {
    name: names.length > 0 ? names.join('; ') : null,
    role: roles.length > 0 ? roles.join('; ') : null,
    onBehalf,
    office,
  };
}

/** "TRƯỞNG PHÒNG VĂN HÓA - XÃ" and "HỘI" below it: the long name of an office over two lines. */
function goesOnRole(text: string, role: string | undefined, names: number): boolean {
  return (
    role !== undefined &&
    names === 0 &&
    countWords(role) >= 4 &&
    /^[\p{Lu}\s,-]{2,}$/u.test(text) &&
    countWords(text) <= 4
  );
}

const DASH = /^[-–+•]/u;

/** One entry for a dash line with what belongs to it, the closing mark dropped. */
function readRecipients(lines: readonly string[]): string[] {
  const entries: string[] = [];
  const own = lines.map((line) => line.replace(/^Nơi nhận\s*[:.]?\s*/u, '').trim());
  const dashed = own.filter((line) => DASH.test(line)).length > 1;
  for (const text of own) {
    for (const part of text.split(/(?<=[;.,])\s+(?=[-–+]\s)/u)) {
      const entry = part.replace(/^[^\p{L}\d(]+/u, '').replace(/[\s=_~|-]+$/u, '');
      if (!/^[\p{L}\d(]/u.test(entry)) continue;
      // "- Các phòng: Văn phòng HĐND;" and "VH-XH; Kinh tế" below it are one entry.
      const last = entries.length - 1;
      if (dashed && !DASH.test(part) && last >= 0) entries[last] = `${entries[last]} ${entry}`;
      else if (/^[\p{L}\d]/u.test(entry)) entries.push(entry);
    }
  }
  return entries.map(stripClosing);
}
