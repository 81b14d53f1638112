import type { IncomingMessage, ServerResponse } from 'node:http';
import { SAFE_HEADERS } from './safety.ts';

/** The most that is read of a request's body, in bytes. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** An answer other than 200, with a message for the page. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Nothing is kept by the browser unless `cache` says so: plans are not for everyone. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  cache = 'no-store',
): void {
  response.writeHead(status, { ...SAFE_HEADERS, 'content-type': type, 'cache-control': cache });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** Throws Refusal for a body that is no JSON or too long. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json')) throw new Refusal(415, 'JSON is wanted');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > LARGEST_BODY) throw new Refusal(413, 'too long');
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'the body is no JSON');
  }
}
