import { readMarker } from './markers.ts';
import { readOutline } from './outline.ts';
import type { Block, Paragraph, Plan, Role } from './plan.ts';
import { capitalShare, countWords } from './text.ts';

const TYPE_LINE =
  /^(?:K(?:Ế HOẠCH|ế hoạch)|QUYẾT ĐỊNH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|ĐỀ ÁN|BÁO CÁO|CHỈ THỊ|THÔNG BÁO|CÔNG VĂN|TỜ TRÌNH|NGHỊ QUYẾT|HƯỚNG DẪN|QUY CHẾ|PHƯƠNG ÁN)\s*:?$/u;
const LETTERHEAD =
  /^(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND(?:\s+\p{Lu}{2}|\s*$)|HỘI ĐỒNG NHÂN DÂN|CHỦ TỊCH (?:[ỦU][YỶ] BAN|UBND)|BAN CHỈ ĐẠO|CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]|Số\s*:|Số\s+[\d.…]*\s*\/\s?\p{Lu}|XÃ\s|PHƯỜNG\s|ĐẶC KHU\s|THÀNH PHỐ\s|TỈNH\s|HUYỆN\s|\*{3}|-{3})|^[\p{L}\s]{2,30},\s*ngày.*(?:tháng|năm)/u;
const SIGNATURE =
  /^(?:TM|KT|TL|TUQ|Q)\.\s*\p{Lu}{2}|^K[I1lJ][.,]?\s+(?:CHỦ|GIÁM)|^(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG BAN|CHÁNH VĂN PHÒNG)\s*$/u;
const RECIPIENT = /^[-–]\s?\p{Lu}.{0,120}[;.]\s*$/u;
const MAX_TITLE_WORDS = 70;

/** Whether the line is one of the title block's: no number, no closing mark, nothing cited. */
function isTitleLine(line: string): boolean {
  const text = line.replace(/\s*\((?:Kèm|Ban hành)[^)]*\)\s*$/iu, '');
  if (readMarker(text) || /[.;:]\s*$/.test(text) || countWords(text) > MAX_TITLE_WORDS) return false;
  if (capitalShare(text) > 0.7) return true;
  return !/^(?:Căn cứ|Để\s)/u.test(text) && !/(?:^|\s)số\s+\d+[^\s]*\/\p{Lu}/u.test(text);
}

