import { execute, type GraphQLError, type GraphQLSchema } from 'graphql';
import { EngineError } from '../errors.ts';
import { weightOfText } from '../request/document-weight.ts';
import { LruCache } from '../request/lru-cache.ts';
import { SharedLimit } from '../request/shared-limit.ts';
import type { RoleSchema } from '../schema/role-schemas.ts';
import type { QueryPart } from './executable.ts';
import { checkIntrospected, checkIntrospectionSize, type IntrospectionSize } from './introspection-size.ts';
import type { ReadyOperation } from './operation-cache.ts';

/** How many bytes of answers are kept for one role: the standard query of tools, for a schema of any usual size. */
const maxKeptBytes = 16 * 1024 * 1024;
/** The same for all roles together. */
const allRoles = new SharedLimit(48 * 1024 * 1024);
/** Of one answer, beside the texts. */
const answerBytes = 300;

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
  readonly #sizes = new Map<QueryPart, IntrospectionSize>();
  #spent: IntrospectionSize = { fields: 0, bytes: 0 };

  constructor(ready: Pick<ReadyOperation, 'roleSchema' | 'variables' | 'bounds'>) {
    this.#ready = ready;
  }

  /** Refuses an operation whose introspection comes to more than the role may ask for, before any of it is made. */
  check(parts: readonly QueryPart[]): void {
    let expected: IntrospectionSize = { fields: 0, bytes: 0 };
    for (const part of parts) {
      if (part.kind !== 'introspection') continue;
      const { answers, question } = this.#keptFor(part);
      const size =
        answers.get(question)?.size ?? this.#sizeOf(part, this.#ready.roleSchema.sorted(), expected);
      expected = { fields: expected.fields + size.fields, bytes: expected.bytes + size.bytes };
      checkIntrospected(this.#ready.bounds, expected);
    }
  }

  /** `__schema` or `__type` as JSON text: made once for each question, as it stays the same until the schema changes. */
  answer(part: IntrospectionPart): string {
    const { bounds } = this.#ready;
    const { answers, question } = this.#keptFor(part);
    const known = answers.get(question);
    const { text, size } = known ?? this.#make(part);
    this.#spent = { fields: this.#spent.fields + size.fields, bytes: this.#spent.bytes + text.length };
    checkIntrospected(bounds, this.#spent);
    if (!known) {
      answers.set(question, { text, size }, answerBytes + weightOfText(question) + weightOfText(text));
    }
    return text;
  }

  #keptFor(part: IntrospectionPart): { readonly answers: LruCache<Answer>; readonly question: string } {
    const { roleSchema, variables } = this.#ready;
    const answers = kept.get(roleSchema) ?? new LruCache<Answer>(maxKeptBytes, { together: allRoles });
    kept.set(roleSchema, answers);
    return { answers, question: `${part.shape}${JSON.stringify(variables)}` };
  }

  /** What the answer to a part will hold; refused when it is too much beside what was spent already. */
  #sizeOf(part: IntrospectionPart, schema: GraphQLSchema, spent: IntrospectionSize): IntrospectionSize {
    const known = this.#sizes.get(part);
    if (known) return known;
    const { variables, bounds } = this.#ready;
    const size = checkIntrospectionSize({ schema, document: part.document, variables }, bounds, spent);
    this.#sizes.set(part, size);
    return size;
  }

  #make(part: IntrospectionPart): Answer {
    const { roleSchema, variables } = this.#ready;
    const schema = roleSchema.sorted();
    const size = this.#sizeOf(part, schema, this.#spent);
    const { document } = part;
    const result = execute({ schema, document, variableValues: variables }) as {
      data?: Record<string, unknown> | null;
      errors?: readonly GraphQLError[];
    };
    const [error] = result.errors ?? [];
    if (error) throw new EngineError('validation-failed', error.message, { path: '$' });
    return { text: JSON.stringify(result.data?.[part.key] ?? null), size };
  }
}
