import { setTimeout as sleep } from 'node:timers/promises';

/** How an honest vendor was served; times in milliseconds. */
export interface Service {
  /** Of reads by key, lists of its own and mutations, from the question to the whole answer. */
  readonly p99: number;
  readonly answers: number;
  /** From a mutation's answer to the live query's word of it. */
  readonly slowestNews: number;
  readonly news: number;
  /** Answers that were none. */
  readonly failures: readonly string[];
}

const PASSWORD = 'tierline-demo';
const PAUSE_MS = 10;
const PATIENCE_MS = 60_000;

/** A vendor in the portal, as the servers see one: who reads, writes and watches, one thing after the other. */
export class HonestVendor {
  readonly #portal: string;
  readonly email: string;
  readonly #address: string;
  #cookie: string | undefined;
  #token = '';
  #vendorId = '';
  #notificationId = '';

  constructor(portal: string, email: string, address: string) {
    this.#portal = portal;
    this.email = email;
    this.#address = address;
  }

  get token(): string {
    return this.#token;
  }

  /** Signs in, and answers the status; from the second time on as a browser that is known. */
  async signIn(): Promise<number> {
    const answer = await this.#post('/api/auth/login', {
      email: this.email,
      password: PASSWORD,
      app: 'portal',
    });
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('tierline_device='));
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0];
    const body = (await answer.json()) as { accessToken: string; user: { vendorId: string } };
    if (answer.status !== 200) return answer.status;
    this.#token = body.accessToken;
    this.#vendorId = body.user.vendorId;
    const { data } = await this.#ask('{ notifications(limit: 1) { id } }');
    this.#notificationId = data?.notifications[0]?.id;
    return answer.status;
  }

  /** Asks for a mail with a link for a new password, and answers the status. */
  async forgetPassword(): Promise<number> {
    const answer = await this.#post('/api/auth/password/forgot', { email: this.email });
    await answer.body?.cancel();
    return answer.status;
  }

  /** Works until the signal, and until its last change has come back to it as news. */
  async work(until: AbortSignal): Promise<Service> {
    const times: number[] = [];
    const news: number[] = [];
    const failures: string[] = [];
    const measured = async (work: () => Promise<boolean>) => {
      const began = performance.now();
      const isAnswered = await work().catch(
        (error: Error) => void failures.push(String(error.cause ?? error)),
      );
      if (isAnswered === false) failures.push('wrong answer');
      times.push(performance.now() - began);
    };
    const asks = async () => {
      while (!until.aborted) {
        await measured(() => this.#readByKey());
        await measured(() => this.#list());
        await sleep(PAUSE_MS);
      }
    };
    const watches = async () => {
      const watched = await this.#watch();
      do {
        const readAt = new Date().toISOString();
        await measured(() => this.#markRead(readAt));
        const began = performance.now();
        await watched.says(readAt);
        news.push(performance.now() - began);
      } while (!until.aborted);
      watched.close();
    };
    await Promise.all([
      asks(),
      watches().catch((error: Error) => void failures.push(`live query: ${error.message}`)),
    ]);
    return {
      p99: percentile(times, 0.99),
      answers: times.length,
      slowestNews: Math.round(Math.max(0, ...news)),
      news: news.length,
      failures,
    };
  }

  async #readByKey(): Promise<boolean> {
    const { data } = await this.#ask('query($id: uuid!) { vendors_by_pk(id: $id) { id name tier } }', {
      id: this.#vendorId,
    });
    return data?.vendors_by_pk?.id === this.#vendorId;
  }

  async #list(): Promise<boolean> {
    const { data } = await this.#ask(
      '{ vendor_locations(order_by: {created_at: desc}, limit: 20) { id vendor_id name city } }',
    );
    return (
      data?.vendor_locations?.every((row: { vendor_id: string }) => row.vendor_id === this.#vendorId) ?? false
    );
  }

  async #markRead(readAt: string): Promise<boolean> {
    const { data } = await this.#ask(
      'mutation($id: uuid!, $at: timestamptz!) { update_notifications_by_pk(pk_columns: {id: $id}, _set: {read_at: $at}) { id } }',
      { id: this.#notificationId, at: readAt },
    );
    return data?.update_notifications_by_pk?.id === this.#notificationId;
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers have every shape.
  async #ask(query: string, variables?: object): Promise<{ data?: any }> {
    const answer = await this.#post('/v1/graphql', { query, variables });
    // biome-ignore lint/suspicious/noExplicitAny: answers have every shape.
    const body = (await answer.json()) as any;
    if (body.errors) throw new Error(JSON.stringify(body.errors[0]));
    return body;
  }

  #post(path: string, body: object): Promise<Response> {
    return fetch(this.#portal + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Origin: this.#portal,
        'X-Forwarded-For': this.#address,
        ...(this.#token && path === '/v1/graphql' && { Authorization: `Bearer ${this.#token}` }),
        ...(this.#cookie !== undefined && { Cookie: this.#cookie }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }

  /** Watches the notification that it marks. */
  async #watch(): Promise<{ says(readAt: string): Promise<void>; close(): void }> {
    const socket = new WebSocket(`${this.#portal.replace('http', 'ws')}/v1/graphql`, {
      protocols: ['graphql-transport-ws'],
      headers: { 'X-Forwarded-For': this.#address },
    });
    let newest = 0;
    let look = () => {};
    let isClosed = false;
    const begun = Promise.withResolvers<void>();
    socket.onopen = () => {
      const payload = { headers: { Authorization: `Bearer ${this.#token}` } };
      socket.send(JSON.stringify({ type: 'connection_init', payload }));
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data));
      if (message.type === 'ping') socket.send('{"type":"pong"}');
      if (message.type === 'error') begun.reject(new Error(JSON.stringify(message.payload)));
      if (message.type === 'connection_ack') {
        const query = 'subscription($id: uuid!) { notifications_by_pk(id: $id) { read_at } }';
        const payload = { query, variables: { id: this.#notificationId } };
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
      }
      if (message.type !== 'next') return;
      // A live query that could not be asked this time says so, and is asked again.
      if (!message.payload.data) return;
      newest = Date.parse(message.payload.data.notifications_by_pk.read_at);
      begun.resolve();
      look();
    };
    socket.onerror = () => begun.reject(new Error('the socket broke'));
    socket.onclose = ({ code }) => {
      isClosed = true;
      begun.reject(new Error(`the socket was closed (${code})`));
      look();
    };
    await begun.promise;
    return {
      says: (readAt) =>
        new Promise((resolve, reject) => {
          const patience = setTimeout(
            () => reject(new Error(`no news within ${PATIENCE_MS} ms`)),
            PATIENCE_MS,
          );
          look = () => {
            if (isClosed) reject(new Error('the socket was closed'));
            else if (newest >= Date.parse(readAt)) resolve();
            else return;
            clearTimeout(patience);
          };
          look();
        }),
      close: () => socket.close(),
    };
  }
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.ceil(part * sorted.length) - 1] ?? 0);
}
