import { findFreePorts } from '@tierline/postgres';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MailStore } from './mail-store.ts';
import { type MailCatcher, startMailCatcher } from './start-mail-catcher.ts';

let catcher: MailCatcher;
let smtpPort: number;
let pagePort: number;

beforeAll(async () => {
  [smtpPort, pagePort] = (await findFreePorts(2)) as [number, number];
  catcher = await startMailCatcher({ smtp: smtpPort, page: pagePort });
});

afterAll(() => catcher?.close());

const send = (mail: object) =>
  createTransport({ host: '127.0.0.1', port: smtpPort }).sendMail({
    from: 'sender@example.com',
    to: 'reader@example.com',
    ...mail,
  });

const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${pagePort}${path}`, init);

interface Listed {
  readonly id: number;
  readonly subject: string;
}

async function idOf(subject: string): Promise<number> {
  const mails = (await (await get('/mails.json')).json()) as Listed[];
  return mails.find((mail) => mail.subject === subject)!.id;
}

describe('a mail', () => {
  it('is listed and shown, in text with its links', async () => {
    await send({
      subject: 'Hello',
      text: 'Look: http://localhost:3000/portal#token=abc, please',
      html: '<p>Hi</p>',
    });
    const id = await idOf('Hello');
    expect(await (await get('/')).text()).toContain(`<a class="mail" href="/mails/${id}">`);
    const page = await (await get(`/mails/${id}`)).text();
    expect(page).toContain('reader@example.com');
    expect(page).toContain('href="http://localhost:3000/portal#token=abc"');
    expect(page).toContain(`<iframe src="/mails/${id}/html"`);
  });

  it('is text on our pages, whatever it says', async () => {
    const evil = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>';
    await send({
      subject: `Evil ${evil}`,
      text: `${evil} javascript:alert(1) https://x.example/"onclick="alert(1)`,
    });
    const id = await idOf(`Evil ${evil}`);
    for (const path of ['/', `/mails/${id}`]) {
      const page = await (await get(path)).text();
      expect(page).not.toMatch(/<script>alert|<img src=x|href="javascript|"onclick/);
      expect(page).toContain('&lt;script&gt;alert(1)');
    }
  });

  it('may do nothing with its HTML: no script, no form, nothing loaded, and nobody’s origin', async () => {
    await send({
      subject: 'Framed',
      html: '<html><head><title>x</title></head><script>alert(1)</script></html>',
    });
    const answer = await get(`/mails/${await idOf('Framed')}/html`);
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toMatch(/; sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(policy).not.toMatch(/script|allow-same-origin/);
    expect(await answer.text()).toContain('<head><base target="_blank">');
  });

  it('of more than a megabyte is refused', async () => {
    await expect(send({ subject: 'Huge', text: 'x'.repeat(1_500_000) })).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(await (await get('/')).text()).not.toContain('Huge');
  });

  it('tells the list that it has come', async () => {
    const controller = new AbortController();
    const stream = (await get('/arrivals', { signal: controller.signal })).body!.pipeThrough(
      new TextDecoderStream(),
    );
    const reader = stream.getReader();
    expect((await reader.read()).value).toBe(': waiting\n\n');
    await send({ subject: 'Live', text: 'now' });
    expect((await reader.read()).value).toContain('event: mail');
    controller.abort();
  });
});

describe('the page', () => {
  it('answers names of this machine alone, so that no other site can read along', async () => {
    const { request } = await import('node:http');
    const statusFor = (host: string) =>
      new Promise((resolve, reject) => {
        request({ port: pagePort, host: '127.0.0.1', path: '/mails.json', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .once('error', reject)
          .end();
      });
    expect(await statusFor(`localhost:${pagePort}`)).toBe(200);
    for (const host of ['evil.example', `localhost.evil.example:${pagePort}`]) {
      expect(await statusFor(host), host).toBe(403);
    }
  });

  it('has a strict policy and only reads', async () => {
    const answer = await get('/');
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    expect((await get('/', { method: 'POST' })).status).toBe(405);
    expect((await get('/mails/9999')).status).toBe(404);
    expect((await get('/healthz')).status).toBe(200);
    expect(await (await get('/style.css')).text()).toContain('prefers-color-scheme: dark');
  });
});

it('forgets the oldest mails when there are too many or they are too large', () => {
  const store = new MailStore();
  const mail = { from: '', to: [], subject: '', messageId: '', html: null };
  for (let n = 0; n < 250; n += 1) store.add({ ...mail, text: '' });
  expect(store.mails).toHaveLength(200);
  expect(store.mails[0]!.id).toBe(250);
  for (let n = 0; n < 30; n += 1) store.add({ ...mail, text: 'x'.repeat(1_000_000) });
  expect(store.mails.filter(({ text }) => text !== '').length).toBeLessThanOrEqual(20);
  expect(store.mails[0]!.id).toBe(280);
});
