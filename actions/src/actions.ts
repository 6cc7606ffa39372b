/** The actions that exist: how Hasura's mutations map to use cases. */

import { ADMINISTRATION_ACTIONS } from './actions/administration.ts';
import { SESSION_ACTIONS } from './actions/sessions.ts';
import { UPGRADE_REQUEST_ACTIONS } from './actions/upgrade-requests.ts';
import type { ActionDefinition } from './http/action-route.ts';

/** Every action, in the order of the contract. */
export const ACTIONS: readonly ActionDefinition[] = [
  ...SESSION_ACTIONS,
  ...UPGRADE_REQUEST_ACTIONS,
  ...ADMINISTRATION_ACTIONS,
];
