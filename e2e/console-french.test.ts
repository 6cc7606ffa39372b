import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleTexts } from '../admin-ui/src/i18n/console.en.ts';
import { consoleTextsInFrench } from '../admin-ui/src/i18n/console.fr.ts';
import { expectAccessible } from './accessibility.ts';
import { fillSignIn, keepScreenshot, launchBrowser, newPerson, type Person } from './fixtures.ts';
import { theStack } from './provided.ts';

type Texts = { readonly [key: string]: string | Texts };

const valuesOf = (texts: Texts): readonly string[] =>
  Object.values(texts).flatMap((text) => (typeof text === 'string' ? text.split(' |||| ') : valuesOf(text)));

/** What the console says in English and never in French, whole sentences and labels, whatever is filled in. */
function englishOnly(): readonly string[] {
  const french = new Set(valuesOf(consoleTextsInFrench));
  return [...new Set(valuesOf(consoleTexts))]
    .filter((text) => !french.has(text) && /[A-Za-z]{3}/.test(text.replace(/%\{\w+\}/g, '')))
    .map((text) => `^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/%\{\w+\}/g, '[^,]{1,60}')}$`);
}

const screens = [
  ['queue', ''],
  ['request', 'tier_upgrade_requests/30000000-0000-4000-8000-000000000112/show'],
  ['figures', 'figures'],
  ['vendors', 'vendors'],
  ['vendor', 'vendors/10000000-0000-4000-8000-000000000021/show'],
  ['users', 'users'],
  ['mail', 'email_deliveries'],
  ['timeline', 'timeline'],
  ['features', 'flags'],
  ['settings', 'settings'],
] as const;

describe('the console in a browser that speaks French', () => {
  let browser: Browser;
  let person: Person;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    person = await newPerson(browser, { locale: 'fr-FR' });
    page = await person.openTab();
    await page.goto(`${theStack().admin}/admin/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectNoEnglish();
    await fillSignIn(page, 'admin1@example.com');
    await page.getByRole('heading', { name: 'Demandes', exact: true }).waitFor();
  });
  afterAll(() => browser?.close());

  /** Looks at every text node, and at what is only read out or shown on hovering. */
  async function expectNoEnglish(): Promise<void> {
    const english = englishOnly().map((pattern) => new RegExp(pattern));
    const said = (await page.evaluate(`[
      ...[...document.querySelectorAll('body *')].flatMap((element) =>
        [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)),
      ...[...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
        ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? '')),
      document.title,
    ].map((text) => text.trim()).filter(Boolean)`)) as string[];
    expect(said.filter((text) => english.some((pattern) => pattern.test(text)))).toEqual([]);
  }

  it.each(screens)('says everything on %s in French, accessibly', async (screen, path) => {
    await page.goto(`${theStack().admin}/admin/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
    await expectNoEnglish();
    await expectAccessible(page);
    await keepScreenshot(page, `french-${screen}`);
  });

  it('left no word on the console', () => person.expectNoComplaints());
});
