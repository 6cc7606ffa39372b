import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { Notice } from './Notice.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly confirm: string;
  readonly children: ReactNode;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly isDangerous?: boolean;
  readonly canConfirm?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something happens: what it means, yes or no, and what the server said if it refused. */
export function ConfirmDialog({ open, title, children, onConfirm, onClose, ...dialog }: ConfirmDialogProps) {
  const text = useText();
  const titleId = useId();
  return (
    <Dialog
      open={open}
      onClose={() => !dialog.isBusy && onClose()}
      aria-labelledby={titleId}
      fullWidth
      maxWidth="xs"
    >
      <Box
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!dialog.isBusy && dialog.canConfirm !== false) onConfirm();
        }}
        sx={{ display: 'grid', gap: 3, p: 5 }}
      >
        <Typography id={titleId} variant="h2">
          {title}
        </Typography>
        {children}
        {dialog.error != null && (
          <Notice kind="danger" role="alert">
            {toPlainError(dialog.error, text).message}
          </Notice>
        )}
        <Box sx={{ display: 'flex', justifyContent: 'flex-end', gap: 2, mt: 1 }}>
          <Button onClick={onClose} disabled={dialog.isBusy} autoFocus={dialog.isDangerous === true}>
            {text('confirm.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={dialog.isDangerous ? 'error' : 'primary'}
            disabled={dialog.isBusy || dialog.canConfirm === false}
          >
            {dialog.isBusy ? text('confirm.busy') : dialog.confirm}
          </Button>
        </Box>
      </Box>
    </Dialog>
  );
}
