import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import { useDelayed } from './useDelayed.ts';

const widths = [62, 48, 70, 55, 40, 66, 52, 58] as const;

/** Rows to come. */
export function RowsSkeleton({ label }: { readonly label: string }) {
  const isShown = useDelayed(true);
  return (
    <Box role="status" aria-busy="true" aria-label={label} sx={{ minHeight: 380, px: 4, py: 2 }}>
      {isShown &&
        widths.map((width) => (
          <Box key={width} sx={{ display: 'flex', gap: 6, height: 44, alignItems: 'center' }}>
            <Skeleton width={`${width * 0.4}%`} />
            <Skeleton width={80} height={26} />
            <Skeleton width={`${width * 0.5}%`} />
          </Box>
        ))}
    </Box>
  );
}

/** A page to come: a title, and cards. */
export function PageSkeleton({ label }: { readonly label: string }) {
  const isShown = useDelayed(true);
  return (
    <Box role="status" aria-busy="true" aria-label={label} sx={{ minHeight: 480 }}>
      {isShown && (
        <>
          <Skeleton width="36%" height={40} sx={{ mb: 4 }} />
          {[3, 5].map((lines) => (
            <Card key={lines} sx={{ p: 5, mb: 4 }}>
              {widths.slice(0, lines).map((width) => (
                <Skeleton key={width} width={`${width}%`} />
              ))}
            </Card>
          ))}
        </>
      )}
    </Box>
  );
}
