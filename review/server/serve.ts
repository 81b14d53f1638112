import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { readIndex } from '../../output/results.ts';
import { UsageError } from '../../output/usage-error.ts';
import { Refusal, send, sendJson } from './answer.ts';
import { type Asset, readAssets } from './assets.ts';
import { createDocuments } from './documents.ts';
import { createPictures } from './pictures.ts';
import { route, type Service } from './routes.ts';
import { admit } from './safety.ts';

export interface ReviewOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Where the source files lie now, if not where they were imported from. */
  source?: string;
}

export interface ReviewServer {
  /** The page with its token; answers 200 itself. */
  url: string;
  close(): Promise<void>;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

async function answer(
  service: Service,
  assets: ReadonlyMap<string, Asset>,
  path: readonly string[] | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (path === null) throw new Refusal(403, 'Open the address that "kehoach review" printed, with its token.');
  if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) throw new Refusal(405, 'not allowed');
  if (path[0] === 'api') return route(service, path.slice(1), request, response);
  const asset = assets.get(path.join('/') || 'index.html');
  if (!asset || request.method === 'POST' || path.length === 0) throw new Refusal(404, 'there is nothing here');
  send(response, 200, asset.type, asset.body, 'no-cache');
}

/** Serves the reviewer's page of a results folder on 127.0.0.1. Throws UsageError for a folder that is none, or a port in use. */
export async function startReview(dir: string, options: ReviewOptions = {}): Promise<ReviewServer> {
  const root = resolve(dir);
  await readIndex(root);
  const assets = await readAssets();
  const token = randomBytes(18).toString('base64url');
  const pictures = createPictures();
  const source = options.source === undefined ? undefined : resolve(options.source);
  const documents = createDocuments(root, source);
  // Counted while the browser is being opened.
  documents.list().catch(() => undefined);
  const service: Service = { dir: root, documents, pictures, who: userName() };
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    answer(service, assets, admit(request, token, port), request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      const status = error instanceof Refusal ? error.status : 500;
      if (status === 403) return send(response, status, 'text/plain; charset=utf-8', (error as Error).message);
      sendJson(response, status, { error: error instanceof Error ? error.message : String(error) });
    });
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      void pictures.close();
      const reason = cause.code === 'EADDRINUSE' ? 'it is in use: name another with --port' : cause.message;
      fail(new UsageError(`port ${options.port} cannot be opened: ${reason}.`, { cause }));
    });
    server.listen(options.port ?? 0, '127.0.0.1', ready);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await pictures.close();
    },
  };
}
