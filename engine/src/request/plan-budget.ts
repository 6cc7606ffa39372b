import { EngineError } from '../errors.ts';
import type { Bounds } from '../guards/bounds.ts';

/** How often the clock is looked at: reading it costs more than most steps. */
const stepsBetweenLooks = 64;

type PlanBounds = Pick<Bounds, 'conditions' | 'listLength' | 'patternOperators'>;

/** Each can keep Postgres busy for as long as the time limit lets it, with a text of a few bytes. */
const patternOperators: ReadonlySet<string> = new Set([
  '_regex',
  '_iregex',
  '_nregex',
  '_niregex',
  '_similar',
  '_nsimilar',
]);

/**
 * What planning one operation may spend. Everything that grows with what a client sends is counted here while it
 * is read, so that too much is refused before anything is made of it, and before Postgres sees it.
 */
export class PlanBudget {
  readonly #bounds: PlanBounds;
  readonly #endsAt: number;
  #conditions = 0;
  #steps = 0;

  /** `seconds` is the role's time limit, which planning shares with what comes after it; null for none. */
  constructor(bounds: PlanBounds, seconds: number | null) {
    this.#bounds = bounds;
    this.#endsAt = seconds === null ? Number.POSITIVE_INFINITY : performance.now() + seconds * 1000;
  }

  /** Counts comparisons, connectives and relationships of filters. */
  countConditions(more: number, at: string): void {
    this.#conditions += more;
    this.countStep();
    const most = this.#bounds.conditions;
    if (this.#conditions <= most) return;
    throw new EngineError(
      'condition-limit-exceeded',
      `the filters of the operation hold more than ${most} conditions, which is the bound of the role: ask for less at a time`,
      { path: at },
    );
  }

  /** Refuses a list that holds more than one of the role may. */
  checkList(length: number, at: string): void {
    const most = this.#bounds.listLength;
    if (length <= most) return;
    throw new EngineError(
      'list-limit-exceeded',
      `a list holds ${length} values, and the bound of the role is ${most}: send it in parts`,
      { path: at },
    );
  }

  /** Refuses an operator whose patterns are slow to match where the role may not ask for them. */
  checkOperator(name: string, at: string): void {
    if (this.#bounds.patternOperators || !patternOperators.has(name)) return;
    throw new EngineError(
      'pattern-operator-refused',
      `the role may not compare by "${name}", whose patterns can be slow to match: use _like, _ilike or _eq`,
      { path: at },
    );
  }

  /** Counts one step of work, and now and then looks whether the time is over. */
  countStep(): void {
    this.#steps += 1;
    if (this.#steps % stepsBetweenLooks === 0) this.checkTime();
  }

  /** Refuses to go on once the time is over. */
  checkTime(): void {
    if (performance.now() <= this.#endsAt) return;
    throw new EngineError('time-limit-exceeded', 'the operation took too long');
  }
}
