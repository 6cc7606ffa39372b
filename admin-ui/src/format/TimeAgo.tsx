import { formatAgo, formatMoment } from './time.ts';
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
