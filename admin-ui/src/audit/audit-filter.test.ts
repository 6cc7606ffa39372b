import { describe, expect, it } from 'vitest';
import { englishI18nProvider } from '../i18n/i18n-provider.ts';
import type { Text } from '../i18n/use-text.ts';
import { readAuditFilter, toAuditConditions } from './audit-filter.ts';
import { describeLine } from './describe-line.ts';
import { auditPath } from './paths.ts';

const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const text: Text = (key, values) => englishI18nProvider.translate(`tierline.${key}`, values);
const read = (query: string) => readAuditFilter(new URLSearchParams(query));

describe('the filter of the timeline', () => {
  it('goes into an address and comes back', () => {
    const filter = { kind: 'approved', actor: id, vendor: id, from: '2026-05-03', to: '2026-05-04' };
    expect(readAuditFilter(new URL(auditPath(filter), 'http://x').searchParams)).toEqual(filter);
  });

  it('leaves out what makes no sense', () => {
    expect(read("kind=drop&actor=me&vendor=1'&from=2026-13-45&to=yesterday&x=1")).toEqual({});
  });

  it('takes days as a person means them, the last one included', () => {
    const start = new Date('2026-05-03T00:00:00').toISOString();
    const end = new Date('2026-05-05T00:00:00').toISOString();
    expect(toAuditConditions(read('from=2026-05-03&to=2026-05-04&actor=database'))).toEqual({
      _and: [{ actor_id: { _is_null: true } }, { at: { _gte: start } }, { at: { _lt: end } }],
    });
  });

  it('goes on after a place, also between lines of the same moment', () => {
    const at = '2026-05-03T10:00:00.123456+00:00';
    expect(toAuditConditions({}, { at, id: 7 })).toEqual({
      _and: [{ at: { _lte: at } }, { _or: [{ at: { _lt: at } }, { id: { _lt: 7 } }] }],
    });
  });
});

describe('a line in words', () => {
  const line = {
    actor: { email: 'admin1@example.com' },
    actor_role: 'app_admin',
    from_tier: null,
    to_tier: null,
    request: null,
    internal_note: null as string | null,
  };
  const words = (changes: Partial<typeof line> & { readonly kind: string }) =>
    describeLine({ ...line, ...changes }, (level) => `tier ${level}`, text);

  it('takes in what the database noted', () => {
    expect(words({ kind: 'beta_changed', internal_note: 'beta: off to on' })).toEqual({
      sentence: 'admin1@example.com took the vendor into the beta',
      internalNote: null,
    });
    expect(words({ kind: 'flag_changed', internal_note: 'some_flag: none to beta' })).toEqual({
      sentence: 'admin1@example.com changed who has the feature some_flag: Nobody before, Beta vendors now',
      internalNote: null,
    });
    expect(words({ kind: 'user_disabled', internal_note: `user ${id}` }).internalNote).toBeNull();
  });

  it('keeps a note that it does not know', () => {
    expect(words({ kind: 'flag_changed', internal_note: '<b>other</b>' }).internalNote).toBe('<b>other</b>');
    expect(words({ kind: 'painted_blue', internal_note: 'n' })).toEqual({
      sentence: 'admin1@example.com changed something (painted blue)',
      internalNote: 'n',
    });
  });
});
