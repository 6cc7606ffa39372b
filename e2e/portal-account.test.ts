import { createHash, randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { runSql } from './engine.ts';
import { fillSignIn, keepScreenshot, launchBrowser, newPerson, signInToPortal } from './fixtures.ts';

const NEW_PASSWORD = 'seven blue boats at dawn';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('a forgotten password', () => {
  it('is replaced by a link that works once, and opening the link changes nothing', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    const { portal } = inject('stack');
    await page.goto(`${portal}/portal/login`);
    await page.getByRole('link', { name: 'Forgotten your password?' }).click();
    await page.getByRole('heading', { name: 'Forgotten your password?' }).waitFor();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Enter the e-mail address of your account.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('E-mail').fill('vendor22@example.com');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Look into your inbox').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'portal-forgotten-sent');

    // What the mail carries is made when it is sent; here the test knows the token instead of reading a mail.
    const token = randomBytes(32).toString('base64url');
    const hash = createHash('sha256').update(token).digest('hex');
    await runSql(`insert into private.password_reset_tokens (token_hash, user_id, expires_at)
      select '\\x${hash}', id, now() + interval '1 hour' from users where email = 'vendor22@example.com'`);
    const link = `${portal}/portal/reset-password#token=${token}`;
    const prefetching = await person.openTab();
    await prefetching.goto(link);
    await prefetching.getByRole('heading', { name: 'Choose a password' }).waitFor();
    await prefetching.close();

    await page.goto(link);
    await page.getByLabel('New password').fill('too short');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('3 more characters are needed.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('Your password is set. Sign in with it.').waitFor();
    await fillSignIn(page, 'vendor22@example.com', NEW_PASSWORD);
    await page.getByRole('heading', { name: 'Valley Wool Mill' }).waitFor();
    person.expectNoComplaints();

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('New password').fill('another long password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor();
    await expectAccessible(page);
  });
});

describe('the profile', () => {
  it('changes name and address, keeps what is not saved yet, and belongs to its vendor alone', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor33@example.com');
    await page.getByRole('link', { name: 'Profile', exact: true }).first().click();
    await page.waitForURL(/\/portal\/vendors\/[\w-]{36}$/);
    await page.getByLabel('Name').fill('Granary Pasta & Sauces');
    await page.reload();
    await page.getByText('Not saved yet.').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Granary Pasta & Sauces');
    await page.getByLabel('Contact e-mail').fill('no address');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('That does not look like an e-mail address yet.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Contact e-mail').fill('ciao@granary.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your profile is saved.').waitFor();
    await page.getByRole('button', { name: 'Account: Granary Pasta & Sauces' }).waitFor();
    const rows = await runSql(`select name, email from vendors where email = 'ciao@granary.example'`);
    expect(rows).toEqual([['Granary Pasta & Sauces', 'ciao@granary.example']]);

    await page.goto(`${inject('stack').portal}/portal/vendors/00000000-0000-4000-8000-000000000000`);
    await page.getByText('This is not your profile').waitFor();
    await expectAccessible(page);
    person.expectNoComplaints();
  });
});

describe('sessions', () => {
  it('survive a change of password in the tabs of this browser and end on every other device', async () => {
    const person = await newPerson(browser);
    const [page, neighbour] = [await person.openTab(), await person.openTab()];
    await signInToPortal(page, 'vendor23@example.com');
    // A second tab takes the session over from the first; nobody signs in twice.
    await neighbour.goto(`${inject('stack').portal}/portal/locations`);
    await neighbour.getByRole('heading', { name: 'Locations' }).waitFor();
    const elsewhere = await newPerson(browser);
    const other = await elsewhere.openTab();
    await signInToPortal(other, 'vendor23@example.com');

    await page.getByRole('link', { name: 'Profile', exact: true }).first().click();
    await page.getByLabel('Current password').fill('not this one');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('That is not the password you use now.').waitFor();
    await page.getByLabel('Current password').fill('tierline-demo');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Every other device is signed out.').waitFor();

    await neighbour.reload();
    await neighbour.getByRole('heading', { name: 'Locations' }).waitFor();
    await other.reload();
    await other.getByRole('heading', { name: 'Welcome back' }).waitFor();

    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByText('You are signed out.').waitFor();
    await neighbour.getByText('You are signed out.').waitFor();
  });

  it('is restored after a reload without the sign-in page flashing by', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor8@example.com');
    await page.addInitScript(`
      const seen = new Set();
      globalThis.seen = seen;
      new MutationObserver(() => {
        if (document.querySelector('input[type="password"]')) seen.add('sign-in');
        if (document.querySelector('header')) seen.add('page');
      }).observe(document, { childList: true, subtree: true });`);
    await page.reload();
    await page.getByRole('heading', { name: 'Harbour Light Books' }).waitFor();
    const seen = await page.evaluate('[...seen]');
    expect(seen).toEqual(['page']);
    person.expectNoComplaints();
  });
});

describe('notifications', () => {
  it('ring the bell the moment they come, and are read here or on their page', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor7@example.com');
    await page.getByRole('link', { name: 'Locations', exact: true }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await runSql(`insert into notifications (user_id, kind, title, body, dedupe_key)
      select id, 'tier_changed', 'Your tier was changed', 'You are at the Pro tier.', 'journey-1'
      from users where email = 'vendor7@example.com'`);
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
    await page.getByText('Your tier was changed. An administrator changed it directly.').waitFor();
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
    await expectAccessible(page, 'header');
    await keepScreenshot(page, 'portal-bell');
    await page.getByRole('link', { name: 'See all' }).click();
    await page.getByRole('heading', { name: 'Notifications', exact: true, level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Mark all as read' }).first().click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    const rows = await runSql(`select read_at is not null from notifications where dedupe_key = 'journey-1'`);
    expect(rows).toEqual([['t']]);
    person.expectNoComplaints();
  });
});