/** "… TRÊN ĐỊA BÀN" and "XÃ ĐỒNG MÂY NĂM 2026" below it: a title that breaks before a place or an office. */
function goesOnTitle(title: string, { text, kind, region }: Paragraph): boolean {
  if (kind !== 'text' || region !== 'body' || !isTitleLine(text)) return false;
  const place = /^(?:XÃ|PHƯỜNG|ĐẶC KHU|THỊ TRẤN|HUYỆN|THÀNH PHỐ|TỈNH)\s/u.test(text);
  const office = /^(?:[ỦU][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|UBND|HĐND)\s/u.test(text);
  return place || (office && (/(?:NĂM|GIAI ĐOẠN)\s+\d{4}/u.test(text) || /\s(?:CỦA|TẠI|THUỘC|CHO|DO)$/u.test(title)));
}

const isRecipients = (paragraph: Paragraph): boolean => /^Nơi nhận/u.test(paragraph.text);

function isAppendixTitle(paragraph: Paragraph): boolean {
  if (paragraph.kind === 'row') return false;
  const marker = readMarker(paragraph.text);
  return (
    marker?.style === 'appendix' &&
    (capitalShare(paragraph.text.replace(/\(.*$/u, '')) > 0.7 || /^Phụ lục\s*[IVX\d]*\s*$/u.test(paragraph.text))
  );
}

/**
 * Tells what each paragraph is. A plan bound behind the decision that issues it begins at its own "KẾ HOẠCH" line:
 * what stands before is kept as preamble, for the references and the date.
 */
export function segmentPlan(paragraphs: readonly Paragraph[]): Plan {
  const roles: (Role | null)[] = paragraphs.map(() => null);
  const typeLine = findTypeLine(paragraphs);
  let at = 0;
  if (typeLine >= 0) {
    for (const role of decisionRoles(paragraphs.slice(0, typeLine))) roles[at++] = role;
    roles[typeLine] = 'type';
    at = typeLine + 1;
  } else while (at < paragraphs.length && isLetterhead(paragraphs[at])) roles[at++] = 'letterhead';

  for (; at < paragraphs.length; at++) {
    const paragraph = paragraphs[at];
    if (!paragraph || paragraph.kind === 'row') break;
    const title = roles[at - 1] === 'title' ? (paragraphs[at - 1]?.text ?? '') : null;
    if (/^\((?:Kèm|Ban hành)/iu.test(paragraph.text)) roles[at] = 'remark';
    else if (title !== null && goesOnTitle(title, paragraph)) roles[at] = 'title';
    else if (isLetterhead(paragraph)) roles[at] = 'letterhead';
    else if (isTitleLine(paragraph.text)) roles[at] = 'title';
    else break;
  }
  for (; at < paragraphs.length; at++) {
    const paragraph = paragraphs[at];
    if (!paragraph || paragraph.kind === 'row') break;
    const marker = readMarker(paragraph.text);
    if (marker?.kind === 'heading') break;
    roles[at] = 'preamble';
  }

  const body: number[] = [];
  let zone: 'body' | 'recipients' | 'signature' = 'body';
  /** No "Lưu: VT" has closed the recipients: a page that breaks within them puts the signature between. */
  let listLeftOpen = false;
  for (; at < paragraphs.length; at++) {
    const paragraph = paragraphs[at];
    if (!paragraph) continue;
    if (paragraph.region === 'footnote' || isNote(paragraph)) {
      roles[at] = 'footnote';
      continue;
    }
    if (zone !== 'body' && isAppendixTitle(paragraph)) zone = 'body';
    else if (isRecipients(paragraph)) zone = 'recipients';
    else if (SIGNATURE.test(paragraph.text) && paragraph.kind === 'text') zone = 'signature';
    else if (zone === 'signature' && listLeftOpen && RECIPIENT.test(paragraph.text)) zone = 'recipients';
    else if (zone !== 'body' && endsTail(paragraph, zone)) zone = 'body';
    if (zone === 'recipients') listLeftOpen = !/(?<!\p{L})Lưu(?!\p{L})/iu.test(paragraph.text);
    if (zone === 'body') {
      if (/^Trên đây là/u.test(paragraph.text)) roles[at] = 'closing';
      else body.push(at);
    } else {
      const listed = paragraph.region !== 'right' || RECIPIENT.test(paragraph.text);
      roles[at] = zone === 'recipients' && listed ? 'recipients' : 'signature';
    }
  }
  const outline = readOutline(paragraphs, body);
  const fixed: Block[] = roles.flatMap((role, index) =>
    role === null ? [] : [{ paragraph: index, role, path: [], mark: null, start: 0 }],
  );
  const blocks = [...fixed, ...outline.blocks].sort((a, b) => a.paragraph - b.paragraph);
  return { paragraphs: [...paragraphs], blocks, headings: outline.headings };
}

/** What stands before the plan's own type line: a letterhead, or a whole decision with its recipients and signature. */
function decisionRoles(paragraphs: readonly Paragraph[]): Role[] {
  let zone: 'head' | 'recipients' | 'signature' = 'head';
  return paragraphs.map((paragraph) => {
    const text = paragraph.text.trim();
    if (isRecipients(paragraph)) zone = 'recipients';
    else if (SIGNATURE.test(text)) zone = 'signature';
    else if (zone !== 'head' && (/^(?:CỘNG H|[ỦU][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG)/u.test(text) || countWords(text) > 40))
      zone = 'head';
    if (zone === 'head') return isLetterhead(paragraph) ? 'letterhead' : 'preamble';
    return zone === 'recipients' && paragraph.region !== 'right' ? 'recipients' : 'signature';
  });
}

/** "[1] Nghị quyết số …": a note that plain text keeps at the end. */
const isNote = (paragraph: Paragraph): boolean => paragraph.kind === 'text' && /^\[\d{1,3}\]\s+\S/.test(paragraph.text);

const isLetterhead = (paragraph: Paragraph | undefined): boolean =>
  paragraph !== undefined &&
  paragraph.kind === 'text' &&
  (paragraph.region === 'left' || paragraph.region === 'right' || LETTERHEAD.test(paragraph.text));

/** The plan's own type line: the first one, or the plan's behind the decision's. -1 where there is none. */
function findTypeLine(paragraphs: readonly Paragraph[]): number {
  const lines = paragraphs.flatMap((paragraph, index) =>
    paragraph.kind === 'text' && TYPE_LINE.test(paragraph.text.trim()) ? [index] : [],
  );
  const [first] = lines;
  if (first === undefined) return -1;
  const firstHeading = paragraphs.findIndex((p) => p.kind === 'text' && readMarker(p.text)?.style === 'roman');
  if (firstHeading >= 0 && first > firstHeading) return -1;
  if (!/^QUYẾT ĐỊNH/u.test(paragraphs[first]?.text ?? '')) return first;
  return (
    lines.find((index) => index > first && /^KẾ HOẠCH|^CHƯƠNG TRÌNH|^ĐỀ ÁN/u.test(paragraphs[index]?.text ?? '')) ??
    first
  );
}

/** Body text behind the signature: a table, or a paragraph that no recipients or signature block holds. */
function endsTail(paragraph: Paragraph, zone: 'recipients' | 'signature'): boolean {
  if (paragraph.kind === 'row') return true;
  if (paragraph.region === 'left' || paragraph.region === 'right') return false;
  return zone === 'signature' && (countWords(paragraph.text) > 25 || readMarker(paragraph.text)?.style === 'roman');
}
