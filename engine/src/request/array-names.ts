/** Names that Postgres has for types which GraphQL calls otherwise. */
const postgresNames: ReadonlyMap<string, string> = new Map([
  ['bool', 'Boolean'],
  ['float4', 'Float'],
  ['int2', 'smallint'],
  ['int4', 'Int'],
  ['int8', 'bigint'],
  ['text', 'String'],
  ['varchar', 'String'],
]);

/** The GraphQL name of the elements of an array that is named as by Postgres; null for any other name. */
export function arrayElementOf(name: string): string | null {
  return name.startsWith('_') ? (postgresNames.get(name.slice(1)) ?? name.slice(1)) : null;
}
