import type { SettingsReader } from '../settings-reader.ts';

/** The webhook that says who asks. */
export interface AuthHookSettings {
  readonly url: string;
  readonly mode: 'GET' | 'POST';
  /** In POST mode: whether it is told what is asked. */
  readonly sendsRequestBody: boolean;
}

const NAME = 'HASURA_GRAPHQL_AUTH_HOOK';

/** Reads `HASURA_GRAPHQL_AUTH_HOOK` and what belongs to it; null without it. */
export function readAuthHook(read: SettingsReader): AuthHookSettings | null {
  const url = read.text(NAME);
  const mode = read.choice(`${NAME}_MODE`, ['get', 'post'], 'get') === 'get' ? 'GET' : 'POST';
  const sendsRequestBody = read.flag(`${NAME}_SEND_REQUEST_BODY`, true);
  if (url === null) {
    if (read.text(`${NAME}_MODE`) !== null) read.refuse(`${NAME}_MODE needs ${NAME} to be set as well.`);
    return null;
  }
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) read.refuse(`${NAME} must be an http(s) URL.`);
  return { url, mode, sendsRequestBody };
}
