/** Spells a JSON list as Postgres' array literal; nested lists become nested arrays. */
export function toArrayLiteral(items: readonly unknown[], encode: (item: unknown) => string | null): string {
  const parts = items.map((item) => {
    if (item === null || item === undefined) return 'NULL';
    if (Array.isArray(item)) return toArrayLiteral(item, encode);
    const text = encode(item);
    return text === null ? 'NULL' : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  return `{${parts.join(',')}}`;
}
