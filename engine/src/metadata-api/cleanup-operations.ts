import { EngineError } from '../errors.ts';
import { clearEventLog } from '../events/clear-log.ts';
import { isObject, readName } from './arguments.ts';
import { sourceOf } from './draft.ts';
import { readCount, readTriggerName } from './event-log-operations.ts';
import { isGiven, refuse } from './read-event-trigger.ts';
import type { Operation, OperationArgs, ReadOperation } from './types.ts';

/** `cleanup_event_trigger_logs`: what a trigger's `cleanup_config` does by the clock, now. */
export const cleanupEventTriggerLogs: ReadOperation = async ({ state, pool }, args) => {
  const trigger = readTriggerName(state.metadata, { name: readName(args, 'event_trigger_name') });
  if (!isGiven(args.clear_older_than)) refuse('key "clear_older_than" not found');
  const cleared = await clearEventLog(pool, trigger, {
    olderThanHours: Number(readCount(args, 'clear_older_than', 0)),
    batchSize: Math.max(1, Number(readCount(args, 'batch_size', 10_000))),
    timeoutSeconds: Math.max(1, Number(readCount(args, 'timeout', 60))),
    includesInvocations: args.clean_invocation_logs === true,
  });
  return {
    message: 'success',
    deleted_event_logs: cleared.events,
    deleted_event_invocation_logs: cleared.invocations,
  };
};

function setPaused(isPaused: boolean): Operation {
  return ({ draft }, args) => {
    const source = sourceOf(draft);
    const triggers = source.tables.flatMap((table) => table.event_triggers ?? []);
    const wanted = readWanted(args, source.name);
    for (const name of wanted ?? []) {
      const trigger = triggers.find((candidate) => candidate.name === name);
      if (trigger?.cleanup_config) continue;
      throw new EngineError('not-exists', `cleanup config does not exist for the event trigger "${name}"`, {
        path: '$.args',
      });
    }
    for (const { name, cleanup_config: config } of triggers) {
      if (config && (wanted === null || wanted.includes(name))) config.paused = isPaused;
    }
    return {};
  };
}

/** The names of triggers, or null for all of the source. */
function readWanted(args: OperationArgs, source: string): string[] | null {
  const given = args.event_triggers ?? args;
  if (isObject(given)) {
    const { sources } = given;
    if (sources === '*' || (Array.isArray(sources) && sources.includes(source))) return null;
  }
  if (!Array.isArray(given))
    return refuse('expected a list of event triggers, or sources', '$.event_triggers');
  return given.flatMap((item) => {
    const names = isObject(item) ? item.event_triggers : undefined;
    if (!Array.isArray(names)) return refuse('expected a list of event triggers', '$.event_triggers');
    return names.map(String);
  });
}

/** `pause_event_trigger_cleanups` */
export const pauseEventTriggerCleanups = setPaused(true);

/** `resume_event_trigger_cleanups` */
export const resumeEventTriggerCleanups = setPaused(false);
