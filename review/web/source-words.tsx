import { LOW_CONFIDENCE } from '../payload.ts';
import { t } from './i18n.ts';
import { type Word, wordsOf } from './layouts.ts';
import type { Evidence } from './types.ts';

function Piece({ word: { raw, text, confidence } }: { word: Word }) {
  const doubt = confidence < LOW_CONFIDENCE ? 'doubt' : '';
  if (raw === text) return <span class={doubt}>{text} </span>;
  return (
    <span class={`restored ${doubt}`}>
      <del title={t('readAs')}>{raw}</del>
      {text !== '' && <ins>{text}</ins>}{' '}
    </span>
  );
}

/** The printed words of a record where some were restored or are in doubt: what was read against what it became. */
export function SourceWords({ evidence }: { evidence: readonly Evidence[] }) {
  const words = wordsOf(evidence);
  if (words.every(({ raw, text, confidence }) => raw === text && confidence >= LOW_CONFIDENCE)) return null;
  return (
    <div class="source-words">
      <span class="caption">{t('readAs')}</span>
      <p>
        {words.map((word, i) => (
          <Piece key={i} word={word} />
        ))}
      </p>
    </div>
  );
}
