import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { keepScreenshot, launchBrowser, newPerson, signInToConsole, signInToPortal } from './fixtures.ts';
import { theStack } from './provided.ts';

const REASON =
  'Please tell us which locations you plan to open, and when. "Soon" & <i>maybe</i> is not enough.';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

describe('a pending request', () => {
  it('is refused with a reason that the vendor reads at once', async () => {
    const vendor = await newPerson(browser);
    const portal = await vendor.openTab();
    await signInToPortal(portal, 'vendor2@example.com');
    await portal.getByRole('heading', { name: 'Plus is on its way to a reviewer' }).waitFor();
    await expectAccessible(portal);

    const reviewer = await newPerson(browser);
    const review = await reviewer.openTab();
    await signInToConsole(review, 'admin2@example.com');
    await review.getByRole('link', { name: 'Blue Fjord Seafood' }).click();
    await review.getByRole('button', { name: 'Reject…' }).click();
    await review.getByRole('textbox', { name: 'Reason, shown to the vendor' }).fill(REASON);
    await review.getByRole('button', { name: 'Add an internal note' }).click();
    await review.getByRole('textbox', { name: 'Internal note' }).fill('Asked twice before by phone.');
    await expectAccessible(review);
    await keepScreenshot(review, 'refusal-1-form');
    await review.getByRole('button', { name: 'Reject and tell the vendor' }).click();
    await review.getByText('Rejected. Blue Fjord Seafood sees your reason.').waitFor();

    // The bell holds the same words, unseen while it is closed.
    await portal.getByText(REASON).filter({ visible: true }).first().waitFor();
    await portal.getByText('Asked twice before by phone.').waitFor({ state: 'detached' });
    await expectAccessible(portal);
    await keepScreenshot(portal, 'refusal-2-reason');
    vendor.expectNoComplaints();
    reviewer.expectNoComplaints();
  });

  it('is withdrawn by its vendor and leaves the queue of a reviewer who is looking', async () => {
    const reviewer = await newPerson(browser);
    const review = await reviewer.openTab();
    await signInToConsole(review, 'admin1@example.com');
    const row = review.getByRole('link', { name: 'Elm Street Florists' });
    await row.waitFor();
    await expectAccessible(review);

    const vendor = await newPerson(browser);
    const portal = await vendor.openTab();
    await signInToPortal(portal, 'vendor5@example.com');
    await portal.getByRole('button', { name: 'Cancel request' }).click();
    await portal.getByRole('button', { name: 'Yes, cancel it' }).click();
    await portal.getByText('Your request is cancelled.').first().waitFor();

    await row.waitFor({ state: 'detached' });
    vendor.expectNoComplaints();
    reviewer.expectNoComplaints();
  });
});

describe('signing in', () => {
  it('refuses a wrong password and the wrong app in words, and lets nobody past', async () => {
    const person = await newPerson(browser);
    const portal = await person.openTab();
    await portal.goto(`${theStack().portal}/portal/dashboard`);
    await portal.getByLabel('E-mail').fill('vendor1@example.com');
    await portal.getByLabel('Password', { exact: true }).fill('not the password');
    await portal.getByRole('button', { name: 'Sign in' }).click();
    await portal.getByText('E-mail and password do not match an account.').waitFor();
    await expectAccessible(portal);
    await portal.getByLabel('E-mail').fill('admin1@example.com');
    await portal.getByLabel('Password', { exact: true }).fill('tierline-demo');
    await portal.getByRole('button', { name: 'Sign in' }).click();
    await portal.getByText('This account is for the review console.').waitFor();
    await keepScreenshot(portal, 'sign-in-refused');
  });
});
