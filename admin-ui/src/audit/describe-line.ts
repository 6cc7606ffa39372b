import { flagTitle } from '../flags/flag-title.ts';
import type { TimelineLineFragment } from '../gql/graphql.ts';
import type { Text } from '../i18n/use-text.ts';

/** A line in words, and what is left of its internal note once the words have said it. */
export interface LineInWords {
  readonly sentence: string;
  readonly internalNote: string | null;
}

/** What the database notes of a flag: `tier_upgrade_requests: none to beta`. */
const FLAG_NOTE = /^([a-z][a-z0-9_]*): (absent|none|beta|all) to (absent|none|beta|all)$/;
/** What it notes of a vendor's beta switch. */
const BETA_NOTE = /^beta: (?:on|off) to (on|off)$/;
/** What it notes of a user who was shut out or let in. */
const USER_NOTE = /^user [0-9a-f-]{36}$/;

type LineEvent = Pick<
  TimelineLineFragment,
  'kind' | 'from_tier' | 'to_tier' | 'internal_note' | 'request'
> & {
  readonly actor: { readonly email: string } | null;
  readonly actor_role: string | null;
};

function nameActor({ actor, actor_role: role }: LineEvent, text: Text): string {
  if (actor) return actor.email;
  if (role === 'vendor') return text('event.vendor');
  return text(role === 'app_admin' ? 'event.admin' : 'event.database');
}

/** Says what happened. Notes that the database wrote in its own words become part of the sentence. */
export function describeLine(line: LineEvent, tierName: (level: number) => string, text: Text): LineInWords {
  const who = nameActor(line, text);
  const note = line.internal_note;
  const said = (sentence: string): LineInWords => ({ sentence, internalNote: null });
  const moved =
    line.from_tier !== null && line.to_tier !== null
      ? { from: tierName(line.from_tier), to: tierName(line.to_tier) }
      : undefined;
  switch (line.kind) {
    case 'submitted':
      return {
        sentence: line.request
          ? text('event.submitted', { who, tier: tierName(line.request.target_tier) })
          : text('audit.submitted', { who }),
        internalNote: note,
      };
    case 'approved':
      return {
        sentence: text(moved ? 'event.approvedTier' : 'event.approved', { who, ...moved }),
        internalNote: note,
      };
    case 'rejected':
    case 'cancelled':
      return { sentence: text(`event.${line.kind}`, { who }), internalNote: note };
    case 'tier_changed':
      return { sentence: text('event.tier_changed', { who, ...moved }), internalNote: note };
    case 'beta_changed': {
      const isBeta = note && BETA_NOTE.exec(note)?.[1];
      return isBeta
        ? said(text(isBeta === 'on' ? 'audit.betaOn' : 'audit.betaOff', { who }))
        : { sentence: text('audit.beta', { who }), internalNote: note };
    }
    case 'flag_changed': {
      const [, flag, from, to] = (note && FLAG_NOTE.exec(note)) || [];
      return flag && from && to
        ? said(
            text('audit.flag', {
              who,
              flag: flagTitle(flag, text),
              from: audience(from, text),
              to: audience(to, text),
            }),
          )
        : { sentence: text('audit.anyFlag', { who }), internalNote: note };
    }
    case 'user_disabled':
    case 'user_enabled':
      return {
        sentence: text(line.kind === 'user_disabled' ? 'audit.userDisabled' : 'audit.userEnabled', { who }),
        internalNote: note && USER_NOTE.test(note) ? null : note,
      };
    default:
      return {
        sentence: text('event.other', { who, kind: line.kind.replaceAll('_', ' ') }),
        internalNote: note,
      };
  }
}

function audience(name: string, text: Text): string {
  return name === 'none' || name === 'beta' || name === 'all'
    ? text(`flags.audience.${name}`)
    : text('flags.absent');
}
