import Box from '@mui/material/Box';

/** What stands above a field of a form. */
export function FieldLabel({ htmlFor, children }: { readonly htmlFor: string; readonly children: string }) {
  return (
    <Box
      component="label"
      htmlFor={htmlFor}
      sx={{ display: 'block', mb: 1, fontSize: '0.8125rem', fontWeight: 500 }}
    >
      {children}
    </Box>
  );
}
