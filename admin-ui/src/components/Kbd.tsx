import Box from '@mui/material/Box';

/** Keys as they are printed on a keyboard. */
export function Kbd({ children }: { readonly children: string }) {
  return (
    <>
      {children.split(' ').map((key) => (
        <Box
          key={key}
          component="kbd"
          sx={{
            display: 'inline-block',
            minWidth: 18,
            mr: '3px',
            px: '4px',
            border: 1,
            borderColor: 'divider',
            borderRadius: '4px',
            bgcolor: 'background.default',
            color: 'text.secondary',
            font: 'inherit',
            lineHeight: '16px',
            textAlign: 'center',
          }}
        >
          {key}
        </Box>
      ))}
    </>
  );
}
