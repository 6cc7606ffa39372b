/** One member of a JSON object whose value is JSON text already. */
export interface JsonMember {
  readonly key: string;
  readonly json: string;
}

/** Glues JSON texts into an object without parsing them. */
export function glueObject(members: readonly JsonMember[]): string {
  return `{${members.map(({ key, json }) => `${JSON.stringify(key)}:${json}`).join(',')}}`;
}
