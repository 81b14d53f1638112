/** How far from its end a PDF says where its contents are listed. */
const TAIL = 2048;

/** True where the file's end is missing: no end mark, or a table of contents said to be beyond the end. `bytes`: its last ones. */
export function isCutOff(bytes: Uint8Array, size: number): boolean {
  const tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - TAIL))).toString('latin1');
  if (!tail.includes('%%EOF')) return true;
  const start = /startxref\s+(\d+)(?![\s\S]*startxref)/.exec(tail);
  return start !== null && Number(start[1]) >= size;
}
