import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { asAdministrator, runSql } from './engine.ts';
import { fillSignIn, keepScreenshot, launchBrowser, newPerson, signInToPortal } from './fixtures.ts';
import { makeLineCuttable, tabTo } from './portal.ts';
import { theStack } from './provided.ts';

const REASON =
  'Since the spring fair we sell twice as much, and a second shop opens on 3 March beside the station.';
const APPROVE = 'mutation ($id: uuid!) { approveTierUpgradeRequest(requestId: $id) { success } }';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const justification = (page: Page) => page.getByRole('textbox', { name: /Why does this tier fit/ });

describe('locations', () => {
  it('are added until the tier is full, which is said before, and edited and removed', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor18@example.com');
    await page.getByRole('link', { name: 'Locations', exact: true }).click();
    await page.getByText('Room for 1 more.').waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Add a location' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a location' });
    await dialog.getByText('One place is left.').waitFor();
    await dialog.getByRole('button', { name: 'Add a location' }).click();
    await dialog.getByText('Give it a name.').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('Name').fill(' Quay & <i>Sons</i> ');
    await dialog.getByLabel('Street and number').fill('1 Harbour Street');
    await dialog.getByLabel('Town').fill('Oban');
    await dialog.getByLabel('Country').fill('Scotland');
    await dialog.getByRole('button', { name: 'Add a location' }).dblclick();
    await page.getByText('Quay & <i>Sons</i> is added.').waitFor();

    await page.getByRole('heading', { name: 'Plus covers 5 locations, and all are in use' }).waitFor();
    await page.getByText('Pro makes room for 20.').waitFor();
    expect(await page.getByRole('button', { name: 'Add a location' }).count()).toBe(0);
    expect(await page.getByRole('listitem').filter({ hasText: 'Quay & <i>Sons</i>' }).count()).toBe(1);
    await expectAccessible(page);
    await keepScreenshot(page, 'portal-locations-full');

    await page.getByRole('button', { name: 'Edit Quay & <i>Sons</i>' }).click();
    await page.getByRole('dialog', { name: 'Edit location' }).getByLabel('Name').fill('Quay Street');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Quay Street is saved.').waitFor();

    await page.getByRole('button', { name: 'Remove Quay Street' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Yes, remove it' }).click();
    await page.getByText('Room for 1 more.').waitFor();
    await page.getByRole('button', { name: 'Add a location' }).waitFor();
    person.expectNoComplaints();
  });

  it('that another window took the last place of are told so, with what was typed still there', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor24@example.com');
    const [[vendorId] = []] = await runSql(
      `select vendor_id from users where email = 'vendor24@example.com'`,
    );
    await page.goto(`${theStack().portal}/portal/locations?add`);
    const dialog = page.getByRole('dialog', { name: 'Add a location' });
    for (const label of ['Name', 'Street and number', 'Town', 'Country'])
      await dialog.getByLabel(label).fill('Typed');
    await runSql(`insert into vendor_locations (vendor_id, name, address, city, country)
      values ('${vendorId}', 'Fifth', 'x', 'x', 'x')`);
    await dialog.getByText('The last place was taken meanwhile').waitFor();
    expect(await dialog.getByLabel('Town').inputValue()).toBe('Typed');
    await runSql(`delete from vendor_locations where vendor_id = '${vendorId}' and name = 'Fifth'`);
    // A place is free again, and the form is still there with every word.
    await dialog.getByText('One place is left.').waitFor();
    expect(await dialog.getByLabel('Town').inputValue()).toBe('Typed');
  });
});

