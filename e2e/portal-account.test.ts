import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { runSql } from './engine.ts';
import { fillSignIn, keepScreenshot, launchBrowser, newPerson, signInToPortal } from './fixtures.ts';
import { linkMailedTo, mailsTo } from './mail.ts';
import { theStack } from './provided.ts';

const NEW_PASSWORD = 'seven blue boats at dawn';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Asks for a link on the page that the sign-in leads to. */
async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto(`${theStack().portal}/portal/forgot-password`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
}

describe('a forgotten password', () => {
  const EMAIL = 'vendor22@example.com';

  it('is replaced by a mailed link that works once, and opening the link changes nothing', async () => {
    const elsewhere = await newPerson(browser);
    const other = await elsewhere.openTab();
    await signInToPortal(other, EMAIL);

    const person = await newPerson(browser);
    const page = await person.openTab();
    const { portal } = theStack();
    await page.goto(`${portal}/portal/login`);
    await page.getByRole('link', { name: 'Forgotten your password?' }).click();
    await page.getByRole('heading', { name: 'Forgotten your password?' }).waitFor();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Enter the e-mail address of your account.').waitFor();
    await expectAccessible(page);
    // An address that nobody has gets the very same answer, and no mail.
    await askForLink(page, 'nobody@example.com');
    await page.getByText('If an account signs in with nobody@example.com').waitFor();
    await page.getByRole('button', { name: 'Use another address' }).click();
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText(`If an account signs in with ${EMAIL}`).waitFor();
    // The form is gone, so the reader's place is at what came instead.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Look into your inbox');
    await expectAccessible(page);
    await keepScreenshot(page, 'portal-forgotten-sent');

    const link = await linkMailedTo(EMAIL, 1);
    expect(link).toMatch(new RegExp(`^${portal}/portal/reset-password#token=[\\w-]+$`));
    expect(await mailsTo('nobody@example.com')).toEqual([]);
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
    await page.getByRole('button', { name: 'Set password' }).dblclick();
    await page.getByText('Your password is set. Sign in with it.').waitFor();
    await fillSignIn(page, EMAIL, NEW_PASSWORD);
    await page.getByRole('heading', { name: 'Valley Wool Mill' }).waitFor();
    // Whoever was signed in with the old one is not any more.
    await other.reload();
    await other.getByRole('heading', { name: 'Welcome back' }).waitFor();
    person.expectNoComplaints();

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('New password').fill('another long password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await page.getByText('A link is good for one hour and can be used once.').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Ask for a new link' }).click();
    await page.getByRole('heading', { name: 'Forgotten your password?' }).waitFor();
  });

  it('has a link for an hour, after which the page says so and leads to a new one', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await askForLink(page, 'vendor29@example.com');
    const link = await linkMailedTo('vendor29@example.com', 1);
    const OWN = `user_id = (select id from users where email = 'vendor29@example.com')`;
    const left = await runSql(
      `select round(extract(epoch from expires_at - now()) / 60) from private.password_reset_tokens where ${OWN}`,
    );
    expect(left).toEqual([['60']]);
    await runSql(
      `update private.password_reset_tokens set expires_at = now() - interval '1 second' where ${OWN}`,
    );
    await page.goto(link);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await page.getByRole('link', { name: 'Ask for a new link' }).waitFor();
    await page.getByRole('link', { name: 'Back to sign-in' }).click();
    await fillSignIn(page, 'vendor29@example.com');
    await page.getByRole('heading', { name: 'Copper Kettle Brewing' }).waitFor();
  });

  it('says when to come back once too many links were asked for', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    for (let link = 1; link <= 3; link++) await askForLink(page, 'vendor32@example.com');
    await page.getByRole('button', { name: 'Use another address' }).click();
    await page.getByLabel('E-mail').fill('Vendor32@Example.com');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText(/You can try again at \d\d:\d\d \(in (\d+ minutes|an hour|1 minute)\)\./).waitFor();
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

    await page.goto(`${theStack().portal}/portal/vendors/00000000-0000-4000-8000-000000000000`);
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
    await neighbour.goto(`${theStack().portal}/portal/locations`);
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

  it('end everywhere at once, in the tabs of this browser and on every other device', async () => {
    const person = await newPerson(browser);
    const [page, neighbour] = [await person.openTab(), await person.openTab()];
    await signInToPortal(page, 'vendor16@example.com');
    await neighbour.goto(`${theStack().portal}/portal/dashboard`);
    await neighbour.getByRole('heading', { name: 'Paper Crane Stationery' }).waitFor();
    const elsewhere = await newPerson(browser);
    const other = await elsewhere.openTab();
    await signInToPortal(other, 'vendor16@example.com');

    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('button', { name: 'Sign out on every device' }).click();
    await page.getByText('You are signed out.').waitFor();
    await neighbour.getByText('You are signed out.').waitFor();
    await other.reload();
    await other.getByRole('heading', { name: 'Welcome back' }).waitFor();
    person.expectNoComplaints();
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
