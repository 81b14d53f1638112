import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of the test file's own below the system's temp folder, taken away at its end. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kehoach-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
