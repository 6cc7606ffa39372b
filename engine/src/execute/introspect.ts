import { execute, type GraphQLError } from 'graphql';
import { EngineError } from '../errors.ts';
import { LruCache } from '../request/lru-cache.ts';
import type { RoleSchema } from '../schema/role-schemas.ts';
import type { QueryPart } from './executable.ts';
import { checkIntrospected, checkIntrospectionSize, type IntrospectionSize } from './introspection-size.ts';
import type { ReadyOperation } from './operation-cache.ts';

/** How many bytes of answers are kept for one role: the standard query of tools, for a schema of any usual size. */
const maxKeptBytes = 16 * 1024 * 1024;

interface Answer {
  readonly text: string;
  readonly size: IntrospectionSize;
}

/** Answers by their question; they live as long as the schema that they describe. */
const kept = new WeakMap<RoleSchema, LruCache<Answer>>();

type IntrospectionPart = Extract<QueryPart, { kind: 'introspection' }>;

/** Answers the introspection fields of one operation, which have one budget together. */
export class Introspection {
  readonly #ready: Pick<ReadyOperation, 'roleSchema' | 'variables' | 'bounds'>;
  #spent: IntrospectionSize = { fields: 0, bytes: 0 };

  constructor(ready: Pick<ReadyOperation, 'roleSchema' | 'variables' | 'bounds'>) {
    this.#ready = ready;
  }

  /** `__schema` or `__type` as JSON text: made once for each question, as it stays the same until the schema changes. */
  answer(part: IntrospectionPart): string {
    const { roleSchema, variables, bounds } = this.#ready;
    const answers = kept.get(roleSchema) ?? new LruCache<Answer>(maxKeptBytes);
    kept.set(roleSchema, answers);
    const question = `${part.shape}${JSON.stringify(variables)}`;
    const known = answers.get(question);
    const { text, size } = known ?? this.#make(part);
    this.#spent = { fields: this.#spent.fields + size.fields, bytes: this.#spent.bytes + text.length };
    checkIntrospected(bounds, this.#spent);
    if (!known) answers.set(question, { text, size }, question.length + text.length);
    return text;
  }

  #make(part: IntrospectionPart): Answer {
    const { roleSchema, variables, bounds } = this.#ready;
    const schema = roleSchema.sorted();
    const { document } = part;
    const size = checkIntrospectionSize({ schema, document, variables }, bounds, this.#spent);
    const result = execute({ schema, document, variableValues: variables }) as {
      data?: Record<string, unknown> | null;
      errors?: readonly GraphQLError[];
    };
    const [error] = result.errors ?? [];
    if (error) throw new EngineError('validation-failed', error.message, { path: '$' });
    return { text: JSON.stringify(result.data?.[part.key] ?? null), size };
  }
}
