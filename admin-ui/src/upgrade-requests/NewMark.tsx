import Box from '@mui/material/Box';
import { useText } from '../i18n/use-text.ts';

/** Marks a request that came in while one was looking. */
export function NewMark() {
  const text = useText();
  return (
    <Box
      component="span"
      className="keeps-colors"
      title={text('queue.new')}
      sx={{
        display: 'inline-block',
        width: 7,
        height: 7,
        mr: '7px',
        borderRadius: '50%',
        bgcolor: 'primary.main',
        verticalAlign: 'middle',
      }}
    >
      <span className="visually-hidden">{text('queue.new')}</span>
    </Box>
  );
}
