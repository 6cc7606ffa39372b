import { isDeepStrictEqual } from 'node:util';
import type { ParameterValue, PreparedStatement } from './statement.ts';

/**
 * `plan_cache_mode` of Postgres for one statement: plan as it sees fit, keep the one plan that fits any values, or
 * plan for the values of each run.
 */
export type PlanMode = 'auto' | 'force_generic_plan' | 'force_custom_plan';

/** Shows how Postgres would run a statement: with these values, and with any. Undefined where it cannot tell. */
export type ComparePlans = (
  statement: PreparedStatement,
  values: readonly ParameterValue[],
) => Promise<{ readonly withValues: unknown; readonly withAny: unknown } | undefined>;

interface Record {
  runs: number;
  /** How many sets of values were planned in the shape of the plan for any. */
  agreements: number;
  mode: PlanMode;
  /** Nothing more to find out. */
  isDecided: boolean;
}

const firstComparison = 8;
const agreementsNeeded = 3;
const runsBetweenChecks = 4096;

/**
 * Spares Postgres from planning a hot statement again and again. Left to itself it plans anew whenever its
 * estimate for the given values is a little lower than for any, and for short statements that takes longer
 * than running them. Keeping one plan blindly would be worse where a value decides the way: a rare one, or one
 * that a partial index is for. So a statement keeps its plan only once Postgres has shown, for several sets
 * of values as they came, that it would choose the same nodes and indexes for them; a later set that it would
 * plan differently ends that for good.
 *
 * Such a statement is planned for its values each time, which Postgres left to itself would not do either: it goes by
 * its estimate, and with values unknown a rare status looks like any other. It then walks past thousands of newer
 * rows to find the twenty that an index would have led to.
 *
 * Source: PostgreSQL documentation, PREPARE and `plan_cache_mode`.
 */
export class PlanModes {
  readonly #compare: ComparePlans;
  readonly #records = new WeakMap<PreparedStatement, Record>();
  /** One comparison at a time: it takes a connection that requests may wait for. */
  #isComparing = false;

  constructor(compare: ComparePlans) {
    this.#compare = compare;
  }

  /** The mode to run a statement in now; what this run's values tell is found out behind its back. */
  next(statement: PreparedStatement, values: readonly ParameterValue[]): PlanMode {
    if (values.length === 0) return 'auto';
    let record = this.#records.get(statement);
    if (!record) {
      record = { runs: 0, agreements: 0, mode: 'auto', isDecided: false };
      this.#records.set(statement, record);
    }
    record.runs += 1;
    if (!record.isDecided && !this.#isComparing && isTimeToLook(record)) {
      void this.#look(statement, values, record);
    }
    return record.mode;
  }

  async #look(
    statement: PreparedStatement,
    values: readonly ParameterValue[],
    record: Record,
  ): Promise<void> {
    this.#isComparing = true;
    try {
      const plans = await this.#compare(statement, values);
      const agrees =
        plans !== undefined && isDeepStrictEqual(shapeOf(plans.withValues), shapeOf(plans.withAny));
      if (agrees) {
        record.agreements += 1;
        if (record.agreements >= agreementsNeeded) record.mode = 'force_generic_plan';
      } else {
        // Postgres before 16 cannot show both, and goes on deciding by itself.
        record.mode = plans === undefined ? 'auto' : 'force_custom_plan';
        record.isDecided = true;
      }
    } catch {
      // Postgres is away; whoever asks next hears of it, and a later run looks again.
    } finally {
      this.#isComparing = false;
    }
  }
}

function isTimeToLook({ runs, agreements, mode }: Record): boolean {
  if (mode === 'force_generic_plan') return runs % runsBetweenChecks === 0;
  return runs >= firstComparison * 2 ** agreements;
}

/** Nodes, indexes and directions of a plan; of its conditions only that they are there, for they hold the values. */
function shapeOf(plan: unknown): unknown {
  if (Array.isArray(plan)) return plan.map(shapeOf);
  if (typeof plan !== 'object' || plan === null) return plan;
  return Object.fromEntries(
    Object.entries(plan).map(([key, value]) => [key, /(Cond|Filter)$/.test(key) ? true : shapeOf(value)]),
  );
}
