import { EngineError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';
import { forwardedHeaders } from '../webhook/client-headers.ts';
import { fillTemplate, resolveHeaders } from '../webhook/environment.ts';
import { KritiError } from '../webhook/kriti/types.ts';
import { sendWebhook, WebhookFailure, type WebhookResponse } from '../webhook/send.ts';
import {
  applyRequestTransform,
  applyResponseTransform,
  type RequestContext,
  type TransformableRequest,
} from '../webhook/transform/apply.ts';
import { requestTransformOf, responseTransformOf } from '../webhook/transform/cache.ts';
import { type CallDetails, describeCall } from './call-details.ts';
import { readAnswer } from './read-answer.ts';
import type { ActionCall, HandlerAnswer, HandlerDeps } from './types.ts';

/** Hasura's default, in seconds. */
const defaultTimeoutSeconds = 30;

/** Calls an action's webhook: transform the request, send it, transform the answer, read it. */
export async function callHandler(call: ActionCall, deps: HandlerDeps): Promise<HandlerAnswer> {
  const { definition } = call.action;
  const url = fillTemplate(definition.handler, deps.environment);
  const payload = {
    action: { name: call.action.name },
    input: call.input,
    session_variables: call.session.variables,
    ...(call.requestQuery === null ? {} : { request_query: call.requestQuery }),
  };
  const details = describeCall(call, payload);
  const context: RequestContext = { body: payload, baseUrl: url, sessionVariables: call.session.variables };
  const request = transformRequest(
    { method: 'POST', url, headers: requestHeaders(call, deps), body: JSON.stringify(payload) },
    context,
    call,
    details,
  );
  const timeoutMs = (definition.timeout ?? defaultTimeoutSeconds) * 1000;
  deps.counters.calls += 1;
  try {
    const response = await send(
      { ...request, timeoutMs, ...(call.signal ? { signal: call.signal } : {}) },
      details,
    );
    const text = transformResponse(response, context, call, details);
    logCall(call, deps, request, response);
    return readAnswer({ ...response, text }, call.checkOutput, details);
  } catch (error) {
    deps.counters.failures += 1;
    throw error;
  }
}

function requestHeaders(call: ActionCall, deps: HandlerDeps): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-request-id': call.requestId,
    ...(call.action.definition.forward_client_headers ? forwardedHeaders(call.clientHeaders) : {}),
    // Configured headers win over the client's.
    ...resolveHeaders(call.action.definition.headers, deps.environment),
  };
}

function transformRequest(
  request: TransformableRequest,
  context: RequestContext,
  call: ActionCall,
  details: CallDetails,
): TransformableRequest {
  const raw = call.action.definition.request_transform;
  if (!raw) return request;
  try {
    const transformed = applyRequestTransform(requestTransformOf(raw), request, context);
    details.transformed(transformed);
    return transformed;
  } catch (thrown) {
    throw transformFailed('Request', thrown, details);
  }
}

function transformResponse(
  response: WebhookResponse,
  context: RequestContext,
  call: ActionCall,
  details: CallDetails,
): string {
  const raw = call.action.definition.response_transform;
  if (!raw) return response.text;
  try {
    return applyResponseTransform(responseTransformOf(raw), response.text, {
      ...context,
      responseBody: parseOrNull(response.text),
      responseStatus: response.status,
    });
  } catch (thrown) {
    throw transformFailed('Response', thrown, details);
  }
}

function parseOrNull(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function transformFailed(what: 'Request' | 'Response', thrown: unknown, details: CallDetails): unknown {
  if (!(thrown instanceof KritiError)) return thrown;
  return new EngineError('unexpected', `${what} Transformation Failed`, {
    status: 500,
    internal: details.internal(thrown.message),
  });
}

async function send(
  request: Parameters<typeof sendWebhook>[0],
  details: CallDetails,
): Promise<WebhookResponse> {
  try {
    return await sendWebhook(request);
  } catch (thrown) {
    if (!(thrown instanceof WebhookFailure)) throw thrown;
    throw new EngineError('unexpected', 'http exception when calling webhook', {
      status: 500,
      internal: details.internal({ type: 'http_exception', message: thrown.message }),
    });
  }
}

function logCall(
  call: ActionCall,
  { log, counters }: HandlerDeps,
  request: TransformableRequest,
  response: WebhookResponse,
): void {
  const requestSize = Buffer.byteLength(request.body ?? '');
  const responseSize = Buffer.byteLength(response.text);
  counters.requestBytes += requestSize;
  counters.responseBytes += responseSize;
  log.event('action-handler-log', 'info', {
    action_name: call.action.name,
    request_id: call.requestId,
    request_size: requestSize,
    response_size: responseSize,
    status: response.status,
  });
}
