import { useTranslate } from 'ra-core';
import { useCallback } from 'react';
import type { consoleTexts } from './console.en.ts';
import { toSentencePart } from './values.ts';

type Paths<T> = T extends string
  ? never
  : { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string];

/** The name of one text of the console, such as `queue.empty.title`. A wrong one does not compile. */
export type TextKey = Paths<typeof consoleTexts>;

type Values = Readonly<Record<string, string | number>>;

/** Looks a text up and fills it in. */
export type Text = (key: TextKey, values?: Values) => string;

/** The console's texts in the current language. */
export function useText(): Text {
  const translate = useTranslate();
  return useCallback(
    (key, values) => translate(`tierline.${key}`, values && toSentenceParts(values)),
    [translate],
  );
}

function toSentenceParts(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? toSentencePart(value) : value,
    ]),
  );
}
