import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import Portal from '@mui/material/Portal';
import Tooltip from '@mui/material/Tooltip';
import { useListContext } from 'ra-core';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { toPlainError } from '../errors/plain-error.ts';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';
import { readQueueFilter } from '../providers/filters.ts';
import { readSort } from '../providers/queue-order.ts';
import { session } from '../session/current-session.ts';
import { saveFile } from './save-file.ts';

type ExportState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly rows: number }
  | { readonly phase: 'done'; readonly rows: number }
  | { readonly phase: 'failed'; readonly error: unknown };

/** Saves everything under the present filter as CSV, with a count while it runs and a way to stop it. */
export function ExportButton() {
  const text = useText();
  const { filterValues, sort } = useListContext();
  const [state, setState] = useState<ExportState>({ phase: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function start() {
    const filter = readQueueFilter(filterValues);
    const controller = new AbortController();
    running.current = controller;
    setState({ phase: 'running', rows: 0 });
    try {
      const { exportName, exportRequests } = await import('./export-requests.ts');
      const { file, rows } = await exportRequests({
        filter,
        sort: readSort(sort),
        session,
        signal: controller.signal,
        onProgress: (soFar) => setState({ phase: 'running', rows: soFar }),
      });
      saveFile(file, exportName(filter, new Date()));
      setState({ phase: 'done', rows });
    } catch (error) {
      setState(controller.signal.aborted ? { phase: 'idle' } : { phase: 'failed', error });
    }
  }
  return (
    <>
      <Tooltip title={text('queue.export.start')}>
        <IconButton
          aria-label={text('queue.export.start')}
          disabled={state.phase === 'running'}
          onClick={() => void start()}
        >
          <Icon name="download" size={18} />
        </IconButton>
      </Tooltip>
      {state.phase !== 'idle' && (
        <Portal>
          <Progress
            state={state}
            onCancel={() => running.current?.abort()}
            onRetry={() => void start()}
            onClose={() => setState({ phase: 'idle' })}
          />
        </Portal>
      )}
    </>
  );
}

interface ProgressProps {
  readonly state: Exclude<ExportState, { readonly phase: 'idle' }>;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

function Progress({ state, onCancel, onRetry, onClose }: ProgressProps) {
  const text = useText();
  const rows = (count: number) => ({ smart_count: count, rows: formatNumber(count) });
  return (
    <Paper
      role={state.phase === 'failed' ? 'alert' : 'status'}
      variant="outlined"
      sx={{
        position: 'fixed',
        right: { xs: 16, sm: 24 },
        bottom: { xs: 16, sm: 24 },
        left: { xs: 16, sm: 'auto' },
        zIndex: 'snackbar',
        display: 'flex',
        alignItems: 'center',
        gap: 4,
        minWidth: { sm: 320 },
        maxWidth: 460,
        px: 4,
        py: 3,
        borderRadius: '10px',
        boxShadow: 12,
        '@media print': { display: 'none' },
      }}
    >
      <Box sx={{ color: 'text.secondary' }}>
        <Icon
          name={state.phase === 'failed' ? 'alert' : state.phase === 'done' ? 'tick' : 'download'}
          size={20}
        />
      </Box>
      <Box sx={{ flex: 1, minWidth: 0, fontVariantNumeric: 'tabular-nums' }}>
        {state.phase === 'running' && text('queue.export.running', rows(state.rows))}
        {state.phase === 'done' && text('queue.export.done', rows(state.rows))}
        {state.phase === 'failed' && (
          <>
            <Box sx={{ fontWeight: 500 }}>{text('queue.export.failed')}</Box>
            {toPlainError(state.error, text).message}
          </>
        )}
      </Box>
      {state.phase === 'running' && (
        <Button size="small" onClick={onCancel}>
          {text('queue.export.cancel')}
        </Button>
      )}
      {state.phase === 'failed' && (
        <Button size="small" onClick={onRetry}>
          {text('queue.retry')}
        </Button>
      )}
      {state.phase !== 'running' && (
        <IconButton aria-label={text('shortcuts.close')} onClick={onClose}>
          <Icon name="close" size={14} />
        </IconButton>
      )}
    </Paper>
  );
}
