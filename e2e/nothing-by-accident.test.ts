import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { asAdministrator, runSql } from './engine.ts';
import { keepScreenshot, launchBrowser, newPerson, type Person, signInToConsole } from './fixtures.ts';
import { freezeActions } from './freeze.ts';
import { createRequests, removeCreatedVendors } from './requests.ts';

/** With every key that acts, and spaces between. */
const SENTENCE = 'Please ask again in spring: n a  r  j k a, and add your plan';
const REASON = 'Reason, shown to the vendor';
const APPROVE = 'mutation ($id: uuid!) { approveTierUpgradeRequest(requestId: $id) { message } }';

/** What must never happen to a reviewer: deciding by accident, being told what is not so, losing what was written. */
describe('a reviewer', () => {
  let browser: Browser;
  let reviewer: Person;
  let page: Page;
  let ids: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    ids = await createRequests([
      { vendor: 'Aldergrove Books' },
      { vendor: 'Birchwood Bikes' },
      { vendor: 'Cedar Ceramics' },
      { vendor: 'Dogwood Dairy' },
      { vendor: 'Elderberry Inn' },
    ]);
    reviewer = await newPerson(browser);
    page = await reviewer.openTab();
    await signInToConsole(page, 'admin2@example.com');
  });
  afterAll(async () => {
    await browser?.close();
    await removeCreatedVendors();
  });

  // Each begins at the queue, also behind one that failed on its way.
  beforeEach(async () => {
    if (!(await toQueue().isVisible())) return;
    await toQueue().click();
    await toQueue().waitFor({ state: 'detached' });
  });

  const field = () => page.getByLabel(REASON);
  const open = async (vendor: string) => {
    await page.getByRole('link', { name: vendor }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${vendor}`) }).waitFor();
    await page.getByText('What happened so far').waitFor();
  };
  const toQueue = () => page.getByRole('main').getByRole('link', { name: 'Queue', exact: true });
  const tryAgainUntil = async (outcome: Locator): Promise<boolean> => {
    const again = page.getByRole('button', { name: 'Try again' });
    if ((await again.count()) > 0 && (await again.isEnabled())) await again.click();
    return outcome.isVisible();
  };
  const statuses = async () =>
    (
      await runSql(
        `select status from tier_upgrade_requests where id in ('${ids.join("','")}') order by created_at, id`,
      )
    )
      .flat()
      .toSorted();

  it('whose request a colleague decides in the middle of a sentence loses nothing and decides nothing', async () => {
    await open('Aldergrove Books');
    const address = new URL(page.url()).pathname;
    await expect.poll(() => pressUntil('r', field())).toBe(true);
    await field().pressSequentially('We cannot do this yet. ');
    await asAdministrator(APPROVE, { id: ids[0] });
    await page.getByText(/^admin1@example\.com approved this at .*Your text is kept/).waitFor();
    await page.keyboard.type(SENTENCE);
    await page.keyboard.press('Enter');
    expect(await field().inputValue()).toBe('We cannot do this yet. ');
    expect(await field().isEditable()).toBe(false);
    expect(new URL(page.url()).pathname).toBe(address);
    expect(await statuses()).toEqual(['approved', 'pending', 'pending', 'pending', 'pending']);
    await expectAccessible(page);
    await keepScreenshot(page, 'accident-1-overtaken');
    await page.getByRole('button', { name: 'Throw the text away' }).click();
    await field().waitFor({ state: 'detached' });
    await toQueue().click();
  });

  it('approves nothing by keys pressed in passing', async () => {
    await open('Birchwood Bikes');
    await expect.poll(() => pressUntil('a', page.getByRole('button', { name: 'Yes, approve' }))).toBe(true);
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    expect(await statuses()).toEqual(['approved', 'pending', 'pending', 'pending', 'pending']);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Approved by you').waitFor();
    expect(await page.evaluate("document.activeElement.matches('a, button')")).toBe(false);
    await toQueue().click();
  });

  it('is told that there is no answer, and then what happened, when the server hangs', async () => {
    await open('Cedar Ceramics');
    await page.getByRole('button', { name: 'Approve…' }).click();
    const thaw = await freezeActions();
    try {
      await page.getByRole('button', { name: 'Yes, approve' }).click();
      await page.getByText(/^No answer yet\. It may/).waitFor();
      // Also once the engine has given up on the server.
      await page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 60_000 });
      expect(await page.getByText(/refused|webhook|exception/i).count()).toBe(0);
      await expectAccessible(page);
      await keepScreenshot(page, 'accident-2-unanswered');
    } finally {
      thaw();
    }
    // Awake, the server may find the request in its line or the line gone: then it is for the person to try again.
    await expect.poll(() => tryAgainUntil(page.getByText('Approved by you'))).toBe(true);
    expect(await page.getByText(/did not take effect|Your text is kept/).count()).toBe(0);
    await toQueue().click();
  });

  it('finds what was half written again after leaving, reloading, and Back', async () => {
    await open('Dogwood Dairy');
    await page.getByRole('button', { name: 'Reject…' }).click();
    await field().fill('Half a thought');
    await page.getByRole('button', { name: 'Add an internal note' }).click();
    await page.getByLabel('Internal note').fill('for colleagues');
    await toQueue().click();
    await open('Dogwood Dairy');
    await page.getByRole('button', { name: 'Go on writing' }).click();
    expect(await field().inputValue()).toBe('Half a thought');
    await page.reload();
    expect(await field().inputValue()).toBe('Half a thought');
    expect(await page.getByLabel('Internal note').inputValue()).toBe('for colleagues');
    await page.goBack();
    await page.goForward();
    await field().waitFor();
    expect(await field().inputValue()).toBe('Half a thought');
    await toQueue().click();
  });

  it('keeps the reason for many when the dialog goes, also by a click beside it', async () => {
    await page.getByRole('row').filter({ hasText: 'Elderberry Inn' }).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Reject 1…' }).click();
    await field().fill('All of you, please');
    await page.mouse.click(5, 450);
    expect(await field().inputValue()).toBe('All of you, please');
    await page.keyboard.press('Escape');
    await field().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Reject 1…' }).click();
    expect(await field().inputValue()).toBe('All of you, please');
    await field().fill('');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
  });

  it('switches single keys off, or changes them', async () => {
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByLabel('Show these keys').fill('h');
    await expectAccessible(page);
    await page.getByRole('heading', { name: 'Keyboard', exact: true }).click();
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await page.keyboard.press('?');
    await page.keyboard.press('h');
    await help.waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.getByRole('switch', { name: 'Single keys are shortcuts' }).uncheck();
    await page.keyboard.press('h');
    expect(await help.count()).toBe(0);
    await page.getByRole('switch', { name: 'Single keys are shortcuts' }).check();
    await page.getByRole('button', { name: 'As they were at first' }).click();
    reviewer.expectNoComplaints();
  });

  /** Presses a key that is deaf for the first moment, and looks whether it has done its work. */
  async function pressUntil(key: string, result: Locator): Promise<boolean> {
    await page.keyboard.press(key);
    return result.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
  }
});
