import { formatClock } from '../format/time.ts';
import type { Text } from '../i18n/use-text.ts';

interface Decided {
  readonly status: string;
  /** Who decided, as far as it is known. */
  readonly reviewer: { readonly id: string; readonly email: string } | null;
  readonly at: string;
  /** Whether it was the vendor who took the request back. */
  readonly isByVendor: boolean;
}

/** Who closed a request, and when, in one sentence. What a person decided themselves is told as theirs. */
export function describeDecision(decided: Decided, me: unknown, text: Text): string {
  const { status, reviewer } = decided;
  const time = formatClock(Date.parse(decided.at), Date.now());
  if (status === 'approved' || status === 'rejected') {
    if (reviewer && reviewer.id === me) return text(`decision.overtaken.byYou.${status}`, { time });
    return text(`decision.overtaken.${status}`, { who: reviewer?.email ?? text('decision.system'), time });
  }
  const who = decided.isByVendor
    ? text('decision.overtaken.vendor')
    : (reviewer?.email ?? text('decision.system'));
  return text('decision.overtaken.cancelled', { who, time });
}
