/** Numbers that look random and are the same for the same seed on every machine (mulberry32). */
export interface Random {
  /** From 0 up to, but without, 1. */
  next(): number;
  /** From `low` to `high`. */
  between(low: number, high: number): number;
  /** Bell curve around 0 with deviation 1. */
  normal(): number;
}

/** A generator for one seed; two generators of one seed give the same numbers. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  let spare: number | null = null;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal() {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}
