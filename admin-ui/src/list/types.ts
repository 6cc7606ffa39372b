import type { ReactNode } from 'react';
import type { TextKey } from '../i18n/use-text.ts';

/** Anything with a key can be listed. */
export interface Row {
  readonly id: string;
}

/** What stands above a column. */
export interface ColumnHead {
  readonly key: string;
  readonly label: TextKey;
  /** What the server sorts by; columns without it cannot be sorted. */
  readonly sortBy?: string;
  /** Names begin at A; times and numbers at the newest and highest. */
  readonly ascendingFirst?: boolean;
  readonly width?: number | string;
}

/** One column of a list; on a phone, one line of a card. The first one says what the row is. */
export interface Column<T extends Row> extends ColumnHead {
  /** Long texts that are worth a second line. */
  readonly wraps?: boolean;
  readonly render: (row: T) => ReactNode;
}
