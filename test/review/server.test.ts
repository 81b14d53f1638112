import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEntries, readRecord } from '../../output/results.ts';
import { reviewItems } from '../../output/review/items.ts';
import { type ReviewServer, startReview } from '../../review/server/serve.ts';
import { RESULTS } from '../output/fixture.ts';

let dir: string;
let server: ReviewServer;
let base: URL;

beforeAll(async () => {
  const outer = await mkdtemp(join(tmpdir(), 'kehoach-server-'));
  dir = join(outer, 'results');
  await cp(RESULTS, dir, { recursive: true });
  await writeFile(join(outer, 'secret.json'), '{"secret":true}');
  server = await startReview(dir);
  base = new URL(server.url);
});
afterAll(async () => {
  await server.close();
  await rm(join(dir, '..'), { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request whose path is sent as it is: fetch would tidy "..". */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: base.hostname, port: base.port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const json = { 'content-type': 'application/json' };

test('the address answers 200 itself, on the loopback only', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}\/$/);
  const answer = await ask(base.pathname);
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('<div id="app">');
});

test('every answer forbids scripts, frames and requests from elsewhere', async () => {
  for (const path of ['', 'api/documents', 'assets/app.js', 'nothing']) {
    const { headers } = await ask(base.pathname + path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

test.each(['/', '/index.html', '/api/documents', '/wrong-token/', '/wrong-token/api/documents'])(
  'without the token %s is refused',
  async (path) => expect((await ask(path)).status).toBe(403),
);

test.each(['kehoach.example', 'kehoach.example:80', 'localhost', '127.0.0.1', '0.0.0.0:80'])(
  'another Host header is refused: %s',
  async (host) => expect((await ask(`${base.pathname}api/documents`, { host })).status).not.toBe(200),
);

test('"localhost" with the port is the same machine', async () => {
  expect((await ask(base.pathname, { host: `localhost:${base.port}` })).status).toBe(200);
});

test('a request from another origin is refused', async () => {
  const headers = { ...json, origin: 'https://kehoach.example' };
  const { status } = await ask(`${base.pathname}api/documents/binh-an/changes`, headers, 'POST', '{}');
  expect(status).toBe(403);
});

describe('paths outside the folder are refused', () => {
  test.each([
    '../secret.json',
    '..%2fsecret.json',
    '%2e%2e/secret.json',
    '..%5csecret.json',
    'assets/../../../package.json',
    'assets/..%2f..%2f..%2fpackage.json',
    'api/documents/..',
    'api/documents/..%2f',
    'api/documents/%2e%2e%2fsecret.json',
    'api/documents/.kehoach',
    'api/documents/binh-an%00',
    'api/documents/binh-an/../../secret.json',
    'api/documents/C:%5CWindows',
    'document.json',
    'binh-an/document.json',
    '%',
  ])('%s', async (path) => {
    const answer = await ask(base.pathname + path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toContain('secret":');
  });
});

test('an index that names a folder outside is not followed', async () => {
  const other = await mkdtemp(join(tmpdir(), 'kehoach-index-'));
  const entry = { id: 'a', source: 'a.txt', outcome: 'done', folder: '../secret', pages: 1, issues: 0 };
  await writeFile(join(other, 'index.json'), JSON.stringify({ schemaVersion: '1.0', documents: [entry] }));
  const second = await startReview(other);
  const { documents } = (await (await fetch(`${second.url}api/documents`)).json()) as { documents: unknown[] };
  expect(documents).toEqual([]);
  await second.close();
  await rm(other, { recursive: true });
});

test.each([
  ['no JSON', '{', 400],
  ['no changes', '{"changes":[]}', 400],
  ['a change of nothing known', '{"changes":[{"id":"x","before":null,"after":{"id":"x"}}]}', 400],
])('a body that is %s is refused', async (_, body, status) => {
  const answer = await ask(`${base.pathname}api/documents/binh-an/changes`, json, 'POST', body);
  expect(answer.status).toBe(status);
});

test('a form cannot post: only JSON is taken', async () => {
  const path = `${base.pathname}api/documents/binh-an/changes`;
  expect((await ask(path, { 'content-type': 'text/plain' }, 'POST', '{}')).status).toBe(415);
});

test('a decision is saved, shown with a new tag, and a second one on the same record is a conflict', async () => {
  const [entry] = await readEntries(dir);
  if (!entry) throw new Error('the fixture has changed');
  const item = reviewItems(await readRecord(dir, entry)).find(({ kind }) => kind === 'task');
  const { id, kind, quote } = item ?? { id: '', kind: 'task', quote: '' };
  const after = {
    id,
    kind,
    quote,
    decision: 'accept',
    patch: null,
    note: null,
    who: 'Lan',
    when: '2026-03-01T08:00:00Z',
  };
  const path = `${base.pathname}api/documents/${entry.folder}`;
  const body = JSON.stringify({ changes: [{ id, before: null, after }] });
  const saved = await ask(`${path}/changes`, json, 'POST', body);
  expect(saved.status).toBe(200);
  const { review } = JSON.parse(saved.body) as { review: { revision: number } };
  expect(await ask(`${path}/review`, { 'if-none-match': `"${review.revision}"` })).toHaveProperty('status', 304);
  expect(await ask(`${path}/review`, { 'if-none-match': '"0"' })).toHaveProperty('status', 200);
  const again = await ask(`${path}/changes`, json, 'POST', body);
  expect(again.status).toBe(409);
  expect(JSON.parse(again.body)).toMatchObject({ conflicts: [id], review: { revision: review.revision } });
});

test('words are located in the text', async () => {
  const path = `${base.pathname}api/documents/binh-an/locate`;
  const located = async (quote: string) =>
    JSON.parse((await ask(path, json, 'POST', JSON.stringify({ quote, page: null, box: null }))).body) as {
      evidence: { line: number[] }[];
    };
  const [entry] = await readEntries(dir);
  const record = entry && (await readRecord(dir, entry));
  const task = record?.tasks[0];
  expect((await located(task?.quote ?? '')).evidence[0]?.line[0]).toBe(task?.evidence[0]?.line[0]);
  expect((await located('không có câu này ở đâu cả')).evidence).toEqual([]);
});

test('a folder that is no results folder is named', async () => {
  await expect(startReview(join(dir, 'nowhere'))).rejects.toThrow(/there is no such folder/);
});
