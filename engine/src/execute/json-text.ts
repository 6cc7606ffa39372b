/** One member of a JSON object whose value is JSON text already. */
export interface JsonMember {
  readonly key: string;
  readonly json: string;
}

/** Glues JSON texts into an object without parsing them. */
export function glueObject(members: readonly JsonMember[]): string {
  return `{${members.map(({ key, json }) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}

/** What stands between the brackets of a JSON list; empty for an empty one. */
export function listItemsText(list: string): string {
  return list.trim().slice(1, -1).trim();
}

/** Puts JSON lists behind each other without parsing them. */
export function glueLists(lists: readonly string[]): string {
  return `[${lists
    .map(listItemsText)
    .filter((items) => items !== '')
    .join(',')}]`;
}
