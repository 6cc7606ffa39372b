import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that a receiver got. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** As it came. */
  readonly text: string;
}

/** What a receiver answers; `hang` never does. */
export interface ReceiverAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly hangs?: boolean;
}

/** A webhook of a test: keeps what came and answers as told. */
export class WebhookReceiver {
  readonly calls: ReceivedCall[] = [];
  /** Decides each answer; 200 unless told. */
  answer: (call: ReceivedCall) => ReceiverAnswer | Promise<ReceiverAnswer> = () => ({});
  readonly #server: Server;
  readonly #waiting = new Set<() => void>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const call = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text), text };
        this.calls.push(call);
        for (const check of this.#waiting) check();
        void Promise.resolve(this.answer(call)).then(({ status = 200, headers = {}, body = '', hangs }) => {
          if (!hangs) response.writeHead(status, headers).end(body);
        });
      });
    });
  }

  /** Listens on a free port, or on one that an earlier receiver had. */
  static async open(port = 0): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((resolve, reject) => {
      receiver.#server.once('error', reject);
      receiver.#server.listen(port, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves once `condition` holds of what has come. */
  until(condition: (calls: readonly ReceivedCall[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!condition(this.calls)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Cuts every connection and takes no more: as good as killed. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
