import { formatAgo, formatMoment, formatShortMoment, isRecent } from './time.ts';
import { useNow } from './useNow.ts';

/** How long ago something was, with the exact moment as its title. */
export function TimeAgo({ at }: { readonly at: string }) {
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={formatMoment(moment)}>
      {formatAgo(moment, Math.max(useNow(), moment))}
    </time>
  );
}

/** The moment something happened and, while that says more than its date, how long ago that is. */
export function MomentAndAgo({ at }: { readonly at: string }) {
  const moment = Date.parse(at);
  const now = Math.max(useNow(), moment);
  return (
    <time dateTime={at} title={formatMoment(moment)}>
      {formatShortMoment(moment)}
      {isRecent(moment, now) && ` · ${formatAgo(moment, now)}`}
    </time>
  );
}

/** A time in a list: how long ago, or the moment itself for those who compare. */
export function Moment({ at, exact }: { readonly at: string; readonly exact: boolean }) {
  if (!exact) return <TimeAgo at={at} />;
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={formatMoment(moment)}>
      {formatShortMoment(moment)}
    </time>
  );
}
