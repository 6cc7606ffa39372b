import { type IconName, iconStrokeWidth, icons, iconViewBox } from '@tierline/design';

interface IconProps {
  readonly name: IconName;
  /** Pixels; 16 sits well beside 14 px text. */
  readonly size?: number;
  /** Only where no text beside the icon says the same. */
  readonly label?: string;
}

/** A line icon of the shared set, in the colour of the text around it. */
export function Icon({ name, size = 16, label }: IconProps) {
  const paths = icons[name].map((path) => <path key={path} d={path} />);
  const shape = {
    viewBox: iconViewBox,
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: iconStrokeWidth,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
    style: { flex: 'none', display: 'block' },
  } as const;
  if (label) {
    return (
      <svg {...shape} role="img" aria-label={label}>
        {paths}
      </svg>
    );
  }
  return (
    <svg {...shape} aria-hidden="true">
      {paths}
    </svg>
  );
}
