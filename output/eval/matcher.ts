/** `size` equal items from `a` on in the first sequence and from `b` on in the second. */
export interface Block {
  a: number;
  b: number;
  size: number;
}

type Positions = ReadonlyMap<string, readonly number[]>;

function positionsOf(items: readonly string[]): Positions {
  const positions = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    const known = positions.get(item);
    if (known) known.push(index);
    else positions.set(item, [index]);
  }
  return positions;
}

/** The longest run the two windows share; of several the one that begins first in `a`, then in `b`. */
function longestMatch(
  a: readonly string[],
  positions: Positions,
  [aLow, aHigh, bLow, bHigh]: readonly [number, number, number, number],
): Block {
  let best: Block = { a: aLow, b: bLow, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = aLow; i < aHigh; i++) {
    const next = new Map<number, number>();
    for (const j of positions.get(a[i] as string) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best.size) best = { a: i - length + 1, b: j - length + 1, size: length };
    }
    lengths = next;
  }
  return best;
}

/**
 * The alignment of Ratcliff and Obershelp: the longest common run, then the same to its left and to its right.
 * Block for block what Python's `SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()` gives,
 * neighbours joined and the closing block of size 0 included: the judge counts with it.
 */
export function matchingBlocks(a: readonly string[], b: readonly string[]): Block[] {
  const positions = positionsOf(b);
  const found: Block[] = [];
  const queue: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let window = queue.pop(); window; window = queue.pop()) {
    const [aLow, aHigh, bLow, bHigh] = window;
    const block = longestMatch(a, positions, window);
    if (block.size === 0) continue;
    found.push(block);
    if (aLow < block.a && bLow < block.b) queue.push([aLow, block.a, bLow, block.b]);
    const [aEnd, bEnd] = [block.a + block.size, block.b + block.size];
    if (aEnd < aHigh && bEnd < bHigh) queue.push([aEnd, aHigh, bEnd, bHigh]);
  }
  found.sort((x, y) => x.a - y.a);
  const joined: Block[] = [];
  for (const block of found) {
    const last = joined.at(-1);
    if (last && last.a + last.size === block.a && last.b + last.size === block.b) last.size += block.size;
    else joined.push({ ...block });
  }
  return [...joined, { a: a.length, b: b.length, size: 0 }];
}

/** How many items of the two sequences are aligned. */
export function matchedCount(a: readonly string[], b: readonly string[]): number {
  return matchingBlocks(a, b).reduce((sum, block) => sum + block.size, 0);
}

/** Likeness from 0 to 1; two empty sequences are alike. */
export function ratio(a: readonly string[], b: readonly string[]): number {
  const length = a.length + b.length;
  return length ? (2 * matchedCount(a, b)) / length : 1;
}
