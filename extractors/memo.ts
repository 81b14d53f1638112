/**
 * A pure function of a text that is asked the same again and again: its answers are kept, the oldest thousands dropped at
 * once. Long texts are not kept.
 */
export function memo<T>(answer: (text: string) => T, limit = 4096, longest = 400): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return answer(text);
    if (known.has(text)) return known.get(text) as T;
    if (known.size >= limit) known.clear();
    const value = answer(text);
    known.set(text, value);
    return value;
  };
}
