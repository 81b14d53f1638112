import { paint, textWidth, wrapOffsets } from '../terminal.ts';
import type { Span } from './locate.ts';

/** The least a cut line keeps around its quote, in columns. */
const CONTEXT = 40;

/** Cuts a line longer than `room` around its span, at blanks; without a span its beginning is kept. */
export function cutAround(text: string, span: Span | undefined, room: number): { text: string; span?: Span } {
  if (textWidth(text) <= room) return span ? { text, span } : { text };
  const [start, end] = span ?? [0, 0];
  const context = Math.max(room - (end - start) - 4, span ? CONTEXT : 0);
  const wanted = Math.min(start, Math.ceil(context / 2));
  const after = Math.min(text.length - end, context - wanted);
  const before = Math.min(start, context - after);
  const [low, high] = [start - before, end + after];
  const from = low === 0 ? 0 : Math.min(start, text.indexOf(' ', low) + 1 || start);
  const to = high === text.length ? high : Math.max(end, text.lastIndexOf(' ', high));
  const [lead, tail] = [from > 0 ? '… ' : '', to < text.length ? ' …' : ''];
  const cut = lead + text.slice(from, to) + tail;
  const shift = lead.length - from;
  return span ? { text: cut, span: [start + shift, end + shift] } : { text: cut };
}

/** Breaks a line into pieces of `room` columns, its span in colour, or in [brackets] where there is none. */
export function highlight(text: string, span: Span | undefined, room: number, color: boolean): string[] {
  const [start, end] = span ?? [text.length, text.length];
  return wrapOffsets(text, room).map(([from, to]) => {
    const [low, high] = [Math.min(Math.max(start, from), to), Math.max(Math.min(end, to), from)];
    if (!span || low >= high) return text.slice(from, to);
    const quote = text.slice(low, high);
    const marked = color
      ? paint(paint(quote, 'cyan', color), 'bold', color)
      : `${low === start ? '[' : ''}${quote}${high === end ? ']' : ''}`;
    return text.slice(from, low) + marked + text.slice(high, to);
  });
}
