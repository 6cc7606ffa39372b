import { EngineError } from '../errors.ts';
import { orderMetadata } from '../metadata/order-metadata.ts';
import type { Metadata } from '../metadata/types.ts';
import type { Inconsistency } from '../source/types.ts';
import { isObject, readObject } from './arguments.ts';
import { emptyMetadata, removeFrom, sourceOf } from './draft.ts';
import { normaliseMetadata } from './normalise-metadata.ts';
import { type MetadataDraft, type Operation, type ReadOperation, success } from './types.ts';

/** `clear_metadata`. */
export const clearMetadata: Operation = () => ({ replacement: emptyMetadata() });

/** `reload_metadata`: the catalog anew; what has become inconsistent is told, not refused. */
export const reloadMetadata: Operation = ({ draft }, args) => {
  refuseUnknown('Remote schema', args.reload_remote_schemas, []);
  refuseUnknown('Source', args.reload_sources, draft.sources);
  return {
    catalogChanged: true,
    refuses: 'none',
    answerFrom: (inconsistencies) => ({
      ...success,
      is_consistent: inconsistencies.length === 0,
      ...(inconsistencies.length === 0 ? {} : { inconsistent_objects: inconsistencies }),
    }),
  };
};

/** A list may name what is to be read again; `true` and `false` are all and none. */
function refuseUnknown(kind: string, names: unknown, known: readonly { readonly name: string }[]): void {
  if (!Array.isArray(names)) return;
  const unknown = names.find((name) => !known.some((one) => one.name === name));
  if (unknown === undefined) return;
  throw new EngineError('not-exists', `${kind} with name ${String(unknown)} not found in metadata`, {
    path: '$.args',
  });
}

/** `replace_metadata`, version 1 (the metadata itself) and 2 (with `allow_inconsistent_metadata`). */
export function replaceMetadata(version: number): Operation {
  return ({ draft }, args) => {
    const given = readObject(version === 2 ? args.metadata : (args.metadata ?? args), '$.metadata');
    return {
      replacement: withHiddenOf(draft, normaliseMetadata(given)),
      catalogChanged: true,
      refuses: version === 2 && args.allow_inconsistent_metadata === true ? 'none' : 'all',
      ...(version === 2 ? { answerFrom: consistencyReport } : {}),
    };
  };
}

/** What `get_inconsistent_metadata` says. */
function consistencyReport(inconsistencies: readonly Inconsistency[]): unknown {
  return { is_consistent: inconsistencies.length === 0, inconsistent_objects: inconsistencies };
}

/** `get_inconsistent_metadata`. */
export const getInconsistentMetadata: ReadOperation = ({ state }) => consistencyReport(state.inconsistencies);

/** `export_metadata`: version 2 tells the number of the newest change too. */
export const exportMetadata: ReadOperation = ({ state, resourceVersion }, _args, version) => {
  const metadata = orderMetadata(withoutHidden(state.metadata));
  return version === 2 ? { resource_version: resourceVersion, metadata } : metadata;
};

/** Cron triggers may ask to be left out of exports; then no import takes them away either. */
function withoutHidden(metadata: Metadata): Metadata {
  const { cron_triggers: triggers, ...others } = metadata;
  const shown = (triggers ?? []).filter((trigger) => trigger.include_in_metadata);
  return shown.length === 0 ? others : { ...others, cron_triggers: shown };
}

function withHiddenOf(before: MetadataDraft, next: Metadata): Metadata {
  const names = new Set((next.cron_triggers ?? []).map(({ name }) => name));
  const hidden = (before.cron_triggers ?? []).filter(
    ({ include_in_metadata: isShown, name }) => !isShown && !names.has(name),
  );
  if (hidden.length === 0) return next;
  return { ...next, cron_triggers: [...(next.cron_triggers ?? []), ...hidden] };
}

/** `dump_internal_state`: what is served now, for whoever looks for a mistake. */
export const dumpInternalState: ReadOperation = ({ state, resourceVersion }) => ({
  resource_version: resourceVersion,
  tables: [...state.source.tables.values()].map(({ catalog, typeName, rootFields, permissions }) => ({
    table: { schema: catalog.schema, name: catalog.name },
    type: typeName,
    root_fields: rootFields,
    roles: [...permissions.keys()].sort(),
  })),
  roles: [...state.source.roles].sort(),
  inconsistent_objects: state.inconsistencies,
});

