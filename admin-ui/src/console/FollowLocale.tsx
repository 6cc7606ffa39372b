import { useSetLocale } from 'ra-core';
import { useEffect } from 'react';
import { useLocale } from '../i18n/locale.ts';

/** Tells react-admin of a change of language, wherever it was chosen; it draws the console anew once the texts are there. */
export function FollowLocale() {
  const locale = useLocale();
  const setLocale = useSetLocale();
  useEffect(() => setLocale(locale), [locale, setLocale]);
  return null;
}
