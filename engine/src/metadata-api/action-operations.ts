import { EngineError } from '../errors.ts';
import type { ActionMetadata, CustomTypesMetadata } from '../metadata/types.ts';
import { readName, readObject } from './arguments.ts';
import type { Draft, MetadataDraft, Operation } from './types.ts';

type ActionDraft = Draft<ActionMetadata>;

function requireAction(draft: MetadataDraft, name: string): ActionDraft {
  const action = (draft.actions ?? []).find((candidate) => candidate.name === name);
  if (action) return action;
  throw new EngineError('not-exists', `action with name "${name}" does not exist`, { path: '$.args' });
}

/** `create_action`. */
export const createAction: Operation = ({ draft }, args) => {
  const name = readName(args, 'name');
  if ((draft.actions ?? []).some((action) => action.name === name)) {
    throw new EngineError('already-exists', `action with name "${name}" already exists`, { path: '$.args' });
  }
  const action = {
    name,
    definition: readObject(args.definition, '$.definition'),
    ...(typeof args.comment === 'string' ? { comment: args.comment } : {}),
  };
  draft.actions = [...(draft.actions ?? []), action as unknown as ActionDraft];
  return { subject: `action ${name}` };
};

/** `update_action`. */
export const updateAction: Operation = ({ draft }, args) => {
  const action = requireAction(draft, readName(args, 'name'));
  action.definition = readObject(args.definition, '$.definition') as unknown as ActionDraft['definition'];
  if (typeof args.comment === 'string') action.comment = args.comment;
  return { subject: `action ${action.name}` };
};

/** `drop_action`. */
export const dropAction: Operation = ({ draft }, args) => {
  const action = requireAction(draft, readName(args, 'name'));
  draft.actions = (draft.actions ?? []).filter((candidate) => candidate !== action);
  return {};
};

/** `create_action_permission`. */
export const createActionPermission: Operation = ({ draft }, args) => {
  const name = readName(args, 'action');
  const role = readName(args, 'role');
  const action = requireAction(draft, name);
  if ((action.permissions ?? []).some((permission) => permission.role === role)) {
    throw new EngineError('already-exists', `permission for role "${role}" is already defined on "${name}"`, {
      path: '$.args',
    });
  }
  action.permissions = [...(action.permissions ?? []), { role }];
  return {};
};

/** `drop_action_permission`. */
export const dropActionPermission: Operation = ({ draft }, args) => {
  const name = readName(args, 'action');
  const role = readName(args, 'role');
  const action = requireAction(draft, name);
  if (!(action.permissions ?? []).some((permission) => permission.role === role)) {
    throw new EngineError('not-exists', `permission for role "${role}" is not defined on "${name}"`, {
      path: '$.args',
    });
  }
  action.permissions = (action.permissions ?? []).filter((permission) => permission.role !== role);
  return {};
};

/** `set_custom_types`. */
export const setCustomTypes: Operation = ({ draft }, args) => {
  if (Object.keys(args).length === 0) delete draft.custom_types;
  else draft.custom_types = args as unknown as Draft<CustomTypesMetadata>;
  return { subject: 'custom_types custom_types' };
};
