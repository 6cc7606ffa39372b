import type { Bounds } from '../guards/bounds.ts';
import type { PoolShare } from '../guards/pool-share.ts';
import { type OperationPlan, planOperation } from '../plan/plan-operation.ts';
import { checkDocument } from '../request/check-document.ts';
import { checkFragments } from '../request/check-fragments.ts';
import { checkSize } from '../request/check-size.ts';
import { weightOfDocument } from '../request/document-weight.ts';
import type { InputScope } from '../request/input-value.ts';
import { checkLimits, type RoleLimits } from '../request/limits.ts';
import { LruCache } from '../request/lru-cache.ts';
import { type GraphQLRequest, parseOperation } from '../request/parse-document.ts';
import { PlanBudget } from '../request/plan-budget.ts';
import { SharedLimit } from '../request/shared-limit.ts';
import {
  completeVariables,
  readVariableDefinitions,
  signatureOf,
  type Variables,
} from '../request/variables.ts';
import { checkVariablesSize } from '../request/variables-size.ts';
import type { RoleSchema } from '../schema/role-schemas.ts';
import { checkParameters } from './check-parameters.ts';
import { compileOperation, type Executable, type PreparedOperation } from './executable.ts';
import { weightOf } from './executable-weight.ts';
import type { StatementLimits } from './statement-limits.ts';

/** A request that is ready to run. */
export interface ReadyOperation extends PreparedOperation {
  readonly limits: StatementLimits;
  readonly bounds: Bounds;
  /** What planning more of it, once an action has answered, may spend. */
  budget(): PlanBudget;
  readonly executable: Executable;
  readonly variables: Variables;
}

interface CachedOperation extends PreparedOperation {
  readonly id: number;
}

/**
 * How much of each a role's cache may hold, in bytes as measured. By number alone, a client that never sends the same
 * twice would fill the memory with what is long and of no more use.
 */
const maxDocumentBytes = 16 * 1024 * 1024;
const maxExecutableBytes = 16 * 1024 * 1024;
/** How much all roles hold together, those of engines in the same process too: it is its memory. */
const allRoles = new SharedLimit(64 * 1024 * 1024);
/** What is kept of an executable whatever it does. */
const executableBytes = 600;
/** A shape as long as that (thousands of rows to insert) hardly comes again, and its statement is as long. */
const maxSignatureLength = 20_000;
/** An entry of an object takes at least five characters, such as `"a":s`; a list with as many items hardly comes again either. */
const maxSignatureParts = maxSignatureLength / 5;

/** Parsed, validated, planned and compiled operations of one role's schema. */
export class OperationCache {
  readonly #roleSchema: RoleSchema;
  readonly #stringifyNumeric: boolean;
  readonly #limits: RoleLimits;
  readonly #clientShare: number;
  readonly #statementLimits: StatementLimits;
  readonly #bounds: Bounds;
  readonly #newBudget: () => PlanBudget;
  readonly #operations = new LruCache<CachedOperation>(maxDocumentBytes, { together: allRoles });
  /** By document and variable signature. */
  readonly #executables = new LruCache<Executable>(maxExecutableBytes, { together: allRoles });
  #documents = 0;

  constructor(
    roleSchema: RoleSchema,
    stringifyNumeric: boolean,
    limits: RoleLimits,
    bounds: Bounds,
    share: PoolShare,
  ) {
    this.#roleSchema = roleSchema;
    this.#stringifyNumeric = stringifyNumeric;
    this.#limits = limits;
    this.#bounds = bounds;
    this.#newBudget = () => new PlanBudget(bounds, limits.timeSeconds);
    const { role } = roleSchema;
    this.#statementLimits = {
      seconds: limits.timeSeconds,
      answerBytes: bounds.answerBytes,
      parties: Number.isFinite(share.role) ? [{ key: `role ${role}`, atOnce: share.role }] : [],
    };
    this.#clientShare = share.client;
  }

  /**
   * Finds or makes what the request needs; throws an EngineError for every mistake in it. `client` is who asks, for
   * what is counted by client; what many ask together is counted by role alone.
   */
  prepare(request: GraphQLRequest, client?: string): ReadyOperation {
    checkVariablesSize(request.variables, this.#bounds.variablesBytes);
    const key = `${request.operationName ?? ''}\u0000${request.query}`;
    const cached = this.#operations.get(key) ?? this.#parse(request);
    const variables = completeVariables(cached.definitions, request.variables);
    const signature = signatureOf(cached.definitions, variables, maxSignatureParts);
    const executableKey = `${cached.id}:${signature}`;
    const known = signature === undefined ? undefined : this.#executables.get(executableKey);
    const budget = this.#newBudget;
    const limits = this.#limitsOf(client);
    const bounds = this.#bounds;
    if (known) return { ...cached, executable: known, variables, limits, bounds, budget };
    const planning = budget();
    const { plan, isReusable } = this.#plan(cached, variables, planning);
    const executable = compileOperation(plan, cached.operation);
    checkParameters(executable, this.#bounds.parameters);
    planning.checkTime();
    if (isReusable && signature !== undefined && signature.length <= maxSignatureLength) {
      this.#executables.set(
        executableKey,
        executable,
        executableBytes + executableKey.length + weightOf(executable),
      );
      // Only a document that was once planned without a mistake is worth keeping.
      this.#operations.set(key, cached, weightOfDocument(key, cached.operation.document));
    }
    return { ...cached, executable, variables, limits, bounds, budget };
  }

  /** Bytes, about, that all kept operations take. */
  get weight(): number {
    return this.#operations.weight + this.#executables.weight;
  }

  #limitsOf(client: string | undefined): StatementLimits {
    const limits = this.#statementLimits;
    if (client === undefined || !Number.isFinite(this.#clientShare)) return limits;
    const party = { key: `client ${client}`, atOnce: this.#clientShare };
    return { ...limits, parties: [party, ...limits.parties] };
  }

  /** What an operation means, for whoever wants to look at it; throws like `prepare`. */
  plan(request: GraphQLRequest): { readonly plan: OperationPlan; readonly variables: Variables } {
    const parsed = this.#parse(request);
    const variables = completeVariables(parsed.definitions, request.variables);
    return { plan: this.#plan(parsed, variables, this.#newBudget()).plan, variables };
  }

  #parse(request: GraphQLRequest): CachedOperation {
    const operation = checkFragments(parseOperation(request.query, request.operationName));
    checkSize(operation);
    checkLimits(operation, this.#limits);
    const definitions = readVariableDefinitions(this.#roleSchema.schema, operation.definition);
    this.#documents += 1;
    return { id: this.#documents, roleSchema: this.#roleSchema, operation, definitions };
  }

  #plan(
    cached: CachedOperation,
    variables: Variables,
    budget: PlanBudget,
  ): { plan: OperationPlan; isReusable: boolean } {
    let isReusable = true;
    const input: InputScope = {
      definitions: cached.definitions,
      variables,
      budget,
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
      bounds: this.#bounds,
    });
    const introspects = plan.kind === 'query' && plan.roots.some((root) => root.kind === 'introspection');
    checkDocument(this.#roleSchema.schema, operation, introspects);
    budget.checkTime();
    return { plan, isReusable };
  }
}
