import type { Parameter, ParameterSource, Predicate } from '../predicate/types.ts';

/** SQL text with the sources of its parameters, in the order of their numbers. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly ParameterSource[];
}

/** Whether a name is one of those that {@link StatementBuilder.alias} gives. */
export function isAlias(name: string): boolean {
  return /^_\d+$/.test(name);
}

/**
 * Collects a statement's parameters and hands out table aliases. Both are numbered in the order they
 * are met, so the same plan always gives the same text.
 */
export class StatementBuilder {
  readonly #place: (number: number) => string;
  readonly #sources: ParameterSource[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #conditions = new Map<Predicate, Map<string, string>>();
  #aliases = 0;

  /** What is being compiled, from the outside in. */
  readonly #around: ('list' | 'row')[] = [];
  readonly #sets: string | null;

  /**
   * `place` spells the n-th parameter; `$n` unless the statement serves many sets of parameters at once. Then `sets` is
   * SQL for their number.
   */
  constructor(place: (number: number) => string = (number) => `$${number}`, sets: string | null = null) {
    this.#place = place;
    this.#sets = sets;
  }

  /** Compiles what lies inside a list or a single row. */
  within<T>(kind: 'list' | 'row', compile: () => T): T {
    this.#around.push(kind);
    const compiled = compile();
    this.#around.pop();
    return compiled;
  }

  /**
   * Whether a list that is compiled now may hold the same rows many times: below two lists, or below a list and a row
   * that many rows of it share. Right below one list, only where rows of that one lead to shared ones.
   */
  repeatsRows(isShared: boolean): boolean {
    const lists = this.#around.filter((kind) => kind === 'list').length;
    return lists > 1 || (lists === 1 && (isShared || this.#around.at(-1) === 'row'));
  }

  /** A number that counts for each set of parameters. */
  forAllSets(number: number): string {
    return this.#sets === null ? String(number) : `${number} * ${this.#sets}`;
  }

  /** The place of a parameter, cast to its type. */
  parameter(parameter: Parameter): string {
    return `(${this.#place(this.#number(parameter.source))}::${parameter.sqlType})`;
  }

  /** A new table alias. */
  alias(): string {
    this.#aliases += 1;
    return `"_${this.#aliases}"`;
  }

  /**
   * A condition on the row of an alias, compiled once: repeated, it is the same text with the same parameters,
   * as Postgres asks of `DISTINCT ON` and the `ORDER BY` that belongs to it.
   */
  condition(predicate: Predicate, alias: string, compile: () => string): string {
    const known = this.#conditions.get(predicate) ?? new Map<string, string>();
    this.#conditions.set(predicate, known);
    const text = known.get(alias) ?? compile();
    known.set(alias, text);
    return text;
  }

  build(text: string): Statement {
    return { text, parameters: this.#sources };
  }

  /** A session variable used twice is one parameter, and so is a parent's key in its many children. */
  #number(source: ParameterSource): number {
    const key = sharedKey(source);
    const known = key === null ? undefined : this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#sources.push(source);
    if (key !== null) this.#numbers.set(key, this.#sources.length);
    return this.#sources.length;
  }
}

function sharedKey(source: ParameterSource): string | null {
  if (source.kind === 'session') return `session:${source.name}`;
  if (source.kind === 'written-key') return `key:${source.level}:${source.row}:${source.column}`;
  if (source.kind === 'cursor') return `cursor:${source.part}`;
  return source.kind === 'session-json' || source.kind === 'written-rows' ? source.kind : null;
}
