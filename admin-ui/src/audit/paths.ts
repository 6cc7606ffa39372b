/** How the whole history is narrowed down, as it stands in the address. */
export interface AuditFilter {
  readonly kind?: string;
  /** A user's id, or `vendors`, `admins`, `database`. */
  readonly actor?: string;
  /** A vendor's id. */
  readonly vendor?: string;
  /** Days (`2026-05-03`), both included. */
  readonly from?: string;
  readonly to?: string;
}

export const timelinePath = '/timeline';

/** The address of the history under a filter. */
export function auditPath(filter: AuditFilter = {}): string {
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  return query ? `${timelinePath}?${query}` : timelinePath;
}
