import { parseJson } from '../http/parse-json.ts';
import { applyRequestTransform } from '../webhook/transform/apply.ts';
import { requestTransformOf } from '../webhook/transform/cache.ts';
import { callWebhook, type WebhookCall, type WebhookResult } from './call-webhook.ts';
import type { WebhookTarget } from './webhook-target.ts';

/** One try of a delivery. */
export interface Delivery {
  /** JSON text of the payload. */
  readonly body: string;
  /** Beside those of the target. */
  readonly headers?: WebhookCall['headers'];
  /** Of whoever caused it; null where nobody did. */
  readonly sessionVariables: Readonly<Record<string, string>> | null;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** Sends a payload to its target, as the target's transform makes it; a transform that does not fit is a failure. */
export async function deliver(target: WebhookTarget, delivery: Delivery): Promise<WebhookResult> {
  const { body, timeoutSeconds, signal } = delivery;
  const { url, requestTransform } = target;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const { name, value } of [...target.headers, ...(delivery.headers ?? [])]) {
    headers[name.toLowerCase()] = value;
  }
  let request = {
    method: 'POST',
    url,
    headers: headers as Readonly<Record<string, string>>,
    body: body as string | null,
  };
  try {
    if (requestTransform) {
      request = applyRequestTransform(requestTransformOf(requestTransform), request, {
        body: parseJson(body),
        baseUrl: url,
        sessionVariables: delivery.sessionVariables,
      });
    }
  } catch (thrown) {
    // Not only templates fail: a row may hold JSON deeper than can be read, and an address need not be one.
    return { kind: 'failure', message: `Request Transformation Failed: ${(thrown as Error).message}` };
  }
  return callWebhook({
    ...request,
    headers: Object.entries(request.headers).map(([name, value]) => ({ name, value })),
    timeoutSeconds,
    signal,
  });
}
