import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSettings, type Stack, startStack } from '@tierline/stack';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSignIn, keepScreenshot, launchBrowser, newPerson, signInToConsole } from './fixtures.ts';
import { theStack } from './provided.ts';
import { logToArtifact, type TemporaryEnvironment, temporaryEnvironment } from './temporary-stack.ts';

const isLong = Boolean(process.env.TIERLINE_LONG);
const VENDORS = isLong ? 10_000 : 1_000;
const REQUESTS = isLong ? 100_000 : 11_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('cell') });

/** How long things took, for docs/performance.md; what is slow on a busy machine is no failure. */
class Times {
  readonly #lines: string[] = [];

  async of(what: string, act: () => Promise<unknown>): Promise<void> {
    const start = performance.now();
    await act();
    this.#lines.push(`${what} ${Math.round(performance.now() - start)} ms`);
  }

  print(title: string): void {
    console.log(`${title}: ${this.#lines.join(', ')}`);
  }
}

describe('a signed-in console on the demo data', () => {
  it('has its first row soon, with an empty cache and with a full one', async () => {
    const times = new Times();
    const person = await newPerson(browser);
    await signInToConsole(await person.openTab(), 'admin1@example.com');
    const returning = await newPerson(browser, { storageState: await person.context.storageState() });
    for (const cache of ['empty', 'full']) {
      const page = await returning.openTab();
      await times.of(`${cache} cache`, async () => {
        await page.goto(`${theStack().admin}/admin/`);
        await rows(page).first().waitFor();
      });
      await page.close();
    }
    times.print('first row of the queue');
    person.expectNoComplaints();
    returning.expectNoComplaints();
  });
});

describe(`the console on ${REQUESTS.toLocaleString('en-GB')} requests`, () => {
  let temporary: TemporaryEnvironment;
  let stack: Stack;

  beforeAll(async () => {
    temporary = await temporaryEnvironment();
    stack = await startStack({
      settings: readSettings(temporary.env),
      withUi: true,
      log: logToArtifact('stack-of-many.log'),
    });
    await seed(temporary);
  });
  afterAll(async () => {
    await stack?.stop();
    await temporary?.remove();
  });

  it('finds, filters, pages and exports them, and counts what is filtered no further than anybody reads', async () => {
    const times = new Times();
    const person = await newPerson(browser);
    const page = await person.openTab();
    const tab = (name: string) =>
      page.getByRole('navigation', { name: 'Requests by status' }).getByText(name);
    const search = page.getByRole('searchbox', { name: 'Search requests' });
    const waitForOnly = (text: RegExp) =>
      expect
        .poll(
          async () => {
            const shown = await rows(page).allInnerTexts();
            return shown.length > 0 && shown.every((row) => text.test(row));
          },
          { timeout: 20_000 },
        )
        .toBe(true);

    await page.goto(`${stack.urls.admin}/admin/`);
    await fillSignIn(page, 'admin1@example.com');
    await rows(page).first().waitFor();
    await times.of('opened again', async () => {
      await page.reload();
      await rows(page).nth(24).waitFor();
    });
    await times.of('all statuses', async () => {
      await tab('All').click();
      await page.getByRole('columnheader', { name: 'Status' }).waitFor();
      await page.getByText(/^1–25 of [\d,]{6,}$/).waitFor();
    });
    await keepScreenshot(page, 'many-all');
    await times.of('those of a vendor', async () => {
      await search.fill('Sunny Bakery');
      await page.waitForURL(/Sunny/);
      await waitForOnly(/Sunny Bakery/);
    });
    await times.of('a search that finds nothing', async () => {
      await search.fill('no such words anywhere');
      await page.getByText('No request matches').waitFor();
    });
    await times.of('a search that finds nearly all, counted to 10,000', async () => {
      await search.fill('o');
      await page.getByText('1–25 of more than 10,000').waitFor();
    });
    await search.fill('');
    await page.getByText(/^1–25 of [\d,]{6,}$/).waitFor();
    await times.of('target tier', async () => {
      await page.getByRole('button', { name: /^Filters/ }).click();
      await page.getByRole('combobox', { name: 'Target tier' }).click();
      await page.getByRole('option', { name: 'Premier' }).click();
      await page.getByRole('button', { name: 'Done' }).click();
      await waitForOnly(/Premier/);
    });
    await times.of('a vendor picked from all', async () => {
      await page.getByRole('button', { name: /^Filters/ }).click();
      await page.getByRole('combobox', { name: 'Vendor' }).fill('Kestrel');
      await page.getByRole('option', { name: /Kestrel Bicycles/ }).click();
      await page.getByRole('button', { name: 'Done' }).click();
      await waitForOnly(/Kestrel Bicycles/);
    });
    await times.of('page 400 by its address', async () => {
      await page.goto(
        `${stack.urls.admin}/admin/tier_upgrade_requests?filter=%7B%7D&page=400&perPage=25&sort=created_at&order=DESC`,
      );
      await page.getByText(/^9,976–10,000 of /).waitFor();
    });
    await times.of('the page after it', async () => {
      await page.getByRole('button', { name: 'Next page' }).click();
      await page.getByText(/^10,001–10,025 of /).waitFor();
      await rows(page).nth(24).waitFor();
    });
    await times.of('a request from there', async () => {
      await rows(page).first().getByRole('link').click();
      await page.getByText('What happened so far').waitFor();
      await page.getByRole('link', { name: 'Next request in the queue' }).waitFor();
    });
    await page.keyboard.press('Escape');
    await page.getByText(/^10,001–10,025 of /).waitFor();
    await times.of('the export of all', async () => {
      const download = page.waitForEvent('download', { timeout: 120_000 });
      await page.getByRole('button', { name: 'Export as CSV' }).click();
      await download;
      await page.getByText(/^Saved [\d,]+ requests\.$/).waitFor();
    });
    const saved = await page.getByText(/^Saved [\d,]+ requests\.$/).innerText();
    expect(Number(saved.replace(/\D/g, ''))).toBeGreaterThan(REQUESTS);
    for (const room of ['figures', 'vendors', 'timeline'] as const) {
      await times.of(room, async () => {
        await page.goto(`${stack.urls.admin}/admin/${room}`);
        const shows = { figures: 'By tier', vendors: 'Beta or not', timeline: 'Show older lines' }[room];
        await page.getByRole('main').getByText(shows).first().waitFor();
        await page.waitForLoadState('networkidle');
      });
    }
    times.print(`${REQUESTS} requests`);
    person.expectNoComplaints();
  });
});

/** `npm run seed`, on the stack of this environment. */
async function seed({ env }: TemporaryEnvironment): Promise<void> {
  const root = join(import.meta.dirname, '..');
  await promisify(execFile)(
    process.execPath,
    ['stack/src/seed.ts', '--vendors', String(VENDORS), '--requests', String(REQUESTS), '--seed', '1'],
    { cwd: root, env: { ...process.env, ...env } },
  );
}
