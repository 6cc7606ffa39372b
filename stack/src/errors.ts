/** A start that cannot go on for reasons a person can fix; each reason is one sentence naming what to change. */
export class StackStartError extends Error {
  override name = 'StackStartError';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[] | string, options?: ErrorOptions) {
    const list = typeof reasons === 'string' ? [reasons] : reasons;
    super(list.join('\n'), options);
    this.reasons = list;
  }
}
