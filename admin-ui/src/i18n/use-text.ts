import { useTranslate } from 'ra-core';
import { useCallback } from 'react';
import type { consoleTexts } from './console.en.ts';

type Paths<T> = T extends string
  ? never
  : { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string];

/** The name of one text of the console, such as `queue.empty.title`. A wrong one does not compile. */
export type TextKey = Paths<typeof consoleTexts>;

/** Looks a text up and fills it in. */
export type Text = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** The console's texts in the current language. */
export function useText(): Text {
  const translate = useTranslate();
  return useCallback((key, values) => translate(`tierline.${key}`, values), [translate]);
}
