import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { Icon } from '../components/Icon.tsx';
import { Kbd } from '../components/Kbd.tsx';
import { Notice } from '../components/Notice.tsx';
import { type TextKey, useText } from '../i18n/use-text.ts';
import { printed, useKeyBindings } from '../preferences/key-bindings.ts';

interface Group {
  readonly title: TextKey;
  readonly keys: readonly (readonly [key: string, meaning: TextKey])[];
}

const groups: readonly Group[] = [
  {
    title: 'shortcuts.queue',
    keys: [
      ['j', 'shortcuts.down'],
      ['k', 'shortcuts.up'],
      ['enter', 'shortcuts.open'],
      ['x', 'shortcuts.select'],
      ['a', 'shortcuts.approve'],
      ['r', 'shortcuts.reject'],
      ['/', 'shortcuts.search'],
    ],
  },
  {
    title: 'shortcuts.request',
    keys: [
      ['a', 'shortcuts.approve'],
      ['r', 'shortcuts.reject'],
      ['j', 'shortcuts.following'],
      ['k', 'shortcuts.preceding'],
      ['n', 'shortcuts.next'],
      ['alt 1', 'shortcuts.template'],
      ['ctrl enter', 'shortcuts.send'],
      ['esc', 'shortcuts.back'],
    ],
  },
  { title: 'shortcuts.anywhere', keys: [['?', 'shortcuts.help']] },
];

/** Every key there is. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const text = useText();
  const titleId = useId();
  const [bindings] = useKeyBindings();
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <Box sx={{ p: 5 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', mb: 3 }}>
          <Typography id={titleId} variant="h2">
            {text('shortcuts.title')}
          </Typography>
          <IconButton aria-label={text('shortcuts.close')} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        </Box>
        {!bindings.on && (
          <Box sx={{ mb: 3 }}>
            <Notice kind="info">{text('shortcuts.off')}</Notice>
          </Box>
        )}
        {groups.map((group) => (
          <Box key={group.title} sx={{ mb: 4, '&:last-of-type': { mb: 0 } }}>
            <Typography
              variant="caption"
              color="text.secondary"
              component="h3"
              sx={{ fontWeight: 500, mb: 1 }}
            >
              {text(group.title)}
            </Typography>
            {group.keys.map(([key, meaning]) => (
              <Box
                key={key}
                sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', py: '5px' }}
              >
                {text(meaning)}
                <Box sx={{ fontSize: '0.75rem' }}>
                  <Kbd>{printed(key, bindings)}</Kbd>
                </Box>
              </Box>
            ))}
          </Box>
        ))}
      </Box>
    </Dialog>
  );
}
