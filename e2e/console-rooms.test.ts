import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { runSql } from './engine.ts';
import { keepScreenshot, launchBrowser, newPerson, type Person, signInToConsole } from './fixtures.ts';
import { countOperations } from './operations.ts';
import { theStack } from './provided.ts';

const vendor = (n: number) => `/admin/vendors/10000000-0000-4000-8000-${String(n).padStart(12, '0')}/show`;
const user = (n: number) => `/admin/users/20000000-0000-4000-8000-${String(n).padStart(12, '0')}/show`;

/** Each room of the console beside the queue: where it is, and what stands there once it has loaded. */
const rooms: readonly (readonly [name: string, path: string, shows: string])[] = [
  ['figures', '/admin/figures', 'By tier'],
  ['vendors', '/admin/vendors', 'Alder & Rye Bakery'],
  ['vendor', vendor(21), 'Umber Leather Goods'],
  ['users', '/admin/users', 'admin1@example.com'],
  ['user', user(21), 'What they did'],
  ['mail', '/admin/email_deliveries', 'Mail deliveries'],
  ['timeline', '/admin/timeline', 'Show older lines'],
  ['features', '/admin/flags', 'Beta vendors'],
  ['notifications', '/admin/notifications', 'Mark all as read'],
  ['settings', '/admin/settings', 'Change password'],
];

/** Beside the one introspection of the provider, which the lists that it writes share. */
const OPERATIONS = 3;

let browser: Browser;
let person: Person;
let page: Page;
let operations: ReturnType<typeof countOperations>;

beforeAll(async () => {
  browser = await launchBrowser();
  person = await newPerson(browser);
  page = await person.openTab();
  operations = countOperations(page);
  await signInToConsole(page, 'admin1@example.com');
});

afterAll(() => browser?.close());

const open = (path: string) => page.goto(`${theStack().admin}${path}`);
const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name }).click();

