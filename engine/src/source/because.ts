/** Reasons as the reference words them after what they are reasons for: one in the sentence, several as a list. */
export function because(reasons: readonly string[]): string {
  if (reasons.length === 1) return ` because ${reasons[0]}`;
  return ` for the following reasons:\n${reasons.map((reason) => `  \u2022 ${reason}\n`).join('')}`;
}
