/**
 * A description as metadata has it: without a comment the standard one stays, an empty comment takes it away.
 */
export function describe(comment: string | null | undefined, standard: string | null): string | null {
  if (comment === undefined || comment === null) return standard;
  return comment === '' ? null : comment;
}
