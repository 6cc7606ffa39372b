import { expect, test } from 'vitest';
import { PasswordHasher } from './passwords.ts';

const hasher = new PasswordHasher();

test('a password fits its own hash only', async () => {
  const hash = await hasher.hash('correct horse battery');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hasher.verify('correct horse battery', hash)).toBe(true);
  expect(await hasher.verify('correct horse batter', hash)).toBe(false);
  expect(await hasher.hash('correct horse battery')).not.toBe(hash);
});

test.each([[undefined], [''], ['!'], ['nobody has this password']])('nothing fits %s', async (storedHash) => {
  expect(await hasher.verify('nobody has this password', storedHash)).toBe(false);
});
