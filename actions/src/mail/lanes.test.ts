import { expect, test } from 'vitest';
import { MailLanes } from './lanes.ts';

test('a domain has three mails under way at once, others are not held up by it', () => {
  const lanes = new MailLanes();
  for (let mail = 0; mail < 3; mail += 1) lanes.enter('big.example');
  lanes.enter('small.example');
  expect(lanes.full()).toEqual(['big.example']);
  lanes.leave('big.example', false);
  expect(lanes.full()).toEqual([]);
});

test('one that was slow has a single one, until a mail to it is quick again', () => {
  const lanes = new MailLanes();
  lanes.enter('slow.example');
  expect(lanes.full()).toEqual([]);
  lanes.leave('slow.example', true);
  expect(lanes.full()).toEqual([]);
  lanes.enter('slow.example');
  expect(lanes.full()).toEqual(['slow.example']);
  lanes.leave('slow.example', false);
  lanes.enter('slow.example');
  expect(lanes.full()).toEqual([]);
});

test('what is remembered of slow domains is bounded', () => {
  const lanes = new MailLanes();
  for (let domain = 0; domain <= 1000; domain += 1) lanes.leave(`${domain}.example`, true);
  for (const domain of ['0.example', '1.example', '1000.example']) lanes.enter(domain);
  expect(lanes.full()).toEqual(['1.example', '1000.example']);
});
