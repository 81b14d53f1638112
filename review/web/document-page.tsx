import { useEffect } from 'preact/hooks';
import { redo, undo } from './actions.ts';
import { readOnly } from './api.ts';
import { Keys, OutcomeBadge } from './app.tsx';
import { go, neighbours, route } from './app-state.ts';
import { mark, payload, progress } from './document-state.ts';
import { Header, Share } from './header.tsx';
import { formatNumber, percent, t } from './i18n.ts';
import { RecordsPane } from './records-pane.tsx';
import { SourcePages } from './source-pages.tsx';
import { SourceText } from './source-text.tsx';
import { currentPage, fitPage, fitWidth, zoom, zoomBy } from './view-state.ts';

function SourceTools({ pages }: { pages: number | null }) {
  return (
    <div class="source-tools">
      {pages !== null && <span>{t('pageOf', { page: currentPage.value, pages })}</span>}
      {mark.value && !readOnly && <span class="mark-note">{t('markedWords', { count: mark.value.words })}</span>}
      <span class="spring" />
      <button
        type="button"
        class="quiet"
        aria-label={t('zoomOut')}
        title={`${t('zoomOut')} (−)`}
        onClick={() => zoomBy(-1)}
      >
        −
      </button>
      <output>{percent(zoom.value)}</output>
      <button
        type="button"
        class="quiet"
        aria-label={t('zoomIn')}
        title={`${t('zoomIn')} (=)`}
        onClick={() => zoomBy(1)}
      >
        +
      </button>
      <button type="button" class="quiet" title="0" onClick={fitWidth}>
        {t('fitWidth')}
      </button>
      {pages !== null && (
        <button type="button" class="quiet" title="F" onClick={fitPage}>
          {t('fitPage')}
        </button>
      )}
    </div>
  );
}

function KeyHints() {
  const hints = readOnly
    ? ([
        ['↓ ↑', 'keys.step'],
        ['PgDn PgUp', 'page'],
        ['L', 'back'],
        ['?', 'help'],
      ] as const)
    : ([
        ['J K', 'keys.move'],
        ['A', 'accept'],
        ['E', 'edit'],
        ['R', 'reject'],
        ['N', 'note'],
        ['+', 'add'],
        ['U', 'undo'],
        ['?', 'help'],
      ] as const);
  return (
    <footer class="hints">
      {hints.map(([keys, text]) => (
        <span key={text}>
          <Keys keys={keys} /> {t(text)}
        </span>
      ))}
    </footer>
  );
}

export function DocumentPage() {
  const current = payload.value;
  const title = current ? (current.record.metadata.title ?? current.entry.source) : '';
  useEffect(() => {
    document.title = title ? `${title} · kehoach` : 'kehoach';
  }, [title]);
  const { before, after } = neighbours.value;
  const { done, all } = progress.value;
  const step = (folder: string | null, sign: string, text: 'previousDocument' | 'nextDocument') => (
    <button
      type="button"
      class="quiet"
      disabled={folder === null}
      aria-label={t(text)}
      title={t(text)}
      onClick={() => go(folder)}
    >
      {sign}
    </button>
  );
  return (
    <div class="document-page">
      <Header>
        <button type="button" class="quiet" onClick={() => go(null)}>
          ← {t('back')}
        </button>
        <div class="steps">
          {step(before, '‹', 'previousDocument')}
          {step(after, '›', 'nextDocument')}
        </div>
        <div class="heading">
          <h1 title={title}>{title}</h1>
          {current && <small>{current.entry.source}</small>}
        </div>
        {current && <OutcomeBadge outcome={current.entry.outcome} />}
        {current && (
          <div class="overall">
            <Share done={done} all={all} />
            <span>
              {formatNumber(done)}/{formatNumber(all)}
            </span>
          </div>
        )}
        {!readOnly && (
          <div class="steps">
            <button type="button" class="quiet" title="U" onClick={undo}>
              {t('undo')}
            </button>
            <button type="button" class="quiet" title="Ctrl+Y" onClick={redo}>
              {t('redo')}
            </button>
          </div>
        )}
      </Header>
      {current ? (
        <main key={route.value}>
          <div class="source">
            <SourceTools pages={current.noPictures === null ? current.record.pages.length : null} />
            {current.noPictures !== null && current.noPictures !== 'plain' && (
              <p class="no-pictures">{t(`noPictures.${current.noPictures}`)}</p>
            )}
            {current.noPictures === null ? <SourcePages /> : <SourceText />}
          </div>
          <RecordsPane />
        </main>
      ) : (
        <main>
          <p class="empty">{t('loading')}</p>
        </main>
      )}
      <KeyHints />
    </div>
  );
}
