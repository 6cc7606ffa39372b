import type { EventTriggerMetadata } from '../metadata/types.ts';
import type { TableDraft } from './types.ts';

const kinds = ['insert', 'update', 'delete'] as const;

/** The columns that an event trigger lists by name, to listen to or to send. */
export function columnsOf(trigger: EventTriggerMetadata): string[] {
  return kinds.flatMap((kind) => {
    const { columns, payload } = trigger.definition[kind] ?? {};
    return [columns, payload].flatMap((list) => (Array.isArray(list) ? list : []));
  });
}

/** Makes event triggers follow a renamed column. */
export function renameInTriggers(table: TableDraft, from: string, to: string): void {
  for (const trigger of table.event_triggers ?? []) {
    for (const kind of kinds) {
      const spec = trigger.definition[kind];
      if (!spec) continue;
      for (const part of ['columns', 'payload'] as const) {
        const list = spec[part];
        if (Array.isArray(list)) spec[part] = list.map((name) => (name === from ? to : name));
      }
    }
  }
}
