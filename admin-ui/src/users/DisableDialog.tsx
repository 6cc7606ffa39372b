import Box from '@mui/material/Box';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { SetUserDisabledDocument } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useConsoleAction } from '../providers/useConsoleQuery.ts';
import type { UserPageUser } from './user-page.ts';

interface DisableDialogProps {
  readonly user: UserPageUser;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Shuts a user out, or lets them in again, after saying what becomes of their sessions. */
export function DisableDialog({ user, open, onClose }: DisableDialogProps) {
  const text = useText();
  const notify = useNotify();
  const isDisabled = user.disabled_at !== null;
  // What was asked stays on screen while the dialog goes, also when the answer has turned the state around by then.
  const [asked, setAsked] = useState(!isDisabled);
  const set = useConsoleAction(SetUserDisabledDocument, (_data, { disabled }) => {
    close();
    notify(text(disabled ? 'users.nowDisabled' : 'users.nowEnabled', { email: user.email }), {
      type: 'success',
    });
  });
  const disables = open && !set.isPending ? !isDisabled : asked;

  function close() {
    set.reset();
    onClose();
  }

  return (
    <ConfirmDialog
      open={open}
      title={text(disables ? 'users.disableTitle' : 'users.enableTitle', { email: user.email })}
      confirm={text(disables ? 'users.disable' : 'users.enable')}
      isDangerous={disables}
      isBusy={set.isPending}
      error={set.error}
      onClose={close}
      onConfirm={() => {
        setAsked(!isDisabled);
        set.mutate({ userId: user.id, disabled: !isDisabled });
      }}
    >
      <Box component="ul" sx={{ display: 'grid', gap: 1, m: 0, pl: 5 }}>
        {disables ? (
          <>
            <li>{text('users.disableSessions')}</li>
            <li>{text('users.disableSignIn')}</li>
            <li>{text('users.disableKeeps')}</li>
          </>
        ) : (
          <>
            <li>{text('users.enableSignIn')}</li>
            <li>{text('users.enableSessions')}</li>
          </>
        )}
      </Box>
    </ConfirmDialog>
  );
}
