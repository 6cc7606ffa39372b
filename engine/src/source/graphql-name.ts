/**
 * A name that GraphQL can spell and does not keep for itself, as it does those that begin with two underscores. What
 * has another one is left out of the schema, that one thing alone.
 */
export function isGraphQLName(name: string): boolean {
  return !name.startsWith('__') && /^[_A-Za-z][_0-9A-Za-z]*$/.test(name);
}
