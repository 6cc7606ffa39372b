import Box from '@mui/material/Box';
import { colors } from '@tierline/design';
import { useGetIdentity } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { toPlainError } from '../errors/plain-error.ts';
import { type Text, useText } from '../i18n/use-text.ts';
import type { BulkResult, RequestState } from '../providers/data-provider.ts';
import { GraphQLRefusal } from '../providers/graphql-client.ts';
import { useScheme } from '../scheme/scheme.ts';
import type { ApprovalObstacle } from './decision-rules.ts';
import { describeDecision } from './describe-decision.ts';
import { TierChange } from './TierBadge.tsx';
import type { UpgradeRequestRow } from './types.ts';
import type { BulkProgress } from './useBulkDecision.ts';

interface BulkItemsProps {
  readonly requests: readonly UpgradeRequestRow[];
  readonly progress: BulkProgress;
  /** What will keep a request from being approved, as far as one can tell before. */
  readonly obstacles: ReadonlyMap<string, ApprovalObstacle | undefined>;
}

/** The requests of a bulk decision, each with what became of it. Failed ones come first once there are results. */
export function BulkItems({ requests, progress, obstacles }: BulkItemsProps) {
  const text = useText();
  const me = useGetIdentity().identity?.id;
  const { isRunning, results, states } = progress;
  const failedFirst =
    isRunning || results.size === 0
      ? requests
      : requests.toSorted((one, other) => rank(results.get(one.id)) - rank(results.get(other.id)));
  return (
    <Box
      component="ul"
      aria-label={text('bulk.items')}
      tabIndex={0}
      sx={{
        m: 0,
        p: 0,
        maxHeight: 300,
        overflowY: 'auto',
        listStyle: 'none',
        border: 1,
        borderColor: 'divider',
        borderRadius: '8px',
      }}
    >
      {failedFirst.map((request) => (
        <Item
          key={request.id}
          request={request}
          result={results.get(request.id)}
          remark={
            results.get(request.id)?.success
              ? undefined
              : (describeState(states.get(request.id), me, text) ??
                describe(results.get(request.id), obstacles.get(request.id), text))
          }
        />
      ))}
    </Box>
  );
}

/** Who decided a request instead; undefined while it is open. */
function describeState(state: RequestState | undefined, me: unknown, text: Text): string | undefined {
  if (!state || state.status === 'pending') return undefined;
  const { status, reviewer } = state;
  const at = state.reviewed_at ?? state.updated_at;
  return describeDecision({ status, reviewer: reviewer ?? null, at, isByVendor: true }, me, text);
}

function rank(result: BulkResult | undefined): number {
  return result?.success ? 1 : 0;
}

function describe(
  result: BulkResult | undefined,
  obstacle: ApprovalObstacle | undefined,
  text: Text,
): string | undefined {
  if (result?.success) return undefined;
  if (result) {
    const extensions = { code: result.code ?? 'unknown' };
    return toPlainError(new GraphQLRefusal([{ message: result.message ?? '', extensions }]), text).message;
  }
  if (obstacle === 'own-request') return text('errors.SELF_APPROVAL_FORBIDDEN');
  return obstacle && text('errors.CANNOT_DOWNGRADE');
}

interface ItemProps {
  readonly request: UpgradeRequestRow;
  readonly result: BulkResult | undefined;
  readonly remark: string | undefined;
}

function Item({ request, result, remark }: ItemProps) {
  const text = useText();
  const color = colors[useScheme()];
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '20px minmax(0, 1fr)', sm: '20px minmax(0, 1fr) auto' },
        gap: 2,
        alignItems: 'center',
        px: 3,
        py: 2,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
      }}
    >
      <Box sx={{ color: result?.success ? color.notice.success.text : color.notice.danger.text }}>
        {result && (
          <Icon
            name={result.success ? 'check' : 'cross'}
            size={18}
            label={text(result.success ? 'bulk.itemDone' : 'bulk.itemFailed')}
          />
        )}
      </Box>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {request.vendor.name}
        {remark && (
          <Box
            sx={{
              color: result ? color.notice.danger.text : color.notice.warning.text,
              fontSize: '0.8125rem',
            }}
          >
            {remark}
          </Box>
        )}
      </Box>
      <Box sx={{ gridColumn: { xs: 2, sm: 3 } }}>
        <TierChange from={request.current_tier} to={request.target_tier} />
      </Box>
    </Box>
  );
}
