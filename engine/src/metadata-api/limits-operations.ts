import { apiLimits } from '../metadata/schemas/others.ts';
import type { ApiLimits } from '../metadata/types.ts';
import { readShape } from './read-shape.ts';
import type { Draft, Operation } from './types.ts';

/** All limits anew: one that is not given is none. */
export const setApiLimits: Operation = ({ draft }, args) => {
  draft.api_limits = readShape(apiLimits, args) as Draft<ApiLimits>;
  return {};
};

/** `remove_api_limits`. */
export const removeApiLimits: Operation = ({ draft }) => {
  delete draft.api_limits;
  return {};
};
