import { EngineError } from '../errors.ts';
import { defaultRetry } from '../events/event-trigger.ts';
import { longestTriggerName } from '../metadata/schemas/event-triggers.ts';
import type { EventTriggerMetadata } from '../metadata/types.ts';
import { headerVariableProblem } from '../webhook/environment.ts';
import { kindOf, readName, readObject } from './arguments.ts';
import type { Draft, OperationArgs } from './types.ts';

const kinds = ['insert', 'update', 'delete'] as const;

/** The reference's complaint about arguments that it cannot read. */
export function refuse(message: string, path = '$'): never {
  throw new EngineError('parse-failed', message, { path });
}

/** Reads the arguments in the order in which the reference finds fault with them. */
export function readEventTrigger(args: OperationArgs): Draft<EventTriggerMetadata> {
  const name = readName(args, 'name');
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
    refuse('only alphanumeric and underscore allowed for name');
  }
  if (name.length > longestTriggerName) {
    refuse(`event trigger name can be at most ${longestTriggerName} characters`);
  }
  const operations = Object.fromEntries(
    kinds.flatMap((kind) => (isGiven(args[kind]) ? [[kind, readOperation(args[kind], kind)]] : [])),
  );
  const isManual = args.enable_manual === true;
  if (Object.keys(operations).length === 0 && !isManual) {
    refuse('atleast one amongst insert/update/delete/enable_manual spec must be provided');
  }
  const webhook = optionalText(args, 'webhook');
  const webhookFromEnv = optionalText(args, 'webhook_from_env');
  if (webhook !== undefined && webhookFromEnv !== undefined) {
    refuse('only one of webhook or webhook_from_env should be given');
  }
  if (webhook === undefined && webhookFromEnv === undefined) {
    refuse('must provide webhook or webhook_from_env');
  }
  const headers = readHeaders(args.headers);
  return {
    name,
    definition: { enable_manual: isManual, ...operations },
    retry_conf: readRetry(args.retry_conf),
    ...(webhook === undefined ? { webhook_from_env: webhookFromEnv } : { webhook }),
    ...(headers.length === 0 ? {} : { headers }),
    ...copied(args, [
      'cleanup_config',
      'trigger_on_replication',
      'comment',
      'request_transform',
      'response_transform',
    ]),
  } as Draft<EventTriggerMetadata>;
}

/** Whether an argument was given at all: neither left out nor null. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The entries of some keys that are given. */
export function copied(args: OperationArgs, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => isGiven(args[key])).map((key) => [key, args[key]]));
}

function optionalText(args: OperationArgs, key: string): string | undefined {
  return isGiven(args[key]) ? readName(args, key) : undefined;
}

function readOperation(value: unknown, kind: string): Record<string, unknown> {
  const spec = readObject(value, `$.${kind}`);
  if (spec.columns === undefined) refuse('key "columns" not found', `$.${kind}`);
  const columns = readColumns(spec.columns, `$.${kind}.columns`);
  if (columns.length === 0) refuse('found empty column specification');
  if (!isGiven(spec.payload)) return { columns };
  return { columns, payload: readColumns(spec.payload, `$.${kind}.payload`) };
}

function readColumns(value: unknown, path: string): '*' | string[] {
  if (value === '*') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  return refuse('subscribe columns should be an array of columns or "*"', path);
}

/** Headers as metadata holds them: a value, or the name of the variable that holds it. */
export function readHeaders(value: unknown): Record<string, unknown>[] {
  if (!isGiven(value)) return [];
  if (!Array.isArray(value)) {
    return refuse(`parsing [] failed, expected Array, but encountered ${kindOf(value)}`, '$.headers');
  }
  return value.map((item, index) => {
    const path = `$.headers[${index}]`;
    const header = readObject(item, path);
    if (typeof header.name !== 'string') refuse('key "name" not found', path);
    const isValue = typeof header.value === 'string';
    if (isValue === (typeof header.value_from_env === 'string')) {
      refuse(
        isValue
          ? 'expecting only one of value or value_from_env keys'
          : 'expecting value or value_from_env keys',
        path,
      );
    }
    const problem = isValue ? null : headerVariableProblem(header.value_from_env as string);
    if (problem !== null) refuse(problem, path);
    return isValue
      ? { name: header.name, value: header.value }
      : { name: header.name, value_from_env: header.value_from_env };
  });
}

function readRetry(value: unknown): Record<string, unknown> {
  const given = isGiven(value) ? readObject(value, '$.retry_conf') : {};
  const number = (key: string, standard: number): number => {
    const found = given[key];
    if (!isGiven(found)) return standard;
    if (typeof found === 'number' && Number.isInteger(found) && found >= 0) return found;
    return refuse('expected a whole number that is not negative', `$.retry_conf.${key}`);
  };
  return {
    num_retries: number('num_retries', defaultRetry.numRetries),
    interval_sec: number('interval_sec', defaultRetry.intervalSeconds),
    timeout_sec: number('timeout_sec', defaultRetry.timeoutSeconds),
    ...(isGiven(given.tolerance_seconds) ? { tolerance_seconds: number('tolerance_seconds', 0) } : {}),
  };
}
