import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Kbd } from '../components/Kbd.tsx';
import { useText } from '../i18n/use-text.ts';
import { CopyButton } from './CopyButton.tsx';
import type { DecisionDraft } from './useDecisionDraft.ts';

/** What both decision forms are told. */
export interface DecisionFormState {
  readonly draft: DecisionDraft;
  readonly isBusy: boolean;
  /** Nothing can be decided any more; what was written stays. */
  readonly isHeld: boolean;
  /** No answer came to the last try. */
  readonly isAgain: boolean;
  /** Closes the form; what was written stays. */
  readonly onKeep: () => void;
  /** Closes the form and throws away what was written. */
  readonly onDiscard: () => void;
}

interface DecisionButtonsProps extends DecisionFormState {
  readonly color: 'success' | 'error';
  readonly icon?: ReactNode;
  readonly label: string;
  readonly busyLabel: string;
  readonly isBlocked?: boolean;
}

/** What can be done with a decision form: send it, leave it; once it is overtaken, take its text along. */
export function DecisionButtons({ draft, isBusy, isHeld, ...form }: DecisionButtonsProps) {
  const text = useText();
  if (isHeld) {
    return (
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        {!draft.isEmpty && <CopyButton value={[draft.reason, draft.notes].filter(Boolean).join('\n\n')} />}
        <Button variant="text" onClick={form.onDiscard}>
          {text(draft.isEmpty ? 'decision.closeForm' : 'decision.discardText')}
        </Button>
      </Box>
    );
  }
  const sendLabel = form.isAgain ? text('decision.again') : form.label;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Button
        type="submit"
        variant="contained"
        color={form.color}
        size="large"
        disabled={isBusy || form.isBlocked === true}
        startIcon={form.icon}
      >
        {isBusy ? form.busyLabel : sendLabel}
      </Button>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 2,
        }}
      >
        <Button variant="text" disabled={isBusy} onClick={form.onKeep} sx={{ ml: -3 }}>
          {text('decision.keep')}
        </Button>
        <Box
          component="span"
          sx={{ color: 'text.secondary', fontSize: '0.75rem', '@media (hover: none)': { display: 'none' } }}
        >
          <Kbd>ctrl enter</Kbd> {text('decision.sendHint')}
        </Box>
      </Box>
    </Box>
  );
}
