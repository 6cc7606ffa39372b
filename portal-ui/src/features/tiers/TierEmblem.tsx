import styles from './TierEmblem.module.css';
import { tierHue } from './tier-hue.ts';

/** The mark's rising bars, as many of them filled as the tier has reached. `isNew` lets it arrive with a small pop. */
export function TierEmblem({ level, steps, isNew }: { level: number; steps: number; isNew?: boolean }) {
  const filled = level;
  return (
    <span aria-hidden="true" className={`${styles.emblem} ${tierHue(level)} ${isNew ? styles.fresh : ''}`}>
      {isNew && (
        <svg aria-hidden="true" className={styles.sparks} viewBox="0 0 100 100" focusable="false">
          {sparks.map(([x, y, size]) => (
            <path
              key={`${x}-${y}`}
              d={`M${x} ${y - size}q0 ${size} ${size} ${size}q${-size} 0 ${-size} ${size}q0 ${-size} ${-size} ${-size}q${size} 0 ${size} ${-size}z`}
            />
          ))}
        </svg>
      )}
      <svg aria-hidden="true" className={styles.bars} viewBox="0 0 40 40" focusable="false">
        {Array.from({ length: steps }, (_, index) => {
          const height = 10 + (22 * index) / Math.max(1, steps - 1);
          const width = 24 / steps;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the bars are the steps, and have no other name
              key={index}
              className={index < filled ? styles.reached : styles.ahead}
              x={5 + (index * 30) / steps + 0.5}
              y={36 - height}
              width={width}
              height={height}
              rx={width / 2}
            />
          );
        })}
      </svg>
    </span>
  );
}

/** Where the sparks of a new tier sit around it: x, y, size. */
const sparks = [
  [12, 22, 6],
  [88, 14, 8],
  [94, 62, 5],
  [6, 70, 4],
] as const;
