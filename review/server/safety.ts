import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Nothing but what this server itself sends; no inline script, no frame, no outside request. */
export const SAFE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

function sameToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/**
 * The decoded segments of the path behind the token; null for a request that is refused: another host (a name that
 * some page on the web had resolve to this machine), another origin, a wrong token, a path that climbs.
 */
export function admit(request: IncomingMessage, token: string, port: number): string[] | null {
  const { host, origin } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host)) return null;
  if (origin !== undefined && !hosts.includes(origin.replace(/^http:\/\//, ''))) return null;
  if ((request.headers['sec-fetch-site'] ?? 'none') === 'cross-site' && request.method !== 'GET') return null;
  const [path = ''] = (request.url ?? '').split('?');
  const segments: string[] = [];
  for (const raw of path.split('/').slice(1)) {
    try {
      const segment = decodeURIComponent(raw);
      if (segment === '.' || segment === '..' || /[/\\\0]/.test(segment)) return null;
      segments.push(segment);
    } catch {
      return null;
    }
  }
  const [given = '', ...rest] = segments;
  return sameToken(given, token) ? rest : null;
}
