import { createResetLink } from '@tierline/actions/reset-tokens';
import type pg from 'pg';
import { StackStartError } from '../errors.ts';
import type { Settings } from '../settings/types.ts';

/** Who is to sign in. */
export interface NewUser {
  readonly email: string;
  readonly role: 'admin' | 'vendor';
  /** The slug of a vendor's user's vendor. */
  readonly vendor: string | null;
}

/** No password fits this, so that the link is the only way in. */
const NO_PASSWORD = '!';

/**
 * Creates a user without a password, and a link that sets one. For a user who is there already, in that very role, it
 * makes a new link: the first may have been lost. Throws a StackStartError that says what is wrong with the user.
 */
export async function createUserLink(
  client: pg.Client,
  settings: Pick<Settings, 'portalUrl' | 'adminUrl'>,
  user: NewUser,
): Promise<{ readonly link: string; readonly isNew: boolean }> {
  await client.query('begin');
  const vendorId = user.vendor === null ? null : await findVendor(client, user.vendor);
  const created = await insertUser(client, user, vendorId);
  const id = created ?? (await findSameUser(client, user, vendorId));
  const link = await createResetLink(
    { query: async (text, values) => (await client.query(text, values && [...values])).rows },
    { portalUrl: new URL(settings.portalUrl), adminUrl: new URL(settings.adminUrl) },
    { id, role: user.role },
  );
  await client.query('commit');
  return { link, isNew: created !== undefined };
}

async function findVendor(client: pg.Client, slug: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select id from public.vendors where slug = $1', [
    slug,
  ]);
  if (rows[0] === undefined) throw new StackStartError(`There is no vendor with the slug ${slug}.`);
  return rows[0].id;
}

async function insertUser(
  client: pg.Client,
  { email, role }: NewUser,
  vendorId: string | null,
): Promise<string | undefined> {
  try {
    const { rows } = await client.query<{ id: string }>(
      `insert into public.users (email, password_hash, role, vendor_id) values ($1, $2, $3, $4)
       on conflict (lower(email)) do nothing returning id`,
      [email, NO_PASSWORD, role, vendorId],
    );
    return rows[0]?.id;
  } catch (error) {
    const isWrongAddress =
      error instanceof Error && 'constraint' in error && error.constraint === 'users_email_format';
    if (isWrongAddress) throw new StackStartError(`${email} is not an e-mail address.`, { cause: error });
    throw error;
  }
}

async function findSameUser(
  client: pg.Client,
  { email, role }: NewUser,
  vendorId: string | null,
): Promise<string> {
  const { rows } = await client.query<{ id: string; isDisabled: boolean }>(
    `select id, disabled_at is not null as "isDisabled" from public.users
     where lower(email) = lower($1) and role = $2 and vendor_id is not distinct from $3`,
    [email.trim(), role, vendorId],
  );
  if (rows[0] === undefined)
    throw new StackStartError(`${email} belongs to a user of another role or vendor already.`);
  if (rows[0].isDisabled) throw new StackStartError(`${email} is disabled; an administrator can enable it.`);
  return rows[0].id;
}
