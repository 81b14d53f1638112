import { signal } from '@preact/signals';
import { payload } from './document-state.ts';

/** The page's width as a share of the pane's. */
export const zoom = signal(1);
/** The page in view, from 1. */
export const currentPage = signal(1);

const STEPS = [0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.25, 1.5, 2, 2.5, 3] as const;
const GAP = 32;

const pane = (): HTMLElement | null => document.querySelector<HTMLElement>('.pages');

/** The place in the middle of the pane stays there. */
function setZoom(value: number): void {
  const view = pane();
  const [x, y] = view
    ? [(view.scrollLeft + view.clientWidth / 2) / view.scrollWidth, view.scrollTop / view.scrollHeight]
    : [0, 0];
  zoom.value = value;
  requestAnimationFrame(() => {
    if (!view) return;
    view.scrollLeft = x * view.scrollWidth - view.clientWidth / 2;
    view.scrollTop = y * view.scrollHeight;
  });
}

export function zoomBy(step: 1 | -1): void {
  const next = step === 1 ? STEPS.find((value) => value > zoom.value) : STEPS.findLast((value) => value < zoom.value);
  if (next !== undefined) setZoom(next);
}

export function fitWidth(): void {
  setZoom(1);
}

export function fitPage(): void {
  const view = pane();
  const page = payload.value?.record.pages.find(({ number }) => number === currentPage.value);
  const fits =
    view && page?.width && page.height
      ? ((view.clientHeight - GAP) * page.width) / page.height / (view.clientWidth - GAP)
      : 1;
  setZoom(Math.min(1, fits));
}

export function showPage(number: number): void {
  document.querySelector(`[data-page="${number}"]`)?.scrollIntoView({ block: 'start' });
}

/** To the next page, or a screenful on where there are no pages. */
export function turnPage(step: 1 | -1): void {
  const view = pane();
  if (view?.querySelector('[data-page]')) {
    const pages = payload.value?.record.pages.length ?? 1;
    showPage(Math.max(1, Math.min(pages, currentPage.value + step)));
  } else view?.scrollBy({ top: step * view.clientHeight * 0.9 });
}
