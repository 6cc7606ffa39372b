import {
  compareNumbers,
  isJsonNumber,
  isJsonObject,
  isSameJson,
  textOfNumber,
} from '../../json/json-values.ts';
import { basicFunctions, type KritiFunction } from './functions.ts';
import { KritiError, type KritiNode, type KritiStep } from './types.ts';

/** The values a template is given. */
export interface KritiValues {
  /** By name; JSON values. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Beside the basic ones. */
  readonly functions?: Readonly<Record<string, KritiFunction>>;
}

/** More steps than this are an error: nested loops over what a client sent would otherwise take for ever. */
const MAX_STEPS = 1_000_000;

/** Fills a template in; answers JSON. Throws KritiError where the values do not fit it. */
export function evaluateKriti(node: KritiNode, values: KritiValues): unknown {
  return new Evaluation(values).run(node);
}

class Evaluation {
  readonly #variables: Map<string, unknown>;
  readonly #functions: Readonly<Record<string, KritiFunction>>;
  #steps = 0;

  constructor({ variables, functions }: KritiValues) {
    this.#variables = new Map(Object.entries(variables));
    this.#functions = { ...basicFunctions, ...functions };
  }

  run(node: KritiNode): unknown {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new KritiError('the template takes too many steps');
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'text':
        return node.parts.map((part) => (typeof part === 'string' ? part : toText(this.run(part)))).join('');
      case 'object':
        return Object.fromEntries(
          node.members.map(([key, value]) => [toText(this.run(key)), this.run(value)]),
        );
      case 'array':
        return node.items.map((item) => this.run(item));
      case 'path':
        return follow(node.root, this.#variables.get(node.root), node.steps);
      case 'call': {
        const apply = this.#functions[node.name];
        if (!apply) throw new KritiError(`there is no function ${node.name}`);
        return apply(this.run(node.argument));
      }
      case 'binary':
        return this.#binary(node);
      case 'if': {
        const branch = node.branches.find(({ condition }) => isTrue(this.run(condition)));
        return this.run(branch?.value ?? node.otherwise);
      }
      case 'range':
        return this.#range(node);
    }
  }

  #range({ index, item, list, body }: Extract<KritiNode, { kind: 'range' }>): unknown[] {
    const items = this.run(list);
    if (!Array.isArray(items)) throw new KritiError('range needs an array');
    const outer = new Map(this.#variables);
    const results = items.map((value, position) => {
      this.#variables.set(item, value);
      if (index !== null) this.#variables.set(index, position);
      return this.run(body);
    });
    for (const name of [item, index]) {
      if (name === null) continue;
      if (outer.has(name)) this.#variables.set(name, outer.get(name));
      else this.#variables.delete(name);
    }
    return results;
  }

  #binary({ operator, left, right }: Extract<KritiNode, { kind: 'binary' }>): unknown {
    const first = this.run(left);
    switch (operator) {
      case '??':
        return first ?? this.run(right);
      case '&&':
        return isTrue(first) && isTrue(this.run(right));
      case '||':
        return isTrue(first) || isTrue(this.run(right));
      case '==':
        return isSameJson(first, this.run(right));
      case '!=':
        return !isSameJson(first, this.run(right));
      case 'in': {
        const holder = this.run(right);
        if (Array.isArray(holder)) return holder.some((item) => isSameJson(item, first));
        if (isJsonObject(holder)) return Object.hasOwn(holder, toText(first));
        throw new KritiError('in needs an array or an object');
      }
      default:
        return compare(operator, first, this.run(right));
    }
  }
}

function compare(operator: '<' | '<=' | '>' | '>=', left: unknown, right: unknown): boolean {
  const order = orderOf(left, right);
  if (order === null) throw new KritiError(`${operator} compares two numbers or two texts`);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function orderOf(left: unknown, right: unknown): number | null {
  if (isJsonNumber(left) && isJsonNumber(right)) return compareNumbers(left, right);
  if (typeof left !== 'string' || typeof right !== 'string') return null;
  return left < right ? -1 : left > right ? 1 : 0;
}

function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new KritiError('a condition is neither true nor false');
}

/** The value at a path. Only what a JSON value holds itself is found, never what its prototype does. */
function follow(root: string, start: unknown, steps: readonly KritiStep[]): unknown {
  let value = start;
  let path = root;
  for (const { key, isOptional } of steps) {
    path += typeof key === 'number' ? `[${key}]` : `['${key}']`;
    const fits = typeof key === 'number' ? Array.isArray(value) : isJsonObject(value);
    if (!fits || !Object.hasOwn(value as object, key)) {
      if (isOptional) return null;
      throw new KritiError(`there is no ${path}`);
    }
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

/** A value inside a text; a list or an object has no place there. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isJsonNumber(value)) return textOfNumber(value);
  if (typeof value !== 'object') return String(value);
  if (value === null) return 'null';
  throw new KritiError(`${Array.isArray(value) ? 'an array' : 'an object'} cannot stand inside a text`);
}
