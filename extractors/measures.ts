import { createRequire } from 'node:module';
import { measures } from '../dictionaries/administrative/index.ts';
import { foldWords } from './text.ts';

const require = createRequire(import.meta.url);
interface TfIdf {
  addDocument(words: string[], key?: string): void;
  tfidfs(words: string[], callback: (index: number, score: number) => void): void;
  idf(word: string): number;
}

const FLOOR = 0.62;

/** Abbreviations stand for their words, so that "TTHC" and "thủ tục hành chính" are one. */
const SPELT: Record<string, string> = {
  tthc: 'thủ tục hành chính',
  dvc: 'dịch vụ công',
  dvctt: 'dịch vụ công trực tuyến',
  cchc: 'cải cách hành chính',
  vbqppl: 'văn bản quy phạm pháp luật',
  csdl: 'cơ sở dữ liệu',
};

function terms(text: string): string[] {
  const words = foldWords(text).flatMap((word) => (SPELT[word] ?? word).split(' '));
  return words.flatMap((word, index) => (index > 0 ? [`${words[index - 1]}_${word}`] : []));
}

interface Model {
  documents: { measure: string; terms: [string, number][]; weight: number }[];
}
let model: Model | null = null;

function modelOf(): Model {
  if (model) return model;
  const { TfIdf } = require('natural/lib/natural/tfidf/index.js') as { TfIdf: new () => TfIdf };
  const tfidf = new TfIdf();
  const entries = measures().flatMap((entry) =>
    entry.synonyms.map((synonym) => ({ measure: entry.measure, terms: new Set(terms(synonym)) })),
  );
  for (const entry of entries) tfidf.addDocument([...entry.terms], entry.measure);
  const weigh = (words: Iterable<string>) => [...words].reduce((sum, word) => sum + tfidf.idf(word) ** 2, 0);
  model = {
    documents: entries.map((entry) => ({
      measure: entry.measure,
      terms: [...entry.terms].map((term): [string, number] => [term, tfidf.idf(term) ** 2]),
      weight: weigh(entry.terms),
    })),
  };
  return model;
}

/**
 * The canonical name of what is measured, or null where none fits: the wording of which the subject has most, its pairs of
 * neighbouring syllables weighed by how rare they are among all wordings (inverse document frequency).
 */
export function measureOf(subject: string): string | null {
  const { documents } = modelOf();
  const own = new Set(terms(subject));
  if (own.size === 0) return null;
  let best: { measure: string; score: number } | null = null;
  for (const document of documents) {
    let shared = 0;
    for (const [term, weight] of document.terms) if (own.has(term)) shared += weight;
    // Share of the wording that the subject has, softened by what else the subject says.
    const score = (shared / document.weight) * Math.min(1, (2 * document.terms.length) / own.size + 0.4);
    if (score > (best?.score ?? 0)) best = { measure: document.measure, score };
  }
  return best && best.score >= FLOOR ? best.measure : null;
}
