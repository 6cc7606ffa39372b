import type { RetryPolicy } from '../delivery/outcome.ts';
import { resolveTarget, type WebhookTarget } from '../delivery/webhook-target.ts';
import type { CronTriggerMetadata, FromEnv, HeaderMetadata, ScheduledRetryConf } from '../metadata/types.ts';
import type { Inconsistency } from '../source/types.ts';
import { cronProblem } from './cron-schedule.ts';

/** How a scheduled delivery is tried again, and after how long a delay it is not worth delivering. */
export interface ScheduledRetryPolicy extends RetryPolicy {
  readonly toleranceSeconds: number;
}

/** The reference's defaults. */
export const defaultScheduledRetry: ScheduledRetryPolicy = {
  numRetries: 0,
  intervalSeconds: 10,
  timeoutSeconds: 60,
  toleranceSeconds: 6 * 60 * 60,
};

/** A cron trigger of the metadata. */
export interface CronTrigger {
  readonly name: string;
  readonly schedule: string;
  /** JSON text. */
  readonly payload: string;
  readonly comment: string | null;
  /** Null while a variable of the environment is missing: its events wait. */
  readonly target: WebhookTarget | null;
  readonly retry: ScheduledRetryPolicy;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Resolves the metadata's cron triggers; what cannot be is reported. */
export function resolveCronTriggers(
  triggers: readonly CronTriggerMetadata[],
  environment: Environment,
  badTransforms: ReadonlyMap<unknown, string> = new Map(),
): { triggers: readonly CronTrigger[]; inconsistencies: readonly Inconsistency[] } {
  const inconsistencies: Inconsistency[] = [];
  const resolved = triggers.flatMap((trigger): CronTrigger[] => {
    const tell = (reason: string): void => {
      inconsistencies.push({
        type: 'cron_trigger',
        name: `cron_trigger ${trigger.name}`,
        reason: `Inconsistent object: in cron trigger "${trigger.name}": ${reason}`,
        definition: trigger,
      });
    };
    const problem = cronProblem(trigger.schedule);
    if (problem !== null) {
      tell(problem);
      return [];
    }
    let target: WebhookTarget | null = null;
    try {
      target = {
        ...resolveScheduledTarget(trigger.webhook, trigger.headers ?? [], environment),
        requestTransform: trigger.request_transform,
      };
    } catch (thrown) {
      tell((thrown as Error).message);
    }
    const badTransform = badTransforms.get(trigger);
    if (badTransform !== undefined) {
      target = null;
      tell(badTransform);
    }
    return [
      {
        name: trigger.name,
        schedule: trigger.schedule,
        payload: JSON.stringify(trigger.payload ?? null),
        comment: trigger.comment ?? null,
        target,
        retry: toScheduledRetry(trigger.retry_conf),
      },
    ];
  });
  return { triggers: resolved, inconsistencies };
}

/** A URL template or a variable's name, with headers; throws where a variable is missing. */
export function resolveScheduledTarget(
  webhook: FromEnv,
  headers: readonly HeaderMetadata[],
  environment: Environment,
): WebhookTarget {
  const where = typeof webhook === 'string' ? { template: webhook } : { fromEnv: webhook.from_env };
  return resolveTarget(where, headers, environment);
}

/** A retry policy from metadata, with the reference's defaults. */
export function toScheduledRetry(conf: ScheduledRetryConf | null | undefined): ScheduledRetryPolicy {
  return {
    numRetries: conf?.num_retries ?? defaultScheduledRetry.numRetries,
    intervalSeconds: conf?.retry_interval_seconds ?? defaultScheduledRetry.intervalSeconds,
    timeoutSeconds: conf?.timeout_seconds ?? defaultScheduledRetry.timeoutSeconds,
    toleranceSeconds: conf?.tolerance_seconds ?? defaultScheduledRetry.toleranceSeconds,
  };
}
