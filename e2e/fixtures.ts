import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
} from 'playwright-core';
import { expect, inject } from 'vitest';
import { theStack } from './provided.ts';

/** The password of every demo user. */
const PASSWORD = 'tierline-demo';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-zygote',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
];

/** Starts the run's browser. */
export function launchBrowser(): Promise<Browser> {
  const installed = inject('chromium');
  return chromium.launch({
    executablePath: installed.path,
    args: FLAGS,
    env: { ...process.env, ...installed.env } as Record<string, string>,
  });
}

/** A person's browser: its tabs share cookies, and whatever any of them complains about is remembered. */
export interface Person {
  readonly context: BrowserContext;
  openTab(): Promise<Page>;
  /** Fails when a page reported an error, on its console or by throwing. */
  expectNoComplaints(): void;
}

/** Opens an empty browser profile, with a window of a size people have unless told otherwise. */
export async function newPerson(browser: Browser, options?: BrowserContextOptions): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (isComplaint(message)) complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return {
    context,
    openTab: () => context.newPage(),
    expectNoComplaints: () => expect(complaints).toEqual([]),
  };
}

/** Errors count, and so do warnings: a page that warns people in their console is not finished. */
function isComplaint(message: ConsoleMessage): boolean {
  return message.type() === 'error' || message.type() === 'warning';
}

/** Signs a demo vendor into the portal and waits for the dashboard. */
export async function signInToPortal(page: Page, email: string): Promise<void> {
  await page.goto(theStack().portal);
  await fillSignIn(page, email);
  await page.waitForURL('**/portal/dashboard**');
}

/** Signs a demo administrator into the review console and waits for the queue. */
export async function signInToConsole(page: Page, email: string): Promise<void> {
  await page.goto(theStack().admin);
  await fillSignIn(page, email);
  await page.getByRole('heading', { name: 'Requests', exact: true }).waitFor();
}

/** Fills in the sign-in page of either app, in whichever language it is, and sends it. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('input[type="email"], input[name="email"]').fill(email);
  await page.locator('input[type="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

/** Keeps what the page looks like in e2e/artifacts: all of it, or what its window shows when `fullPage` is false. */
export async function keepScreenshot(page: Page, name: string, { fullPage = true } = {}): Promise<void> {
  await page.screenshot({ path: join(import.meta.dirname, 'artifacts', `${name}.png`), fullPage });
}
