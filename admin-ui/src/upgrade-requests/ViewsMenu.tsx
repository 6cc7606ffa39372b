import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Popover from '@mui/material/Popover';
import { type FormEvent, useId, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { NAME_MAX, useSavedViews } from './useSavedViews.ts';

/** Saved filters: apply one, save the present one under a name, forget one. */
export function ViewsMenu() {
  const text = useText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        startIcon={<Icon name="star" />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ flex: 'none' }}
      >
        {text('queue.views.open')}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': text('queue.views.open'),
            sx: {
              mt: 1,
              width: 300,
              maxWidth: 'calc(100vw - 32px)',
              p: 1,
              border: 1,
              borderColor: 'divider',
            },
          },
        }}
      >
        <Views onClose={close} />
      </Popover>
    </>
  );
}

function Views({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const { views, longestWaiting, newest, isCurrent, apply, remove, save } = useSavedViews();
  const standing = [
    { name: text('queue.views.newest'), ...newest },
    { name: text('queue.views.longestWaiting'), ...longestWaiting },
  ];
  const entries = [
    ...standing.map((view) => ({ view, isOwn: false })),
    ...views.map((view) => ({ view, isOwn: true })),
  ];
  return (
    <>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {entries.map(({ view, isOwn }) => (
          <Box component="li" key={`${isOwn}-${view.name}`} sx={{ display: 'flex' }}>
            <MenuItem
              component="button"
              role="button"
              selected={isCurrent(view)}
              aria-current={isCurrent(view) || undefined}
              onClick={() => {
                apply(view);
                onClose();
              }}
              sx={{
                flex: 1,
                minWidth: 0,
                border: 0,
                bgcolor: 'transparent',
                color: 'inherit',
                font: 'inherit',
              }}
            >
              <Icon name={isOwn ? 'star' : 'clock'} />
              <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
                {view.name}
              </Box>
            </MenuItem>
            {isOwn && (
              <IconButton
                aria-label={text('queue.views.remove', { view: view.name })}
                onClick={() => remove(view.name)}
              >
                <Icon name="close" size={14} />
              </IconButton>
            )}
          </Box>
        ))}
      </Box>
      <Divider sx={{ my: 1 }} />
      <SaveForm onSave={save} />
    </>
  );
}

function SaveForm({ onSave }: { readonly onSave: (name: string) => void }) {
  const text = useText();
  const id = useId();
  const [name, setName] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    const trimmed = name.trim();
    if (!trimmed) return;
    onSave(trimmed);
    setName('');
  }
  return (
    <Box component="form" onSubmit={submit} sx={{ p: 2 }}>
      <Box component="label" htmlFor={id} sx={{ display: 'block', mb: 1, fontSize: '0.75rem' }}>
        {text('queue.views.saveAs')}
      </Box>
      <Box sx={{ display: 'flex', gap: 2 }}>
        <OutlinedInput
          id={id}
          fullWidth
          value={name}
          onChange={(event) => setName(event.target.value)}
          inputProps={{ maxLength: NAME_MAX }}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          {text('queue.views.save')}
        </Button>
      </Box>
    </Box>
  );
}
