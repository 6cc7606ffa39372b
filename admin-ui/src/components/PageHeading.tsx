import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { type ReactNode, useEffect } from 'react';
import { type TextKey, useText } from '../i18n/use-text.ts';

/** Says in the browser's tab which page this is. */
export function useDocumentTitle(title: string | undefined): void {
  const text = useText();
  useEffect(() => {
    document.title = title ? `${title} · ${text('product')}` : text('product');
  }, [title, text]);
}

interface PageHeadingProps {
  readonly title: TextKey;
  readonly lead?: TextKey;
  /** At the far end of the line. */
  readonly aside?: ReactNode;
}

/** The title of a page, here and in the browser's tab. */
export function PageHeading({ title, lead, aside }: PageHeadingProps) {
  const text = useText();
  useDocumentTitle(text(title));
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: 3, mb: 4 }}>
      <Box sx={{ flex: '1 1 280px' }}>
        <Typography variant="h1">{text(title)}</Typography>
        {lead && (
          <Typography color="text.secondary" sx={{ mt: 1, maxWidth: '72ch' }}>
            {text(lead)}
          </Typography>
        )}
      </Box>
      {aside}
    </Box>
  );
}
