import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LanguageChoice } from '../app/Preferences.tsx';
import { RelativeTime } from '../components/RelativeTime.tsx';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { loadMessages, preferredLanguage } from './languages.ts';
import { LanguageProvider } from './messages.tsx';

/** Every text by its path; a function counts as the text it gives for small numbers and names. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [2, 1, 0].map((count) => [`${path}(${count})`, value(count, count, count)]);
  return Object.entries(value as object).flatMap(([key, child]) =>
    textsOf(child, path ? `${path}.${key}` : key),
  );
}

/** The same in both languages by right. */
const alike =
  /^(brand|login\.email|time\.minutes.*|titles\.notifications|notifications\.(heading|open.*)|tiers\.features.*)$/;

describe('the languages', () => {
  it('say something in every place, and French says it in French', () => {
    const english = new Map(textsOf(en));
    const french = textsOf(fr).filter(([path]) => path !== 'locale' && !alike.test(path));
    expect(french.length).toBeGreaterThan(250);
    expect(french.filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(french.filter(([path, text]) => english.get(path) === text).map(([path]) => path)).toEqual([]);
    // French sets a space before these marks; one that does not break keeps them on the line of their word.
    expect(french.filter(([, text]) => /[a-zà-ÿ][?!;]/i.test(text)).map(([path]) => path)).toEqual([]);
  });
});

describe('the choice of a language', () => {
  afterEach(() => vi.restoreAllMocks());

  it('follows the browser until somebody chooses, and dates follow the region', async () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['de-DE', 'fr-CA', 'en-GB']);
    expect(preferredLanguage()).toBe('fr');
    expect((await loadMessages('fr')).locale).toBe('fr-CA');
    expect((await loadMessages('en')).locale).toBe('en-GB');
  });

  it('changes texts, dates and the language of the page at once, and is remembered', async () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en-GB']);
    const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
    render(
      <LanguageProvider first={{ language: 'en', messages: en }}>
        <LanguageChoice />
        <RelativeTime at={at} />
      </LanguageProvider>,
    );
    expect(screen.getByText('3 days ago')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Français' }));
    expect(await screen.findByText('il y a 3 jours')).toBeInTheDocument();
    await waitFor(() => expect(document.documentElement.lang).toBe('fr'));
    expect(preferredLanguage()).toBe('fr');
  });
});
