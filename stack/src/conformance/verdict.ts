/** One case of a run, as the runner's `--json` tells it. */
export interface CaseResult {
  /** Such as `graphql_query/boolexp/query_1.yaml`. */
  readonly id: string;
  readonly category: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What differed; only where it did not pass. */
  readonly reason?: string;
}

/** A case that is known not to pass, and why it may not. */
export interface Exception {
  readonly case: string;
  readonly reason: string;
}

/** What a run says about the engine, the known exceptions considered. */
export interface Verdict {
  readonly passed: number;
  /** A sentence for each thing that is not as it should be. */
  readonly mistakes: readonly string[];
}

/**
 * Holds a whole run against the exceptions: every case passes or has a reason not to, and a reason that has become
 * untrue, or that no case has, is a mistake as well.
 */
export function judge(results: readonly CaseResult[], exceptions: readonly Exception[]): Verdict {
  const excepted = new Set(exceptions.map((exception) => exception.case));
  const known = new Set(results.map(({ id }) => id));
  const mistakes = results.flatMap(({ id, outcome, reason = 'no reason given' }) => {
    if (outcome === 'passed')
      return excepted.has(id) ? [`${id} passes, so it is no exception any longer`] : [];
    return excepted.has(id) ? [] : [`${id} ${outcome}: ${reason}`];
  });
  for (const name of excepted) {
    if (!known.has(name)) mistakes.push(`${name} is an exception, but no case`);
  }
  if (results.length === 0) mistakes.push('no case ran');
  return { passed: results.filter(({ outcome }) => outcome === 'passed').length, mistakes };
}
