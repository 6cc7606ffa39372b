import type { EventTriggerMetadata } from '../metadata/types.ts';
import type { TableDraft } from './types.ts';

const kinds = ['insert', 'update', 'delete'] as const;

/** The dependents of a column among event triggers are what lists it, not what takes all columns. */
export function namesColumn(trigger: EventTriggerMetadata, column: string): boolean {
  return kinds.some((kind) => {
    const { columns, payload } = trigger.definition[kind] ?? {};
    return [columns, payload].some((list) => Array.isArray(list) && list.includes(column));
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
