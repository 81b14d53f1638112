import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { METADATA_ID } from '../../output/review/items.ts';
import { pictureAddress, readOnly } from './api.ts';
import { allRows, mark, mode, payload, type Row, select, selected } from './document-state.ts';
import { t } from './i18n.ts';
import { layoutOf } from './layouts.ts';
import { markOf, type Point, wordsBetween } from './marking.ts';
import type { Box } from './types.ts';
import { currentPage, zoom } from './view-state.ts';

/** Pages as near as this to the view are drawn. */
const MARGIN = '900px 0px';
/** Pixels the pointer moves before it marks words instead of choosing a box. */
const DRAG = 5;

interface Placed {
  row: Row;
  box: Box;
}

function boxesByPage(rows: readonly Row[]): Map<number, Placed[]> {
  const pages = new Map<number, Placed[]>();
  for (const row of rows) {
    for (const { page, box } of row.evidence) {
      if (box) pages.set(page, [...(pages.get(page) ?? []), { row, box }]);
    }
  }
  return pages;
}

const area = ([x0, y0, x1, y1]: Box): number => (x1 - x0) * (y1 - y0);
const place = ([x0, y0, x1, y1]: Box) => ({
  left: `${x0 * 100}%`,
  top: `${y0 * 100}%`,
  width: `${(x1 - x0) * 100}%`,
  height: `${(y1 - y0) * 100}%`,
});

/** The smallest box at a point; where two are alike, the one after the one that is selected. */
function boxAt(boxes: readonly Placed[], { x, y }: Point): Row | undefined {
  const hits = boxes
    .filter(({ box: [x0, y0, x1, y1] }) => x >= x0 && x <= x1 && y >= y0 && y <= y1)
    .sort((a, b) => area(a.box) - area(b.box));
  const at = hits.findIndex(({ row }) => row.id === selected.value);
  return (hits[at + 1] ?? hits[0])?.row;
}

interface PageProps {
  number: number;
  ratio: number;
  boxes: readonly Placed[];
}

function Page({ number, ratio, boxes }: PageProps) {
  const element = useRef<HTMLElement>(null);
  const near = useSignal(false);
  const failed = useSignal(false);
  const from = useRef<{ point: Point; clientX: number; clientY: number } | null>(null);
  const folder = payload.value?.entry.folder ?? '';

  useEffect(() => {
    const page = element.current;
    if (!page) return;
    const observer = new IntersectionObserver(([entry]) => (near.value = entry?.isIntersecting ?? false), {
      root: page.closest('.pages'),
      rootMargin: MARGIN,
    });
    observer.observe(page);
    return () => observer.disconnect();
  }, []);

  const pointOf = (event: PointerEvent): Point => {
    const { left, top, width, height } = (element.current as HTMLElement).getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };
  const isDrag = (event: PointerEvent): boolean =>
    from.current !== null &&
    Math.hypot(event.clientX - from.current.clientX, event.clientY - from.current.clientY) > DRAG;
  const layout = near.value ? layoutOf(number).value : null;
  const marked = mark.value?.page === number ? mark.value.box : null;

  return (
    <section
      ref={element}
      class="page"
      data-page={number}
      aria-label={t('pageOf', { page: number, pages: payload.value?.record.pages.length ?? 0 })}
      style={{ aspectRatio: String(ratio) }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        from.current = { point: pointOf(event), clientX: event.clientX, clientY: event.clientY };
        element.current?.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!layout || readOnly || !from.current || !isDrag(event)) return;
        mark.value = markOf(number, wordsBetween(layout, from.current.point, pointOf(event)));
      }}
      onPointerUp={(event) => {
        if (from.current && !isDrag(event)) {
          mark.value = null;
          const row = boxAt(boxes, from.current.point);
          if (row && mode.value !== 'add') select(row.id);
        }
        from.current = null;
      }}
    >
      {near.value && !failed.value && (
        <img src={pictureAddress(folder, number)} alt="" draggable={false} onError={() => (failed.value = true)} />
      )}
      {failed.value && <p class="page-failed">{t('noPicture')}</p>}
      {near.value &&
        boxes.map(({ row, box }, index) => (
          <span
            key={`${row.id} ${index}`}
            class={`box kind-${row.kind} state-${row.state} ${row.id === selected.value ? 'chosen' : ''}`}
            data-record={row.id}
            style={place(box)}
          />
        ))}
      {marked && <span class="marked" style={place(marked)} />}
      <span class="page-number">{number}</span>
    </section>
  );
}

/** Pictures of the pages with a box around every record. */
export function SourcePages() {
  const pane = useRef<HTMLElement>(null);
  const pages = payload.value?.record.pages ?? [];
  const rows = allRows.value;
  const boxes = useMemo(() => boxesByPage(rows), [rows]);
  const chosen = selected.value;

  useEffect(() => {
    currentPage.value = 1;
  }, [payload.value]);

  useEffect(() => {
    const evidence = allRows.value.find(({ id }) => id === chosen)?.evidence.find(({ box }) => box);
    const page = pane.current?.querySelector<HTMLElement>(`[data-page="${evidence?.page}"]`);
    const view = pane.current;
    if (view && chosen === METADATA_ID) view.scrollTop = 0;
    if (!view || !page || !evidence?.box) return;
    const [, y0, , y1] = evidence.box;
    const top = page.offsetTop + y0 * page.offsetHeight;
    const bottom = page.offsetTop + y1 * page.offsetHeight;
    const isSeen = top > view.scrollTop + 24 && bottom < view.scrollTop + view.clientHeight - 24;
    if (!isSeen) view.scrollTop = Math.max(0, (top + bottom) / 2 - view.clientHeight / 2);
    const left = page.offsetLeft + evidence.box[0] * page.offsetWidth;
    if (left < view.scrollLeft || left > view.scrollLeft + view.clientWidth * 0.8) view.scrollLeft = left - 40;
  }, [chosen, payload.value]);

  return (
    <section
      ref={pane}
      class="pages"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
      tabIndex={0}
      aria-label={t('source')}
      onScroll={(event) => {
        const view = event.currentTarget;
        const middle = view.scrollTop + view.clientHeight / 2;
        const all = [...view.querySelectorAll<HTMLElement>('.page')];
        const inView = all.findLast((page) => page.offsetTop <= middle);
        currentPage.value = Number(inView?.dataset.page ?? 1);
      }}
    >
      <div class="sheets" style={{ width: `${zoom.value * 100}%` }}>
        {pages.map(({ number, width, height }) => (
          <Page
            key={`${payload.value?.entry.folder} ${number}`}
            number={number}
            ratio={width && height ? width / height : 210 / 297}
            boxes={boxes.get(number) ?? []}
          />
        ))}
      </div>
    </section>
  );
}
