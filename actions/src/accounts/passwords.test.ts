import { hash as argon2Hash, verify } from '@node-rs/argon2';
import { expect, test, vi } from 'vitest';
import { PasswordHasher } from './passwords.ts';

// The library as it is, with its calls counted.
vi.mock(import('@node-rs/argon2'), async (original) => {
  const library = await original();
  return { ...library, verify: vi.fn(library.verify) };
});

const hasher = new PasswordHasher();

test('a password fits its own hash only', async () => {
  const hash = await hasher.hash('correct horse battery');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hasher.verify('correct horse battery', hash)).toBe(true);
  expect(await hasher.verify('correct horse batter', hash)).toBe(false);
  expect(await hasher.hash('correct horse battery')).not.toBe(hash);
});

test('letters are the same however they are composed, also to hashes made before that was so', async () => {
  const composed = 'caf\u00E9 au lait d\u2019\u00E9t\u00E9';
  const decomposed = composed.normalize('NFD');
  const made = await hasher.hash(decomposed);
  const older = await argon2Hash(decomposed);
  for (const stored of [made, older]) {
    expect(await hasher.verify(composed, stored)).toBe(true);
    expect(await hasher.verify(decomposed, stored)).toBe(true);
    expect(await hasher.verify('cafe au lait d\u2019ete', stored)).toBe(false);
  }
});

test.each([[undefined], [''], ['!'], ['nobody has this password']])('nothing fits %s', async (storedHash) => {
  expect(await hasher.verify('nobody has this password', storedHash)).toBe(false);
});

test('a comparison costs the same without a hash to compare with', async () => {
  for (const storedHash of [await hasher.hash('correct horse battery'), undefined, '!']) {
    vi.mocked(verify).mockClear();
    await hasher.verify('correct horse', storedHash);
    expect(vi.mocked(verify).mock.calls).toEqual([
      [expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), 'correct horse'],
    ]);
  }
});
