/** What `If-None-Match` says of an answer (RFC 9110 §13.1.2). */

/** An entity tag (§8.8.3). The mark of a weak one is left out, and commas may stand inside the quotes. */
const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/**
 * Whether the caller has what a tag stands for: it is in their list, or they ask for anything at all with `*`.
 *
 * Tags are compared weakly (§8.8.3.2), as this header demands: `W/"1"` and `"1"` are the same. A proxy that compresses an
 * answer makes its tag weak, and one that keeps it may send it back strong.
 */
export function isKnownTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const wanted = opaque(tag);
  return [...ifNoneMatch.matchAll(TAG)].some(([, known]) => known === wanted);
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}
