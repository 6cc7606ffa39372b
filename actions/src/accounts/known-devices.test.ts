import { expect, test } from 'vitest';
import { DEVICE_DAYS, KnownDevices } from './known-devices.ts';

const devices = new KnownDevices('a-secret-for-tests-only');
const DAY = 24 * 60 * 60 * 1000;

test('a device is known for the address that it signed in as, and for no other', () => {
  const cookie = devices.remember(undefined, 'ann');
  expect(devices.find(cookie, 'ann')).toMatch(/^[\w-]{16}$/);
  expect(devices.find(cookie, 'bob')).toBeUndefined();
  expect(new KnownDevices('another secret of ours').find(cookie, 'ann')).toBeUndefined();
  expect(devices.find(devices.remember(undefined, 'ann'), 'ann')).not.toBe(devices.find(cookie, 'ann'));
});

test('it keeps its id when it signs in again, so that its guesses do not begin anew', () => {
  const first = devices.remember(undefined, 'ann');
  const again = devices.remember(first, 'ann');
  expect(devices.find(again, 'ann')).toBe(devices.find(first, 'ann'));
  expect(again.split('.')).toHaveLength(1);
});

test('people who share a browser are known beside each other, the last five of them', () => {
  const people = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay'];
  const cookie = people.reduce<string | undefined>((before, who) => devices.remember(before, who), undefined);
  expect(people.filter((who) => devices.find(cookie, who) !== undefined)).toEqual(people.slice(1));
});

test('it is forgotten after a while without a sign-in', () => {
  const cookie = devices.remember(undefined, 'ann', 0);
  expect(devices.find(cookie, 'ann', DEVICE_DAYS * DAY)).toBeDefined();
  expect(devices.find(cookie, 'ann', (DEVICE_DAYS + 1) * DAY)).toBeUndefined();
});

test('nothing that was changed or made up is known, and none of it does harm', () => {
  const cookie = devices.remember(undefined, 'ann');
  const bytes = Buffer.from(cookie, 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    expect(devices.find(changed.toString('base64url'), 'ann')).toBeUndefined();
  }
  for (const nonsense of ['', '.', 'x', cookie.slice(1), `${cookie}x`, '.'.repeat(100_000), 'ü'.repeat(54)]) {
    expect(devices.find(nonsense, 'ann')).toBeUndefined();
    expect(devices.find(devices.remember(nonsense, 'ann'), 'ann')).toBeDefined();
  }
});
