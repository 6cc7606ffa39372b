import { type OperationPlan, planOperation } from '../plan/plan-operation.ts';
import { checkDocument } from '../request/check-document.ts';
import { checkFragments } from '../request/check-fragments.ts';
import { checkSize } from '../request/check-size.ts';
import type { InputScope } from '../request/input-value.ts';
import { checkLimits, type RoleLimits } from '../request/limits.ts';
import { LruCache } from '../request/lru-cache.ts';
import { type GraphQLRequest, parseOperation } from '../request/parse-document.ts';
import {
  completeVariables,
  readVariableDefinitions,
  signatureOf,
  type Variables,
} from '../request/variables.ts';
import type { RoleSchema } from '../schema/role-schemas.ts';
import { compileOperation, type Executable, type PreparedOperation } from './executable.ts';
import type { TimeLimit } from './pool.ts';

/** A request that is ready to run. */
export interface ReadyOperation extends PreparedOperation {
  readonly timeLimit: TimeLimit | null;
  readonly executable: Executable;
  readonly variables: Variables;
}

interface CachedOperation extends PreparedOperation {
  /** By variable signature. */
  readonly executables: LruCache<Executable>;
}

const maxDocuments = 2000;
const maxSignatures = 50;
/** A shape as long as that (thousands of rows to insert) hardly comes again, and its statement is as long. */
const maxSignatureLength = 20_000;

/** Parsed, validated, planned and compiled operations of one role's schema. */
export class OperationCache {
  readonly #roleSchema: RoleSchema;
  readonly #stringifyNumeric: boolean;
  readonly #limits: RoleLimits;
  readonly #timeLimit: TimeLimit | null;
  readonly #operations = new LruCache<CachedOperation>(maxDocuments);

  constructor(roleSchema: RoleSchema, stringifyNumeric: boolean, limits: RoleLimits) {
    this.#roleSchema = roleSchema;
    this.#stringifyNumeric = stringifyNumeric;
    this.#limits = limits;
    this.#timeLimit = limits.timeSeconds === null ? null : { seconds: limits.timeSeconds };
  }

  /** Finds or makes what the request needs; throws an EngineError for every mistake in it. */
  prepare(request: GraphQLRequest): ReadyOperation {
    const key = `${request.operationName ?? ''}\u0000${request.query}`;
    const cached = this.#operations.get(key) ?? this.#parse(request);
    const variables = completeVariables(cached.definitions, request.variables);
    const signature = signatureOf(cached.definitions, variables);
    const known = cached.executables.get(signature);
    const timeLimit = this.#timeLimit;
    if (known) return { ...cached, executable: known, variables, timeLimit };
    const { plan, isReusable } = this.#plan(cached, variables);
    const executable = compileOperation(plan, cached.operation);
    if (isReusable && signature.length <= maxSignatureLength) {
      cached.executables.set(signature, executable);
      // Only a document that was once planned without a mistake is worth keeping.
      this.#operations.set(key, cached);
    }
    return { ...cached, executable, variables, timeLimit };
  }

  /** What an operation means, for whoever wants to look at it; throws like `prepare`. */
  plan(request: GraphQLRequest): { readonly plan: OperationPlan; readonly variables: Variables } {
    const parsed = this.#parse(request);
    const variables = completeVariables(parsed.definitions, request.variables);
    return { plan: this.#plan(parsed, variables).plan, variables };
  }

  #parse(request: GraphQLRequest): CachedOperation {
    const operation = parseOperation(request.query, request.operationName);
    checkFragments(operation);
    checkSize(operation);
    checkLimits(operation, this.#limits);
    const definitions = readVariableDefinitions(this.#roleSchema.schema, operation.definition);
    return { roleSchema: this.#roleSchema, operation, definitions, executables: new LruCache(maxSignatures) };
  }

  #plan(cached: CachedOperation, variables: Variables): { plan: OperationPlan; isReusable: boolean } {
    let isReusable = true;
    const input: InputScope = {
      definitions: cached.definitions,
      variables,
      onBakedVariable: () => {
        isReusable = false;
      },
    };
    const { operation } = cached;
    const plan = planOperation({
      roleSchema: this.#roleSchema,
      operation,
      input,
      stringifyNumeric: this.#stringifyNumeric,
    });
    const introspects = plan.kind === 'query' && plan.roots.some((root) => root.kind === 'introspection');
    checkDocument(this.#roleSchema.schema, operation.document, introspects);
    return { plan, isReusable };
  }
}
