import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailRoom } from '../testing/mail-room.ts';

let room: MailRoom;

beforeAll(async () => {
  room = await MailRoom.open();
});

afterAll(() => room?.close());

describe('the event route', () => {
  const body = (change: object) => ({
    trigger: { name: 'tier_upgrade_event_written' },
    event: { op: 'INSERT', data: { old: null, new: { id: 1, kind: 'submitted' } } },
    ...change,
  });
  test.each([
    ['another trigger', body({ trigger: { name: 'another' } })],
    ['another operation', body({ event: { op: 'DELETE', data: { new: null } } })],
    ['no row', body({ event: { op: 'INSERT', data: {} } })],
    [
      'an id that is none',
      body({ event: { op: 'INSERT', data: { new: { id: '1 or 1', kind: 'submitted' } } } }),
    ],
    ['a list', []],
  ])('refuses %s', async (_name, json) => {
    expect((await room.sendEvent(json)).status).toBe(400);
  });

  test('and whoever lacks the secret, as the cron route does', async () => {
    expect((await room.sendEvent(body({}), {})).status).toBe(401);
    expect((await room.runHousekeeping({})).status).toBe(401);
    expect((await room.runHousekeeping()).status).toBe(200);
  });

  test('takes what is gone, or is nobody’s business, as told', async () => {
    expect((await room.deliverEvent('9007199254740993', 'approved')).status).toBe(200);
    expect((await room.deliverEvent('1', 'flag_changed')).status).toBe(200);
  });
});
