import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { Icon } from '../components/Icon.tsx';
import { Message } from '../components/Message.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { QueryStates } from '../components/QueryStates.tsx';
import { formatNumber } from '../format/number.ts';
import { FeatureFlagsDocument, SetFeatureFlagDocument } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useConsoleAction, useConsoleQuery } from '../providers/useConsoleQuery.ts';
import { flagTitle } from './flag-title.ts';

const audiences = ['none', 'beta', 'all'] as const;

type Audience = (typeof audiences)[number];

interface Flag {
  readonly key: string;
  readonly audience: string;
}

interface Reach {
  readonly beta: number;
  readonly all: number;
}

/** Who has which feature. */
export function FlagList() {
  const text = useText();
  const query = useConsoleQuery('flags', FeatureFlagsDocument, {});
  if (!query.data) return <QueryStates query={query} />;
  const { feature_flags: flags, all, beta } = query.data;
  const reach = { all: all.aggregate?.count ?? 0, beta: beta.aggregate?.count ?? 0 };
  return (
    <>
      <PageHeading title="flags.title" lead="flags.lead" />
      {flags.length === 0 && (
        <Message icon="flag" title={text('flags.emptyTitle')} body={text('flags.emptyBody')} />
      )}
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 760 }}>
        {flags.map((flag) => (
          <FlagCard key={flag.key} flag={flag} reach={reach} />
        ))}
      </Box>
    </>
  );
}

function FlagCard({ flag, reach }: { readonly flag: Flag; readonly reach: Reach }) {
  const text = useText();
  const notify = useNotify();
  const [asked, setAsked] = useState<Audience>();
  const [isOpen, setIsOpen] = useState(false);
  const set = useConsoleAction(SetFeatureFlagDocument, (_data, { audience }) => {
    close();
    notify(text('flags.changed', { flag: title, audience: text(`flags.audience.${audience}`) }), {
      type: 'success',
    });
  });
  const isKnown = flag.key === 'tier_upgrade_requests';
  const title = flagTitle(flag.key, text);

  function close() {
    set.reset();
    setIsOpen(false);
  }

  return (
    <Card component="section" aria-label={title} sx={{ p: 5 }}>
      <Typography variant="h2">{title}</Typography>
      {isKnown && (
        <Box component="code" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
          {flag.key}
        </Box>
      )}
      {isKnown && (
        <Typography color="text.secondary" sx={{ mt: 1 }}>
          {text('flags.known.tier_upgrade_requests.body')}
        </Typography>
      )}
      <Box
        role="group"
        aria-label={text('flags.who')}
        sx={{ display: 'grid', gap: 2, mt: 4, gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, 1fr)' } }}
      >
        {audiences.map((audience) => {
          const isChosen = audience === flag.audience;
          return (
            <Button
              key={audience}
              aria-pressed={isChosen}
              onClick={() => {
                if (isChosen) return;
                setAsked(audience);
                setIsOpen(true);
              }}
              sx={{
                display: 'block',
                p: 3,
                textAlign: 'left',
                whiteSpace: 'normal',
                ...(isChosen && {
                  bgcolor: 'action.selected',
                  borderColor: 'primary.main',
                  boxShadow: (theme) => `inset 0 0 0 1px ${theme.palette.primary.main}`,
                }),
              }}
            >
              <Box component="span" sx={{ display: 'flex', alignItems: 'center', gap: 2, fontWeight: 600 }}>
                {text(`flags.audience.${audience}`)}
                {isChosen && <Icon name="tick" />}
              </Box>
              <Box component="span" sx={{ display: 'block', color: 'text.secondary', fontWeight: 400 }}>
                {describeReach(audience)}
              </Box>
            </Button>
          );
        })}
      </Box>
      <ConfirmDialog
        open={isOpen}
        title={text('flags.confirmTitle', {
          flag: title,
          audience: text(`flags.audience.${asked ?? 'none'}`),
        })}
        confirm={text('flags.confirm')}
        isDangerous={asked === 'none'}
        isBusy={set.isPending}
        error={set.error}
        onClose={close}
        onConfirm={() => asked && set.mutate({ key: flag.key, audience: asked })}
      >
        <Box component="ul" sx={{ display: 'grid', gap: 1, m: 0, pl: 5 }}>
          {asked && (
            <li>{text(`flags.means.${asked}`, { smart_count: asked === 'all' ? reach.all : reach.beta })}</li>
          )}
          {isKnown && <li>{text('flags.known.tier_upgrade_requests.keeps')}</li>}
          <li>{text('flags.written')}</li>
        </Box>
      </ConfirmDialog>
    </Card>
  );

  function describeReach(audience: Audience): string {
    if (audience === 'none') return text('flags.reachNone');
    return text(audience === 'beta' ? 'flags.reachBeta' : 'flags.reachAll', {
      smart_count: reach[audience],
      count: formatNumber(reach[audience]),
    });
  }
}
