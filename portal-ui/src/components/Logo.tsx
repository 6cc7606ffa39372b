import { logoMark } from '@tierline/design';
import styles from './Logo.module.css';

/** The mark of Tierline: four rising bars on an accent tile. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox={logoMark.viewBox} focusable="false">
      {logoMark.shapes.map((shape) => (
        <rect
          key={shape.x}
          className={styles[shape.part]}
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          rx={shape.radius}
          opacity={shape.opacity}
        />
      ))}
    </svg>
  );
}
