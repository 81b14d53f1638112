import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { Box, type IndexEntry } from '../../output/record.ts';
import { applyReview } from '../../output/review/apply.ts';
import { Change } from '../../output/review/model.ts';
import { readReview, saveChanges } from '../../output/review/store.ts';
import { Refusal, readJson, send, sendJson } from './answer.ts';
import type { Documents } from './documents.ts';
import { locateWords } from './locate.ts';
import { type Pictures, SCREEN } from './pictures.ts';

export interface Service {
  dir: string;
  documents: Documents;
  pictures: Pictures;
  /** The name that decisions are signed with until the reviewer gives another. */
  who: string;
}

const Changes = z.strictObject({ changes: z.array(Change).min(1).max(10_000) });
const Marked = z.strictObject({
  quote: z.string().min(1).max(20_000),
  page: z.int().positive().nullable(),
  box: Box.nullable(),
});

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal(400, `${issue?.path.join('.')}: ${issue?.message}`);
}

async function changes(service: Service, entry: IndexEntry, request: IncomingMessage, response: ServerResponse) {
  const wanted = parsed(Changes, await readJson(request));
  const saved = await saveChanges(service.dir, entry, wanted.changes);
  const { record } = await service.documents.open(entry);
  const { misfits } = applyReview(record, saved.review);
  sendJson(response, 'conflicts' in saved ? 409 : 200, { ...saved, misfits });
}

async function review(service: Service, entry: IndexEntry, request: IncomingMessage, response: ServerResponse) {
  const current = await readReview(service.dir, entry);
  const tag = `"${current.revision}"`;
  response.setHeader('etag', tag);
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  const { record } = await service.documents.open(entry);
  sendJson(response, 200, { review: current, misfits: applyReview(record, current).misfits });
}

async function picture({ documents, pictures }: Service, entry: IndexEntry, page: number, response: ServerResponse) {
  const document = await documents.open(entry);
  if (typeof document.picture === 'string' || page > document.record.source.pages) throw new Refusal(404, 'no picture');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const bytes = await pictures.get({ ...document.picture, page, ...SCREEN }, gone.signal);
  send(response, 200, 'image/jpeg', bytes, 'private, max-age=3600');
}

/** The first page is drawn while the browser still reads the records. */
async function drawFirst({ documents, pictures }: Service, entry: IndexEntry): Promise<void> {
  const document = await documents.open(entry);
  if (typeof document.picture === 'string') return;
  await pictures.get({ ...document.picture, page: 1, ...SCREEN }).catch(() => undefined);
}

/** Answers what the page asks for; `path` is what stands behind "api". Throws Refusal. */
export async function route(
  service: Service,
  path: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { documents } = service;
  const [area, folder, part, ...rest] = path;
  if (area !== 'documents') throw new Refusal(404, 'there is nothing here');
  if (folder === undefined) return sendJson(response, 200, { documents: await documents.list(), who: service.who });
  const entry = await documents.entry(folder);
  if (!entry) throw new Refusal(404, 'there is no such document');
  const isPost = request.method === 'POST';
  if (part === undefined) {
    const payload = await documents.payload(entry);
    sendJson(response, 200, payload);
    return drawFirst(service, entry);
  }
  if (part === 'review') return review(service, entry, request, response);
  if (part === 'changes' && isPost) return changes(service, entry, request, response);
  if (part === 'locate' && isPost) {
    const { quote, page, box } = parsed(Marked, await readJson(request));
    return sendJson(response, 200, { evidence: locateWords(await documents.open(entry), quote, page, box) });
  }
  const page = Number(rest[0]);
  if (part === 'pages' && Number.isInteger(page) && page > 0) {
    if (rest[1] === 'picture') return picture(service, entry, page, response);
    if (rest[1] === 'layout') {
      const { layout } = await documents.open(entry);
      const found = layout?.pages.find(({ number }) => number === page);
      return sendJson(response, 200, found ?? { number: page, lines: [], regions: [] });
    }
  }
  throw new Refusal(404, 'there is nothing here');
}
