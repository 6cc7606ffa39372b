import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { name } from '../metadata/schemas/common.ts';
import { restEndpoint } from '../metadata/schemas/others.ts';
import type { RestEndpointMetadata } from '../metadata/types.ts';
import { readShape } from './read-shape.ts';
import type { Draft, Operation } from './types.ts';

/** Whether its query exists and its address is its own is told by the inconsistency that it would make. */
export const createRestEndpoint: Operation = ({ draft }, args) => {
  const endpoint = readShape(restEndpoint, args) as Draft<RestEndpointMetadata>;
  if ((draft.rest_endpoints ?? []).some((other) => other.name === endpoint.name)) {
    throw new EngineError('already-exists', `Endpoint with name: ${endpoint.name} already exists`, {
      path: '$.args',
    });
  }
  draft.rest_endpoints = [...(draft.rest_endpoints ?? []), endpoint];
  return {};
};

/** `drop_rest_endpoint`. */
export const dropRestEndpoint: Operation = ({ draft }, args) => {
  const { name: dropped } = readShape(z.object({ name }), args);
  const rest = (draft.rest_endpoints ?? []).filter((endpoint) => endpoint.name !== dropped);
  if (rest.length === (draft.rest_endpoints ?? []).length) {
    throw new EngineError('not-exists', `Endpoint with name: ${dropped} does not exist`, { path: '$.args' });
  }
  draft.rest_endpoints = rest;
  return {};
};
