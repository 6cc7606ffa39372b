import polyglotI18nProvider from 'ra-i18n-polyglot';
import raMessages from 'ra-language-english';
import { consoleTexts } from './console.en.ts';

/** Our texts under `tierline.`, beside those that react-admin's own components use. */
export const i18nProvider = polyglotI18nProvider(() => ({ ...raMessages, tierline: consoleTexts }), 'en', [
  { locale: 'en', name: 'English' },
]);
