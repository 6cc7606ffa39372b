import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { runSql } from './engine.ts';
import { keepScreenshot, launchBrowser, newPerson, type Person, signInToConsole } from './fixtures.ts';
import { expectNoSidewaysScroll } from './portal.ts';
import { theStack } from './provided.ts';
import { createRequests, removeCreatedVendors } from './requests.ts';

const LONG = 'Q'.repeat(60);
const RIGHT_TO_LEFT = '\u202E';
/** Unlike anything else in the data, and on every screen that shows the vendor. */
const VENDOR = `=Evil <img src=x onerror="globalThis.ran=1"><b>b</b> %{tier} |||| $& ${RIGHT_TO_LEFT}txet ${LONG}`;
const EMAIL = `<img/src=x/onerror=globalThis.ran=1>${LONG}@evil.example`;
const JUSTIFICATION = `<script>globalThis.ran=1</script> **bold** [a](javascript:alert(1)) ${RIGHT_TO_LEFT}\n\n# ${LONG}${LONG}`;
const REASON = `<svg onload="globalThis.ran=1"></svg> *no* ${RIGHT_TO_LEFT} ${LONG}${LONG}`;
const LOCATION = {
  name: `<i>Shop</i> ${LONG}`,
  address: `<a href="javascript:alert(1)">1 Quay</a> ${LONG}`,
  city: `<style>*{display:none}</style>${LONG}`,
  country: `<iframe src=x>${RIGHT_TO_LEFT}`,
};

/** What a vendor, or a mail server, may have written, on the smallest screen there is. */
describe('text that means harm', () => {
  let browser: Browser;
  let reviewer: Person;
  let page: Page;
  let vendorId: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    const [requestId] = await createRequests([
      { vendor: VENDOR, email: EMAIL, justification: JUSTIFICATION, location: LOCATION },
    ]);
    [[vendorId]] = (await runSql(
      `select vendor_id from tier_upgrade_requests where id = '${requestId}'`,
    )) as [[string]];
    await runSql(`insert into public.email_deliveries (dedupe_key, recipient, template, status, attempts, last_error)
      values ('hostile-texts', '${EMAIL}', 'approved', 'dead', 8, '550 ${REASON}')`);
    reviewer = await newPerson(browser, { viewport: { width: 360, height: 740 } });
    page = await reviewer.openTab();
  });
  afterAll(async () => {
    await browser?.close();
    await removeCreatedVendors();
    await runSql(`delete from public.email_deliveries where dedupe_key = 'hostile-texts'`);
  });

  const open = (path: string) => page.goto(`${theStack().admin}/admin/${path}`);
  const expectHarmless = async (screen: string) => {
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    expect(await page.locator('#root :is(img, script, iframe, style, b, i, em, h2 strong)').count()).toBe(0);
    expect(await page.locator('[href^="javascript:" i]').count()).toBe(0);
    expect(await page.evaluate(LEAKS), 'what turns the words beside it').toEqual([]);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await keepScreenshot(page, `hostile-${screen}`);
  };

  it('is nothing but text in the queue and on the request', async () => {
    await signInToConsole(page, 'admin1@example.com');
    await page.getByRole('link', { name: '<b>b</b>' }).waitFor();
    await expectHarmless('queue');
    await page.getByRole('link', { name: '<b>b</b>' }).click();
    await page.getByText('<script>globalThis.ran=1</script> **bold**').waitFor();
    await page.getByText('<i>Shop</i>').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/Q asks for Plus$/);
    await expectHarmless('request');
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel('Reason, shown to the vendor').fill(REASON);
    await page.getByRole('button', { name: 'Reject and tell the vendor' }).click();
    // The message at the lower edge has the name in it.
    await page.getByText(/^Rejected\. =Evil <img .* sees your reason\.$/).waitFor();
    await expectHarmless('decided');
  });

  it.each([
    ['vendors', 'vendors?filter=%7B%22q%22%3A%22%3DEvil%22%7D', '<b>b</b>'],
    ['timeline', 'timeline', '<svg onload='],
    ['mail', 'email_deliveries?filter=%7B%22q%22%3A%22evil.example%22%7D', '550 <svg'],
    ['notifications', 'notifications', '<b>b</b>'],
  ])('is nothing but text under %s', async (screen, path, shows) => {
    await open(path);
    await page.getByText(shows).first().waitFor();
    await expectHarmless(screen);
  });

  it('is nothing but text on the page of its vendor', async () => {
    await open(`vendors/${vendorId}/show`);
    await page.getByText('<a href="javascript:alert(1)">1 Quay</a>').waitFor();
    await expectHarmless('vendor');
  });

  it('is no formula in the export, and comes out of it as it went in', async () => {
    await open('tier_upgrade_requests?filter=%7B%22q%22%3A%22%3DEvil%22%7D');
    await page.getByRole('link', { name: '<b>b</b>' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toContain(`"'${VENDOR.replaceAll('"', '""')}"`);
    expect(text).toContain(`"${JUSTIFICATION.replaceAll('"', '""')}"`);
  });

  it('left no word on the console, of a broken policy least of all', () => reviewer.expectNoComplaints());
});

/** The texts in the page that hold a mark of direction and are not kept apart from what stands beside them. */
const LEAKS = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const leaks = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.includes('\\u202E')) continue;
    const parent = node.parentElement;
    const isKept = /isolate|plaintext/.test(getComputedStyle(parent).unicodeBidi);
    if (!isKept || parent.childNodes.length > 1) leaks.push(parent.outerHTML.slice(0, 200));
  }
  return leaks;
})()`;
