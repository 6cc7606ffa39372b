/**
 * The route of an action, written once for all of them:
 * secret → body → session → role and user → rate limit → shape of the input → use case → answer.
 */

import type { RequestHandler } from 'express';
import { z } from 'zod';
import { type Caller, checkActor } from '../accounts/actor.ts';
import type { Client } from '../accounts/login-guard.ts';
import type { PersonRole } from '../accounts/roles.ts';
import { ActionError } from '../errors.ts';
import type { Mutation } from '../gql/actions.generated.ts';
import { parseInput } from '../input/parse-input.ts';
import { countCall, type RateLimitState } from '../rate-limits.ts';
import type { Services } from '../services.ts';
import { clientThroughHasura } from './client-address.ts';
import { contextOf, type RequestContext } from './request-context.ts';
import {
  checkRole,
  type HasuraRole,
  type HasuraSession,
  readSession,
  sessionVariablesSchema,
} from './session.ts';

/** What an action may know of its call beside who calls and what they say. */
export interface ActionCall {
  readonly context: RequestContext;
  readonly client: Client;
}

/** An action as Hasura's metadata names it. */
export interface ActionDefinition {
  readonly name: string;
  readonly roles: readonly HasuraRole[];
  run(services: Services, session: HasuraSession, input: unknown, call: ActionCall): Promise<object>;
}

/** Actions by name, with what each has to answer; written by `npm run codegen` from hasura/metadata. */
type ActionName = keyof Mutation;

interface OpenAction<Name extends ActionName, Schema extends z.ZodObject> {
  readonly name: Name;
  readonly roles: readonly HasuraRole[];
  readonly input: Schema;
  handle(services: Services, input: z.output<Schema>, call: ActionCall): Promise<Mutation[Name]>;
}

interface PersonAction<Name extends ActionName, Schema extends z.ZodObject> {
  readonly name: Name;
  readonly roles: readonly PersonRole[];
  readonly input: (role: PersonRole) => Schema;
  /** By what a vendor's calls are limited; an administrator's are always. */
  readonly vendorLimit?: 'submit';
  handle(
    services: Services,
    caller: Caller,
    input: z.output<Schema>,
    rateLimit: RateLimitState | null,
  ): Promise<Mutation[Name]>;
}

/** An action that asks nobody who they are. */
export function defineOpenAction<Name extends ActionName, Schema extends z.ZodObject>(
  action: OpenAction<Name, Schema>,
): ActionDefinition {
  return {
    name: action.name,
    roles: action.roles,
    run: async (services, _session, input, call) =>
      action.handle(services, parseInput(action.input, input), call),
  };
}

/** An action that an enabled user of a role does. The use case looks the user up again in its own transaction. */
export function definePersonAction<Name extends ActionName, Schema extends z.ZodObject>(
  action: PersonAction<Name, Schema>,
): ActionDefinition {
  return {
    name: action.name,
    roles: action.roles,
    run: async (services, session, input) => {
      // checkRole let only people through: the roles of such an action are people's.
      const caller = session as Caller & HasuraSession;
      const actor = await checkActor(services.database, caller);
      const rateLimit = await countCall(services.rateLimits, actor, action.vendorLimit);
      return action.handle(services, caller, parseInput(action.input(caller.role), input), rateLimit);
    },
  };
}

const envelopeSchema = z.object({
  action: z.object({ name: z.string() }).optional(),
  input: z.unknown(),
  session_variables: sessionVariablesSchema,
});

/** Serves an action. */
export function serveAction(services: Services, definition: ActionDefinition): RequestHandler {
  return async (request, response) => {
    const context = contextOf(response);
    context.action = definition.name;
    const envelope = readEnvelope(request.body, definition.name);
    const session = readSession(envelope.session_variables);
    context.role = session.role;
    if ('userId' in session) context.userId = session.userId;
    checkRole(session, definition.roles);
    const client = clientThroughHasura(request, services.config);
    const answer = await definition.run(services, session, envelope.input, { context, client });
    response.setHeader('Cache-Control', 'no-store');
    response.json(answer);
  };
}

function readEnvelope(body: unknown, name: string): z.output<typeof envelopeSchema> {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) {
    throw new ActionError(
      'INVALID_INPUT',
      'This is not what Hasura sends to an action: input and session_variables.',
    );
  }
  const named = envelope.data.action?.name;
  if (named !== undefined && named !== name) {
    throw new ActionError('INVALID_INPUT', `This is the handler of ${name}, not of another action.`);
  }
  return envelope.data;
}