describe('a poor connection', () => {
  it('is said, and what happened meanwhile is caught up on without a reload', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    const line = await makeLineCuttable(page);
    await signInToPortal(page, 'vendor12@example.com');
    await page.getByRole('button', { name: 'Ask for an upgrade' }).first().click();
    await justification(page).fill(REASON);
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByRole('heading', { name: 'Plus is on its way to a reviewer' }).waitFor();
    await page.evaluate(() => Object.assign(globalThis, { sinceFirstLoad: true }));

    await line.cut();
    await page.getByText('You are offline.').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'portal-offline');
    const [[id] = []] = await runSql(
      `select r.id from tier_upgrade_requests r join users u on u.id = r.user_id
       where u.email = 'vendor12@example.com' and r.status = 'pending'`,
    );
    await asAdministrator(APPROVE, { id });
    await line.restore();

    await page.getByText('Approved. You are Plus now.').waitFor();
    await page.getByText('Back online, and up to date.').waitFor();
    await page.getByRole('region', { name: 'You are Plus now' }).waitFor();
    expect(await page.evaluate(() => 'sinceFirstLoad' in globalThis)).toBe(true);
    await keepScreenshot(page, 'portal-caught-up');
  });

  it('opens the installed app all the same, and says what is wrong', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor12@example.com');
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    // A worker looks after the pages that are opened once it is there.
    await page.reload();
    await page.getByRole('region', { name: 'Your tier' }).waitFor();
    await person.context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Tierline cannot be reached' }).waitFor();
    await expectAccessible(page);
    await person.context.setOffline(false);
    await page.getByRole('region', { name: 'Your tier' }).waitFor();
    const kept = (await page.evaluate(`(async () => {
      const caught = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
      return (await Promise.all(caught)).flat().map(({ url }) => new URL(url).pathname);
    })()`)) as string[];
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.filter((path) => !path.startsWith('/portal/'))).toEqual([]);
  });

  it('never makes a lost answer look like a failure', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor38@example.com');
    await page.getByRole('button', { name: 'Ask for an upgrade' }).first().click();
    await justification(page).fill(REASON);
    let lost = 0;
    await page.route('**/v1/graphql', async (route) => {
      if (lost > 0 || !route.request().postData()?.includes('submitTierUpgradeRequest'))
        return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByRole('heading', { name: 'Plus is on its way to a reviewer' }).waitFor();
    expect(lost).toBe(1);
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe('a session that runs out in the middle of a form', () => {
  it('is renewed without a word when it can be', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor17@example.com');
    await page.getByRole('button', { name: 'Ask for an upgrade' }).first().click();
    await justification(page).fill(REASON);
    let refused = 0;
    await page.route('**/v1/graphql', (route) => {
      const headers = route.request().headers();
      if (refused > 0) return route.continue();
      refused += 1;
      return route.continue({ headers: { ...headers, authorization: 'Bearer e30.e30.e30' } });
    });
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByRole('heading', { name: 'Plus is on its way to a reviewer' }).waitFor();
    expect(refused).toBe(1);
    person.expectNoComplaints();
  });

  it('leads through the sign-in and back to the form, with every word still there', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor28@example.com');
    await page.getByRole('button', { name: 'Ask for an upgrade' }).first().click();
    await justification(page).fill(REASON);
    await person.context.clearCookies();
    await page.route('**/v1/graphql', (route) =>
      route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer e30.e30.e30' } }),
    );
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByText('Your session has ended. Sign in to go on where you were').waitFor();
    await expectAccessible(page);
    await page.unroute('**/v1/graphql');
    await fillSignIn(page, 'vendor28@example.com');
    await page.getByRole('dialog', { name: 'Ask for an upgrade' }).waitFor();
    expect(await justification(page).inputValue()).toBe(REASON);
    await page.getByText('Your draft from last time is back.').waitFor();
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByRole('heading', { name: 'Pro is on its way to a reviewer' }).waitFor();
    person.expectNoComplaints();
  });
});

describe('without a mouse', () => {
  it('a vendor signs in, asks, follows the request and withdraws it', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await page.goto(`${theStack().portal}/portal/login`);
    await tabTo(page, 'E-mail');
    await page.keyboard.type('vendor19@example.com');
    await tabTo(page, 'Password');
    await page.keyboard.type('tierline-demo');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Salt Marsh Dairy' }).waitFor();

    await tabTo(page, 'Skip to content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Ask for an upgrade');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Ask for an upgrade' });
    await dialog.waitFor();
    // The dialog begins at the tier that comes next.
    await page.keyboard.press('ArrowDown');
    expect(await dialog.getByRole('radio', { name: 'Pro' }).isChecked()).toBe(true);
    await tabTo(page, /Why does this tier fit/);
    await page.keyboard.type(REASON);
    await tabTo(page, 'Send request');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pro is on its way to a reviewer' }).waitFor();
    // The place of the reader is where the button was, not at the top of the page.
    await tabTo(page, 'Details');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What you wrote' }).first().waitFor();

    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Cancel this request?' });
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel request');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Yes, cancel it');
    await page.keyboard.press('Enter');
    await page.getByText('Your request is cancelled.').first().waitFor();
    person.expectNoComplaints();
  });
});
