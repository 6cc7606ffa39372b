import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en.ts';
import { fr } from '../../messages/fr.ts';
import { notificationText } from './notification.ts';

const nameOf = (level: number) => (level === 2 ? 'Plus' : undefined);
const about = (kind: string, body: string, target_tier?: number) => ({
  kind,
  title: 'Stored title',
  body,
  request: target_tier === undefined ? null : { id: 'r', target_tier },
});

describe('notificationText', () => {
  it('says what happened in the language of the reader', () => {
    const approved = about('tier_upgrade_request_approved', 'You are now at the Plus tier.', 2);
    expect(notificationText(approved, en, nameOf).title).toBe('Your request was approved');
    expect(notificationText(approved, fr, nameOf)).toEqual({
      title: 'Votre demande est acceptée',
      body: 'Vous êtes maintenant Plus. Votre tableau de bord montre ce qui est nouveau.',
    });
  });

  it('gives a reason in the words of whoever wrote it', () => {
    const rejected = about('tier_upgrade_request_rejected', 'Please add <b>figures</b>.', 2);
    expect(notificationText(rejected, fr, nameOf).body).toBe('Please add <b>figures</b>.');
    const changed = about('tier_changed', 'You are now at the Pro tier. Reason: Won the tender.');
    expect(notificationText(changed, fr, nameOf).body).toMatch(/ Motif : Won the tender\.$/);
    expect(
      notificationText(about('tier_changed', 'You are now at the Pro tier.'), en, nameOf).body,
    ).not.toMatch(/Reason/);
  });

  it('needs no stored text for what the software itself did', () => {
    const cancelled = about('tier_upgrade_request_cancelled', 'The tier was set to 3.', 2);
    expect(notificationText(cancelled, fr, nameOf).body).toBe(
      'Votre niveau a été changé directement : il n’y avait plus rien à décider.',
    );
  });

  it('shows the stored text when the tier is not known, and when the kind is new', () => {
    const gone = about('tier_upgrade_request_approved', 'You are now at the Plus tier.');
    expect(notificationText(gone, en, nameOf).body).toBe('You are now at the Plus tier.');
    const other = about('something_new', 'Stored body');
    expect(notificationText(other, fr, nameOf)).toEqual({ title: 'Stored title', body: 'Stored body' });
  });
});
