import { z } from 'zod';
import { cronProblem } from '../../scheduled/cron-schedule.ts';
import { anything, columnList, comment, header, listOf, name, orUndefined } from './common.ts';

/** A cron schedule as the reference takes it. */
export const cronSchedule = z.string().superRefine((text, context) => {
  const problem = cronProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const count = z.int().min(0).nullish().transform(orUndefined);
const flag = z.boolean().nullish().transform(orUndefined);

const operation = z
  .strictObject({ columns: columnList, payload: columnList.nullish().transform(orUndefined) })
  .nullish()
  .transform(orUndefined);

/** The longest name that fits into an identifier of Postgres with what the SQL triggers add to it. */
export const longestTriggerName = 42;

/** The name of an event trigger: part of the names of its SQL triggers. */
export const eventTriggerName = name
  .max(longestTriggerName, { error: `expected at most ${longestTriggerName} characters` })
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, { error: 'expected letters, digits, _ and -, beginning with a letter' });

/** An entry of a table's `event_triggers`. */
export const eventTrigger = z
  .strictObject({
    name: eventTriggerName,
    definition: z.strictObject({
      enable_manual: flag,
      insert: operation,
      update: operation,
      delete: operation,
    }),
    retry_conf: z
      .strictObject({
        num_retries: count,
        interval_sec: count,
        timeout_sec: z.int().positive().nullish().transform(orUndefined),
        tolerance_seconds: count,
      })
      .nullish()
      .transform(orUndefined),
    webhook: z.string().nullish().transform(orUndefined),
    webhook_from_env: name.nullish().transform(orUndefined),
    headers: listOf(header),
    comment,
    cleanup_config: z
      .strictObject({
        schedule: cronSchedule,
        batch_size: z.int().positive().nullish().transform(orUndefined),
        clear_older_than: z.int().min(0),
        timeout: z.int().positive().nullish().transform(orUndefined),
        clean_invocation_logs: flag,
        paused: flag,
      })
      .nullish()
      .transform(orUndefined),
    trigger_on_replication: flag,
    request_transform: anything,
    response_transform: anything,
  })
  .refine((given) => (given.webhook === undefined) !== (given.webhook_from_env === undefined), {
    error: 'expected either webhook or webhook_from_env',
  });
