/** What came back. */
export interface Answer {
  readonly status: number;
  /** Null when it was not JSON. */
  readonly body: unknown;
}

/** Posts JSON to the page's own origin; `undefined` means that no answer came. */
export async function post(
  path: string,
  payload: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer | undefined> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(payload),
      credentials: 'same-origin',
    });
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  } catch {
    // fetch rejects only when the network failed; the caller says so in words.
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in front of a server that is down answers with a page of its own; its status says enough.
    return null;
  }
}
