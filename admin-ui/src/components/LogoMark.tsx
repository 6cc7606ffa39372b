import { logoMark } from '@tierline/design';

const fills = { tile: 'var(--tl-color-accent)', bar: 'var(--tl-color-on-accent)' } as const;

/** The product's mark; the name beside it is text. */
export function LogoMark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg viewBox={logoMark.viewBox} width={size} height={size} aria-hidden="true" style={{ flex: 'none' }}>
      {logoMark.shapes.map((shape) => (
        <rect
          key={`${shape.x},${shape.y}`}
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          rx={shape.radius}
          fill={fills[shape.part]}
          fillOpacity={shape.opacity}
        />
      ))}
    </svg>
  );
}
