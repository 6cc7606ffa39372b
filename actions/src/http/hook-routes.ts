/** What Hasura calls after the fact: events of rows that changed, and cron triggers. Any answer but 2xx makes it call again. */

import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ActionError } from '../errors.ts';
import { Semaphore } from '../semaphore.ts';
import type { Services } from '../services.ts';
import { contextOf } from './request-context.ts';

/** An event trigger as the metadata names it. */
export interface EventDefinition {
  readonly name: string;
  handle(services: Services, event: unknown): Promise<void>;
}

/** A cron trigger as the metadata names it. */
export interface CronDefinition {
  readonly name: string;
  run(services: Services): Promise<void>;
}

/** Events come in bursts; people who wait for an answer need connections to the database too. */
const CONCURRENT_EVENTS = 3;

/** An event trigger on inserted rows. The schema is that of the columns in the payload. */
export function defineInsertEvent<Row>(
  name: string,
  row: z.ZodType<Row>,
  handle: (services: Services, row: Row) => Promise<void>,
): EventDefinition {
  const schema = z.object({
    trigger: z.object({ name: z.literal(name) }),
    event: z.object({ op: z.literal('INSERT'), data: z.object({ new: row }) }),
  });
  return {
    name,
    handle: async (services, event) => {
      const parsed = schema.safeParse(event);
      if (!parsed.success) {
        throw new ActionError('INVALID_INPUT', `This is not what Hasura sends to the event trigger ${name}.`);
      }
      await handle(services, parsed.data.event.data.new as Row);
    },
  };
}

/** Serves event triggers, few at once. */
export function serveEvents(services: Services): (definition: EventDefinition) => RequestHandler {
  const turns = new Semaphore(CONCURRENT_EVENTS);
  return (definition) => async (request, response) => {
    contextOf(response).action = definition.name;
    await turns.run(() => definition.handle(services, request.body));
    response.json({ success: true });
  };
}

/** Serves a cron trigger. What Hasura sends along says no more than when. */
export function serveCron(services: Services, definition: CronDefinition): RequestHandler {
  return async (_request, response) => {
    contextOf(response).action = definition.name;
    await definition.run(services);
    response.json({ success: true });
  };
}