describe('the rooms of the console', () => {
  beforeEach(async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it.each(rooms)(
    '%s: few operations, accessible in light, dark and on a phone',
    async (name, path, shows) => {
      operations.reset();
      await open(path);
      await page.getByRole('main').getByText(shows).first().waitFor();
      await page.waitForLoadState('networkidle');
      expectFewOperations();
      expect(await page.title()).toContain('Tierline');
      await expectAccessible(page);
      await keepScreenshot(page, `console-${name}-light`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 360, height: 780 });
      // Loaded anew: half-way from one scheme to the other, colours are none of ours.
      await page.reload();
      await page.getByRole('main').getByText(shows).first().waitFor();
      await expectAccessible(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await keepScreenshot(page, `console-${name}-phone-dark`);
    },
  );

  it.each([
    ['/admin/vendors', { q: 'juniper', tier: 1, waiting: 'yes' }],
    ['/admin/users', { q: 'leather', role: 'vendor', state: 'enabled' }],
    ['/admin/email_deliveries', { q: 'nobody', status: 'dead' }],
  ])('%s, narrowed down by a link: few operations', async (path, filter) => {
    operations.reset();
    await open(`${path}?${new URLSearchParams({ filter: JSON.stringify(filter), order: 'ASC' })}`);
    await page
      .getByRole('searchbox')
      .and(page.locator(`[value="${filter.q}"]`))
      .waitFor();
    await page.waitForLoadState('networkidle');
    expectFewOperations();
  });

  it('the timeline of a vendor by a link: few operations', async () => {
    operations.reset();
    await open('/admin/timeline?vendor=10000000-0000-4000-8000-000000000021&kind=submitted&to=2090-01-01');
    await page.getByRole('combobox', { name: 'Vendor' }).and(page.locator('[value^=Umber]')).waitFor();
    await page.waitForLoadState('networkidle');
    expectFewOperations();
  });
});

function expectFewOperations(): void {
  const names = operations.names().filter((name) => name !== 'IntrospectionQuery');
  expect(names.length, names.join(', ')).toBeLessThanOrEqual(OPERATIONS);
}

describe('an administrator', () => {
  beforeAll(async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('narrows the vendors down, in the address, and finds a way out of a search that finds nothing', async () => {
    await open('/admin/vendors');
    await page.getByRole('searchbox').fill('juniper');
    await page.getByRole('row', { name: /Juniper Soap Works/ }).waitFor();
    await page.waitForURL(/juniper/);
    await page.getByRole('searchbox').fill('%_"<b>');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('row', { name: /Alder & Rye Bakery/ }).waitFor();
  });

  it('sets a tier directly, knowing what that does, and reads of it in the timeline', async () => {
    await open(vendor(22));
    await page.getByRole('button', { name: 'Change tier…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Premier/ }).check();
    await dialog.getByText('The vendor’s users are told').waitFor();
    await dialog.getByLabel('Reason, shown to the vendor').fill('By <b>contract</b>.');
    await expectAccessible(page);
    await keepScreenshot(page, 'console-change-tier');
    await dialog.getByRole('button', { name: 'Set the tier' }).click();
    await page.getByText('Valley Wool Mill is on Premier now.').waitFor();
    await page.getByText('admin1@example.com moved the vendor from Basic to Premier').waitFor();
    await page.getByText('By <b>contract</b>.').waitFor();
  });

  it('takes a vendor into the beta', async () => {
    await open(vendor(23));
    await page.getByRole('switch', { name: 'Beta vendor' }).click();
    await page.getByText('Willow Pet Supplies is in the beta now.').waitFor();
    await page.getByText('admin1@example.com took the vendor into the beta').waitFor();
  });

  it('shuts a user out and lets them in again, but never themselves', async () => {
    await open(user(24));
    await page.getByRole('button', { name: 'Disable…' }).click();
    await page.getByText('Every session ends').waitFor();
    await expectAccessible(page);
    await confirm('Disable…');
    await page.getByText('vendor24@example.com is disabled.').waitFor();
    await page.getByRole('button', { name: 'Enable…' }).click();
    await confirm('Enable…');
    await page.getByText('vendor24@example.com can sign in again.').waitFor();
    await open(user(901));
    await page.getByText('Nobody can disable themselves').waitFor();
    expect(await page.getByRole('button', { name: 'Disable…' }).isDisabled()).toBe(true);
  });

  it('opens a feature to fewer, and to all again', async () => {
    await open('/admin/flags');
    for (const audience of ['Beta vendors', 'Everybody']) {
      await page.getByRole('button', { name: new RegExp(`^${audience}`) }).click();
      await page.getByText('The timeline keeps who changed it').waitFor();
      await confirm('Change it');
      await page.getByText(`Tier upgrade requests: ${audience}, from now on.`).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it('reads notifications, and the bell of another tab hears of it', async () => {
    const other = await person.openTab();
    await other.goto(`${theStack().admin}/admin/settings`);
    await other.getByRole('link', { name: /unread notification/ }).waitFor();
    await open('/admin/notifications');
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await other.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Unread', exact: true }).click();
    await page.getByText('New notifications appear here by themselves.').waitFor();
    await other.close();
  });

  it('follows the timeline by kind and day', async () => {
    await open('/admin/timeline');
    await page.getByRole('combobox', { name: 'What happened' }).click();
    await page.getByRole('option', { name: 'Direct changes of tier' }).click();
    await page.getByText('admin1@example.com moved the vendor from Basic to Premier').waitFor();
    await page.getByText('asked for').first().waitFor({ state: 'detached' });
    await page.getByLabel('To', { exact: true }).fill('2001-01-01');
    await page.getByText('Nothing matches').waitFor();
    await page.waitForURL(/kind=tier_changed&to=2001-01-01/);
  });

  it('changes language, which is remembered, and dates and numbers with it', async () => {
    await open('/admin/figures');
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Chiffres' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Chiffres' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
    await keepScreenshot(page, 'console-figures-french');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Réglages' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Compte/ }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Figures' }).waitFor();
  });

  it('changes the password and stays signed in here', async () => {
    await open('/admin/settings');
    const change = async (from: string, to: string) => {
      await page.getByLabel('Present password').fill(from);
      await page.getByLabel('New password', { exact: true }).fill(to);
      await page.getByLabel('New password once more').fill(to);
      await page.getByRole('button', { name: 'Change password' }).click();
    };
    await change('tierline-demo', 'another sentence of mine');
    await page.getByText('Every other session has ended').waitFor();
    await page.reload();
    await change('another sentence of mine', 'tierline-demo');
    await page.getByText('Every other session has ended').waitFor();
  });

  it('asks for a link when the password is forgotten, and a link that is no good says so', async () => {
    const forgetful = await newPerson(browser);
    const tab = await forgetful.openTab();
    await tab.goto(`${theStack().admin}/admin/`);
    await tab.getByRole('link', { name: 'Forgotten your password?' }).click();
    await expectAccessible(tab);
    await tab.getByLabel('E-mail').fill('nobody@example.com');
    await tab.getByRole('button', { name: 'Send the link' }).click();
    await tab.getByRole('heading', { name: 'Look at your mail' }).waitFor();
    await expectAccessible(tab);
    await tab.goto(`${theStack().admin}/admin/reset-password`);
    await tab.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await expectAccessible(tab);
    forgetful.expectNoComplaints();
  });

  it('sets a new password by the link of a mail, which works once', async () => {
    const forgetful = await newPerson(browser);
    const tab = await forgetful.openTab();
    const follow = async (token: string, password: string) => {
      await tab.goto(`${theStack().admin}/admin/forgot-password`);
      await tab.goto(`${theStack().admin}/admin/reset-password#token=${token}`);
      await tab.getByLabel('New password').fill(password);
      await tab.getByLabel('Once more').fill(password);
      await tab.getByRole('button', { name: 'Set the password' }).click();
    };
    for (const [token, password] of [
      ['first-link', 'a sentence set by a link'],
      ['second-link', 'tierline-demo'],
    ] as const) {
      await runSql(`insert into private.password_reset_tokens (token_hash, user_id, expires_at)
        values (sha256('${token}'), '20000000-0000-4000-8000-000000000902', now() + interval '1 hour')`);
      await follow(token, password);
      await tab.getByRole('heading', { name: 'Your password is changed' }).waitFor();
      expect(tab.url()).not.toContain(token);
    }
    await expectAccessible(tab);
    forgetful.expectNoComplaints();
    await follow('second-link', 'something else entirely');
    await tab.getByRole('heading', { name: 'This link does not work' }).waitFor();
  });

  it('queues a mail again that was given up', async () => {
    await runSql(`insert into public.email_deliveries (dedupe_key, recipient, template, status, attempts, last_error)
      values ('console-rooms', 'lost@example.com', 'approved', 'dead', 8, '550 <b>no such</b> mailbox')`);
    await open('/admin/email_deliveries?filter=%7B%22q%22%3A%22lost%40%22%7D');
    await page.getByText('550 <b>no such</b> mailbox').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'console-mail-given-up');
    await page.getByRole('button', { name: 'Send again to lost@example.com' }).click();
    await page.getByText('The mail to lost@example.com is queued again.').waitFor();
    await page.getByRole('cell', { name: 'Given up' }).waitFor({ state: 'detached' });
  });

  it('saw no complaint on any console', () => person.expectNoComplaints());
});
