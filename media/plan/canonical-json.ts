/** JSON with the keys of every object in code unit order and without undefined values: equal data gives equal text, to be hashed. */
export const canonicalJson = (value: unknown): string => JSON.stringify(inOrder(value));

/** The same with sorted keys; a replacer of `JSON.stringify` would do it in thrice the time. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  if (value instanceof Date) return value;
  const table = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(table)
      .sort()
      .map((key) => [key, inOrder(table[key])]),
  );
}
