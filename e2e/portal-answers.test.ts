import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { asAdministrator, runSql } from './engine.ts';
import { keepScreenshot, launchBrowser, newPerson, signInToPortal } from './fixtures.ts';
import { expectNoSidewaysScroll } from './portal.ts';
import { theStack } from './provided.ts';

const EMAIL = 'vendor9@example.com';
const TEXT = 'We open two more shops in spring, and want both of them to be listed as soon as that is so.';
const REASON = 'Please say how many visitors you had last year.';
const REJECT =
  'mutation ($id: uuid!, $reason: String!) { rejectTierUpgradeRequest(requestId: $id, rejectionReason: $reason) { success } }';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A request of the vendor that was rejected just now. */
async function rejectedRequest(): Promise<string> {
  await runSql(`insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
    select v.id, u.id, v.tier, v.tier + 1, '${TEXT}'
    from users u join vendors v on v.id = u.vendor_id where u.email = '${EMAIL}'`);
  const [[id] = []] =
    await runSql(`select r.id from tier_upgrade_requests r join users u on u.vendor_id = r.vendor_id
    where u.email = '${EMAIL}' and r.status = 'pending'`);
  await asAdministrator(REJECT, { id, reason: REASON });
  return String(id);
}

describe('the newest answer', () => {
  it('is on top, where bell and mail lead, asks again at its reason, and is put away', async () => {
    const id = await rejectedRequest();
    const person = await newPerson(browser, { viewport: { width: 390, height: 844 } });
    const page = await person.openTab();
    await signInToPortal(page, EMAIL);
    const answer = page.getByRole('region', { name: /^Your request for .* was rejected$/ });
    await answer.getByText(REASON).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await keepScreenshot(page, 'portal-answer-phone');

    await answer.getByRole('button', { name: 'Ask again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask for an upgrade' });
    const text = dialog.getByRole('textbox');
    await dialog.getByText(REASON).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    expect(await text.inputValue()).toBe(TEXT);
    await keepScreenshot(page, 'portal-answer-again', { fullPage: false });
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await dialog.getByText('This is what you wrote before, word for word.').waitFor();
    await expectAccessible(page);
    const [[pending] = []] = await runSql(`select count(*) from tier_upgrade_requests r
      join users u on u.vendor_id = r.vendor_id where u.email = '${EMAIL}' and r.status = 'pending'`);
    expect(Number(pending)).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await answer.getByRole('button', { name: 'Put away' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Your requests' }).waitFor();
    expect(await answer.count()).toBe(0);
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await page
      .getByRole('link', { name: new RegExp(REASON.replaceAll('.', '\\.')) })
      .first()
      .click();
    await answer.getByText(REASON).waitFor();
    expect(new URL(page.url()).searchParams.get('answer')).toBe(id);
    person.expectNoComplaints();
  });
});

/** What a browser may refuse, as a script that runs before the page's own. */
const REFUSALS = {
  missing: `
    delete globalThis.BroadcastChannel;
    for (const name of ['locks', 'serviceWorker']) Object.defineProperty(Navigator.prototype, name, { get: () => undefined });
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: () => null });`,
  forbidden: `
    const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
    globalThis.BroadcastChannel = refuse;
    for (const name of ['locks', 'serviceWorker']) Object.defineProperty(Navigator.prototype, name, { get: refuse });
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: refuse });`,
  full: `
    const refuse = () => { throw new DOMException('The quota has been exceeded.', 'QuotaExceededError'); };
    Storage.prototype.setItem = refuse;
    BroadcastChannel.prototype.postMessage = refuse;
    // The empty page that a tab begins with has none of these.
    if (location.protocol !== 'about:') {
      LockManager.prototype.request = async () => refuse();
      CacheStorage.prototype.open = async () => refuse();
      ServiceWorkerContainer.prototype.register = async () => refuse();
    }`,
};

describe('a browser whose storage, locks, workers and lines between tabs are', () => {
  it.each(Object.entries(REFUSALS))('%s still has all of the portal', async (_, script) => {
    const person = await newPerson(browser);
    await person.context.addInitScript(script);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor3@example.com');
    await page.getByRole('button', { name: 'Ask for an upgrade' }).first().click();
    await page.getByRole('dialog').getByRole('textbox').fill('Half a thought');
    await page.keyboard.press('Escape');
    // Who was signed in stays so, in this tab and in another one.
    await page.reload();
    await page.getByRole('heading', { name: 'Your requests' }).waitFor();
    const other = await person.openTab();
    await other.goto(`${theStack().portal}/portal/locations`);
    await other.getByRole('heading', { name: 'Locations', level: 1 }).waitFor();
    await other.getByRole('button', { name: /^Notifications/ }).click();
    person.expectNoComplaints();
  });
});