/** Takes out every object that is inconsistent now. */
export const dropInconsistentMetadata: Operation = ({ draft, inconsistencies }) => {
  for (const { type, name, entity } of inconsistencies) {
    if (entity === undefined) dropObject(draft, type, name);
  }
  return { refuses: 'none' };
};

const names = {
  table: /^table (.+) in source /,
  relation: inTable(/^(object|array)_relation /),
  permission: inTable(/^(insert|select|update|delete)_permission /),
  computedField: inTable(/^(computed_field) /),
  function: /^function (.+) in source /,
  action: /^action (.+)$/,
  endpoint: /^endpoint (.+)$/,
  allowlist: /^allowlist (.+)$/,
  inheritedRole: /^inherited_role inherited role (.+)$/,
  eventTrigger: inTable(/^(event_trigger) /),
  cronTrigger: /^cron_trigger (.+)$/,
};

/** Takes `<kind> <name> in table <table> in source …` apart from behind: a name may hold such words, too. */
function inTable(beginning: RegExp) {
  return (text: string): { readonly kind: string; readonly name: string; readonly table: string } | null => {
    const [whole, kind] = beginning.exec(text) ?? [];
    const end = text.lastIndexOf(' in source ');
    const middle = text.lastIndexOf(' in table ', end - 1);
    if (whole === undefined || kind === undefined || middle < whole.length) return null;
    return { kind, name: text.slice(whole.length, middle), table: text.slice(middle + 10, end) };
  };
}

function dropObject(draft: MetadataDraft, type: string, name: string): void {
  const source = sourceOf(draft);
  const displayOf = (qualified: unknown): string => {
    const { schema = 'public', name: bare } = (isObject(qualified) ? qualified : { name: qualified }) as {
      schema?: string;
      name: string;
    };
    return schema === 'public' ? bare : `${schema}.${bare}`;
  };
  const tableNamed = (display: string | undefined) =>
    source.tables.find((table) => displayOf(table.table) === display);
  const relation = names.relation(name);
  const permission = names.permission(name);
  const computed = names.computedField(name);
  const trigger = names.eventTrigger(name);
  if (type === 'table')
    source.tables = source.tables.filter((table) => displayOf(table.table) !== names.table.exec(name)?.[1]);
  else if (relation) {
    const table = tableNamed(relation.table);
    const kind = relation.kind === 'object' ? 'object_relationships' : 'array_relationships';
    if (table) removeFrom(table, kind, (entry: { name: string }) => entry.name === relation.name);
  } else if (permission) {
    const table = tableNamed(permission.table);
    const kind = `${permission.kind as 'insert'}_permissions` as const;
    if (table) removeFrom(table, kind, (entry: { role: string }) => entry.role === permission.name);
  } else if (computed) {
    const table = tableNamed(computed.table);
    if (table)
      removeFrom(table, 'computed_fields', (entry: { name: string }) => entry.name === computed.name);
  } else if (trigger) {
    const table = tableNamed(trigger.table);
    if (table) removeFrom(table, 'event_triggers', (entry: { name: string }) => entry.name === trigger.name);
  } else if (type === 'function') {
    source.functions = (source.functions ?? []).filter(
      (fn) => displayOf(fn.function) !== names.function.exec(name)?.[1],
    );
  } else if (type === 'custom_types') {
    delete draft.custom_types;
  } else if (type === 'action') {
    draft.actions = (draft.actions ?? []).filter((action) => action.name !== names.action.exec(name)?.[1]);
  } else if (type === 'endpoint') {
    draft.rest_endpoints = (draft.rest_endpoints ?? []).filter(
      (endpoint) => endpoint.name !== names.endpoint.exec(name)?.[1],
    );
  } else if (type === 'allowlist') {
    draft.allowlist = (draft.allowlist ?? []).filter(
      (entry) => entry.collection !== names.allowlist.exec(name)?.[1],
    );
  } else if (type === 'cron_trigger') {
    const cron = names.cronTrigger.exec(name)?.[1];
    draft.cron_triggers = (draft.cron_triggers ?? []).filter((entry) => entry.name !== cron);
  } else if (type === 'inherited_role') {
    const role = names.inheritedRole.exec(name)?.[1];
    draft.inherited_roles = (draft.inherited_roles ?? []).filter((entry) => entry.role_name !== role);
  } else throw new EngineError('unexpected', `cannot drop the inconsistent object "${name}"`);
}
