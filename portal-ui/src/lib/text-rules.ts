const loneSurrogate = /\p{Surrogate}/u;

/** Length as the server counts it: Unicode code points, so an emoji is one. */
export function countCharacters(text: string): number {
  return [...text].length;
}

/** True when a text holds what Postgres cannot store: NUL or half of a surrogate pair. */
export function hasUnstorable(text: string): boolean {
  return text.includes('\0') || loneSurrogate.test(text);
}

/** True for what could be an e-mail address; whether somebody reads it is found out by writing to it. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text) && countCharacters(text) <= 320;
}
