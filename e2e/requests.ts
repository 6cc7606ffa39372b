import { runSql } from './engine.ts';

/** A vendor of a test's own with a request that waits; what is left out does not matter to the test. */
export interface NewRequest {
  readonly vendor: string;
  readonly email?: string;
  readonly tier?: number;
  readonly target?: number;
  readonly justification?: string;
  /** Where the vendor is, if anywhere. */
  readonly location?: Readonly<Record<'name' | 'address' | 'city' | 'country', string>>;
}

const JUSTIFICATION = 'We opened two new branches in the harbour and want to list all of them by summer.';

let created = 0;

/** Lets new vendors ask, in this order, and answers the ids of their requests. */
export async function createRequests(requests: readonly NewRequest[]): Promise<string[]> {
  const ids: string[] = [];
  for (const request of requests) {
    const { vendor, tier = 1, target = tier + 1, justification = JUSTIFICATION, location } = request;
    created += 1;
    const slug = `e2e-${process.pid}-${created}`;
    const email = request.email ?? `${slug}@vendors.example`;
    const [[id] = []] = await runSql(`
      with vendor as (
        insert into vendors (name, slug, email, tier)
        values (${quote(vendor)}, '${slug}', ${quote(email)}, ${tier}) returning id
      ), location as (
        insert into vendor_locations (vendor_id, name, address, city, country)
        select id, ${quote(location?.name)}, ${quote(location?.address)}, ${quote(location?.city)}, ${quote(location?.country)}
        from vendor where ${location !== undefined}
      )
      insert into tier_upgrade_requests (vendor_id, current_tier, target_tier, business_justification)
      select id, ${tier}, ${target}, ${quote(justification)} from vendor returning id`);
    if (!id) throw new Error(`no request for ${vendor}`);
    ids.push(id);
  }
  return ids;
}

/** Takes the vendors of this file away again, so that the next one finds the demo data as they were. */
export async function removeCreatedVendors(): Promise<void> {
  await runSql(`delete from vendors where slug like 'e2e-${process.pid}-%'`);
}

/** A literal for a statement that takes no parameters. */
function quote(text: string | undefined): string {
  return text === undefined ? 'null' : `'${text.replaceAll("'", "''")}'`;
}
