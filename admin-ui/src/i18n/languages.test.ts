import { afterEach, expect, it, vi } from 'vitest';
import { consoleTexts } from './console.en.ts';
import { consoleTextsInFrench } from './console.fr.ts';
import { createI18nProvider } from './i18n-provider.ts';
import { chooseLocale, currentLocale } from './locale.ts';

type Texts = { readonly [key: string]: string | Texts };

function flatten(texts: Texts, path = ''): readonly (readonly [key: string, text: string])[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : flatten(value, `${path}${key}.`),
  );
}

function placeholders(text: string): readonly string[] {
  return [...new Set(text.match(/%\{\w+\}/g))].sort();
}

afterEach(() => void vi.restoreAllMocks());

it('says the same in both languages, with the same things filled in', () => {
  const french = new Map(flatten(consoleTextsInFrench));
  for (const [key, text] of flatten(consoleTexts)) {
    expect([key, placeholders(french.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    // A text that is chosen by number has both its forms in either language.
    expect([key, french.get(key)?.split('||||').length]).toEqual([key, text.split('||||').length]);
  }
});

it('speaks the language of the browser until another is chosen, and remembers that', () => {
  vi.spyOn(navigator, 'language', 'get').mockReturnValue('fr-CA');
  expect(currentLocale()).toBe('fr');
  chooseLocale('en');
  expect(currentLocale()).toBe('en');
  expect(document.documentElement.lang).toBe('en');
  localStorage.setItem('tierline-locale', 'xx');
  expect(currentLocale()).toBe('fr');
});

it('changes over while it runs, with the plural of each language', async () => {
  const provider = await createI18nProvider('fr');
  const overdue = () => provider.translate('tierline.queue.overdue', { smart_count: 0 });
  expect(overdue()).toBe('Attend depuis plus de 0 jour');
  await provider.changeLocale('en');
  expect(overdue()).toBe('Waiting for more than 0 days');
  expect(provider.translate('ra.action.close')).toBe('Close');
});
