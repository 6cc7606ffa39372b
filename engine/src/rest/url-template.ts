/** One part of an endpoint's address: a text as it is, or `:name` for any text. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

/** Reads `users/:id`; answers a sentence about what is wrong with it instead where something is. */
export function parseUrl(url: string): readonly Segment[] | string {
  const parts = splitPath(url);
  if (parts.length === 0 || parts.some((part) => part === '' || part === ':')) {
    return `Empty segments or unnamed variables are not allowed: ${url}`;
  }
  const segments = parts.map(
    (part): Segment =>
      part.startsWith(':') ? { kind: 'variable', name: part.slice(1) } : { kind: 'literal', text: part },
  );
  const names = segments.flatMap((segment) => (segment.kind === 'variable' ? [segment.name] : []));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? segments : `Duplicate variables: ${twice}`;
}

/** The parts between slashes; one at either end counts for nothing. */
export function splitPath(path: string): string[] {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  return inner === '' ? [] : inner.split('/');
}

/** Whether a path fits a template; a variable takes any one segment. */
export function segmentsMatch(segments: readonly Segment[], path: readonly string[]): boolean {
  return (
    segments.length === path.length &&
    segments.every((segment, index) => segment.kind === 'variable' || segment.text === path[index])
  );
}

/** Whether some path would match both. */
export function urlsOverlap(left: readonly Segment[], right: readonly Segment[]): boolean {
  return (
    left.length === right.length &&
    left.every((segment, index) => {
      const other = right[index];
      return segment.kind === 'variable' || other?.kind !== 'literal' || other.text === segment.text;
    })
  );
}
