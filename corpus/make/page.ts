import { FAMILY } from './fonts.ts';
import type { Block, Plan } from './source.ts';
import { isGroupRow } from './source.ts';

/** The layout of Decree 30/2020: margins, letterhead in two columns, page numbers in the top margin from page 2, recipients beside the signature. */
const CSS = `
@page { size: A4; margin: 20mm 18mm 20mm 30mm; @top-center { content: counter(page); font: 13pt '${FAMILY}', 'Liberation Serif', 'Times New Roman', Tinos, serif; } }
@page :first { @top-center { content: none; } }
body { font: 14pt/1.3 '${FAMILY}', 'Liberation Serif', 'Times New Roman', Tinos, serif; margin: 0; color: #000; }
p { margin: 0 0 5pt; text-indent: 1cm; text-align: justify; orphans: 2; widows: 2; }
.h1, .h2 { font-weight: bold; break-after: avoid; text-align: left; }
.h3 { font-weight: bold; font-style: italic; break-after: avoid; text-align: left; }
.title { text-align: center; font-weight: bold; text-indent: 0; margin: 0; line-height: 1.2; }
.rule { border: 0; border-top: 1px solid #000; margin: 2pt auto 0; }
table { border-collapse: collapse; width: 100%; }
.tasks { width: calc(100% - 1pt); }
.head td, .sign td { padding: 0; text-align: center; vertical-align: top; }
.head { font-size: 12pt; line-height: 1.2; margin-bottom: 14pt; white-space: nowrap; }
.head .left { width: 40%; } .head .low td { padding-top: 6pt; font-size: 13pt; }
.sign { margin-top: 10pt; break-inside: avoid; line-height: 1.2; }
.sign .left { width: 50%; text-align: left; font-size: 11pt; } .sign .right { font-weight: bold; }
.sign .name { padding-top: 78pt; }
.appendix, .annex { break-before: page; }
@page wide { size: A4 landscape; margin: 20mm 18mm; }
.wide { page: wide; }
.note { text-align: center; text-indent: 0; font-style: italic; margin-bottom: 8pt; }
.tasks { font-size: 12pt; line-height: 1.2; }
.tasks th, .tasks td { border: 1px solid #000; padding: 3pt 4pt; vertical-align: middle; }
.tasks th { text-align: center; } .whole .tasks tr { break-inside: avoid; } .tasks thead { display: table-header-group; }
.tasks .group { break-after: avoid; } .tasks .group td { font-weight: bold; } .tasks .mid { text-align: center; }`;

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The width of a column in hundredths, by what its name says. */
function columnWidth(name: string): number {
  if (/^(TT|STT)$/i.test(name)) return 6;
  if (/nội dung|nhiệm vụ/i.test(name)) return 30;
  if (/thời (gian|hạn)/i.test(name)) return 14;
  return 17;
}

function tableHtml(rows: readonly string[][]): string {
  const [header = [], ...rest] = rows;
  const widths = header.map(columnWidth);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => `<col style="width:${((100 * width) / total).toFixed(2)}%">`).join('');
  const centred = header.map((name) => /^(TT|STT)$/i.test(name) || /thời (gian|hạn)/i.test(name));
  const body = rest.map((cells) =>
    isGroupRow(cells)
      ? `<tr class="group"><td colspan="${header.length}">${escapeHtml(cells[0] ?? '')}</td></tr>`
      : `<tr>${cells.map((cell, i) => `<td${centred[i] ? ' class="mid"' : ''}>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  const head = header.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('');
  return `<table class="tasks"><colgroup>${columns}</colgroup><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

function bodyHtml(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'table') return tableHtml(block.rows);
      if (block.kind === 'heading') return `<p class="h${Math.min(block.level, 3)}">${escapeHtml(block.text)}</p>`;
      return `<p>${escapeHtml(block.text)}</p>`;
    })
    .join('\n');
}

function appendixHtml({ appendix, landscape }: Plan): string {
  const parts = appendix.map((block) => {
    if (block.kind === 'heading') return `<p class="title">${escapeHtml(block.text)}</p>`;
    if (block.kind === 'paragraph' && block.text.startsWith('('))
      return `<p class="note">${escapeHtml(block.text)}</p>`;
    return bodyHtml([block]);
  });
  return `<div class="appendix${landscape ? ' wide' : ''}">${parts.join('\n')}</div>`;
}

function letterheadHtml(plan: Plan): string {
  const [upper = '', unit = '', number = ''] = plan.left;
  const [state = '', motto = '', place = ''] = plan.right;
  return `<table class="head">
<tr><td class="left"><b>${escapeHtml(upper)}<br>${escapeHtml(unit)}</b><hr class="rule" style="width:30%"></td>
<td><b>${escapeHtml(state)}</b><br><b style="font-size:13pt">${escapeHtml(motto)}</b><hr class="rule" style="width:62%"></td></tr>
<tr class="low"><td class="left">${escapeHtml(number)}</td><td><i>${escapeHtml(place)}</i></td></tr></table>`;
}

function signatureHtml(plan: Plan): string {
  const [opening = '', ...recipients] = plan.recipients;
  const roles = plan.sign.slice(0, -1).map(escapeHtml).join('<br>');
  const name = escapeHtml(plan.sign.at(-1) ?? '');
  return `<table class="sign"><tr><td class="left"><b><i style="font-size:12pt">${escapeHtml(opening)}</i></b><br>${recipients.map(escapeHtml).join('<br>')}</td>
<td class="right">${roles}<div class="name">${name}</div></td></tr></table>`;
}

const RULE = '<hr class="rule" style="width:25%;margin:4pt auto 12pt">';

function titleHtml(lines: readonly string[], note: string): string {
  const title = lines.map((line) => `<p class="title">${escapeHtml(line)}</p>`).join('\n');
  return `${title}${note === '' ? '' : `<p class="note">${escapeHtml(note)}</p>`}${RULE}`;
}

/** The plan as one HTML document that prints as A4 pages. `faces`: rules of CSS that bring the typeface along. */
export function page(plan: Plan, faces = ''): string {
  const signature = plan.recipients.length + plan.sign.length > 0 ? signatureHtml(plan) : '';
  const parts = [
    plan.left.length + plan.right.length > 0 ? letterheadHtml(plan) : '',
    plan.deed.length > 0
      ? `${titleHtml(plan.deed, '')}${bodyHtml(plan.deedBody)}${signature}<div class="annex"></div>`
      : '',
    titleHtml([plan.type, ...plan.title], plan.note),
    bodyHtml(plan.body),
    plan.deed.length > 0 ? '' : signature,
    plan.appendix.length > 0 ? appendixHtml(plan) : '',
  ];
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><style>${faces}${CSS} body { font-size: ${plan.size}pt; }</style></head><body class="${plan.cut ? '' : 'whole'}">${parts.join('\n')}</body></html>`;
}
