import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { tiers, userId, vendorId } from '../testing/fixtures.ts';
import { type Answer, renderPage } from '../testing/render-page.tsx';
import { LocationsPage } from './LocationsPage.tsx';

const texts = { name: 'Quay Street', address: '1 Quay Street', city: 'Oban', country: 'Scotland' };
const aLocation = (id: string, name = `Shop ${id}`) => ({
  __typename: 'vendor_locations',
  id,
  ...texts,
  name,
});

const aVendor = (tier: number, locations: object[], status?: string) => ({
  vendors_by_pk: {
    __typename: 'vendors',
    id: vendorId,
    tier,
    name: 'Harbor Lights',
    locations,
    newest: status ? [{ __typename: 'tier_upgrade_requests', id: 'r1', status }] : [],
  },
  feature_flags: [{ __typename: 'feature_flags', key: 'tier_upgrade_requests' }],
});

const show = (answers: Record<string, Answer>, route = '/locations') =>
  renderPage(<LocationsPage />, { Tiers: () => ({ tiers }), ...answers }, route);

async function fillIn(dialog: HTMLElement) {
  for (const [label, text] of [
    ['Name', texts.name],
    ['Street and number', texts.address],
    ['Town', texts.city],
    ['Country', texts.country],
  ] as const)
    await userEvent.type(within(dialog).getByLabelText(label), text);
}

describe('the limit of locations', () => {
  it('is explained where the button would be, with the way to a higher tier', async () => {
    show({ Locations: () => aVendor(1, [aLocation('1')]) });
    expect(
      await screen.findByRole('heading', { name: 'Basic covers 1 location, and it is in use' }),
    ).toBeVisible();
    expect(screen.getByText(/Plus makes room for 5\./)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Ask for Plus' })).toHaveAttribute(
      'href',
      '/dashboard?ask=2#tier-upgrade',
    );
    expect(screen.queryByRole('button', { name: 'Add a location' })).not.toBeInTheDocument();
  });

  it('leads to the request that is waiting instead of asking twice', async () => {
    show({ Locations: () => aVendor(1, [aLocation('1')], 'pending') });
    expect(await screen.findByRole('link', { name: 'See your request' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Ask for Plus' })).not.toBeInTheDocument();
  });

  it('leaves what a lower tier no longer covers, and warns before one of those goes', async () => {
    show({ Locations: () => aVendor(1, [aLocation('1'), aLocation('2')]) });
    expect(
      await screen.findByRole('heading', { name: 'Basic covers 1 location; you have 1 more' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Remove Shop 2' }));
    expect(screen.getByText(/it cannot be added again on this tier/)).toBeVisible();
  });

  it('reached by another window is told in words, and the form stays as it is', async () => {
    show(
      {
        Locations: () => aVendor(2, [aLocation('1')]),
        AddLocation: () => ({
          errors: [{ message: 'LOCATION_LIMIT_REACHED: 5', extensions: { code: 'constraint-violation' } }],
        }),
        NewestLocation: () => ({ vendor_locations: [aLocation('1')] }),
      },
      '/locations?add',
    );
    const dialog = await screen.findByRole('dialog', { name: 'Add a location' });
    await fillIn(dialog);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add a location' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('Your tier covers no more locations.');
    expect(within(dialog).getByLabelText('Town')).toHaveValue('Oban');
  });
});

describe('a location that another window has removed', () => {
  it('is said to be gone when its form goes, also in the middle of editing', async () => {
    const { pushLive } = show({ Locations: () => aVendor(2, [aLocation('1')]) }, '/locations?edit=1');
    expect(await screen.findByRole('dialog', { name: 'Edit location' })).toBeInTheDocument();
    act(() => pushLive('LocationsLive', aVendor(2, [])));
    expect(await screen.findByText('This location is no longer there.')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('adding a location', () => {
  it('happened when it is there, even though the answer was lost', async () => {
    let isAdded = false;
    const added = { ...aLocation('9'), ...texts };
    const { callsOf } = show(
      {
        Locations: () => aVendor(2, isAdded ? [aLocation('1'), added] : [aLocation('1')]),
        AddLocation: () => {
          isAdded = true;
          throw new TypeError('Failed to fetch');
        },
        NewestLocation: () => ({ vendor_locations: [added] }),
      },
      '/locations?add',
    );
    const dialog = await screen.findByRole('dialog', { name: 'Add a location' });
    await fillIn(dialog);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add a location' }));
    expect(await screen.findByText('Quay Street is added.')).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: 'Quay Street' })).toBeInTheDocument();
    expect(callsOf('AddLocation')).toHaveLength(1);
  });

  it('stays open with its text when the last place goes, and says so', async () => {
    const { pushLive } = show({ Locations: () => aVendor(1, []) }, '/locations?add');
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Town'), 'Oban');
    act(() => pushLive('LocationsLive', aVendor(1, [aLocation('1')])));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('The last place was taken meanwhile');
    expect(within(dialog).getByLabelText('Town')).toHaveValue('Oban');
    act(() => pushLive('LocationsLive', aVendor(1, [])));
    await waitFor(() => expect(within(dialog).queryByRole('alert')).not.toBeInTheDocument());
    expect(within(dialog).getByLabelText('Town')).toHaveValue('Oban');
  });

  it('does not open by itself once a place is free, when all were taken as the link was followed', async () => {
    const { pushLive } = show({ Locations: () => aVendor(1, [aLocation('1')]) }, '/locations?add');
    await screen.findByRole('heading', { name: /Basic covers 1 location/ });
    act(() => pushLive('LocationsLive', aVendor(1, [])));
    await screen.findByText('No locations yet');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('keeps what was typed when the page goes away, and forgets it when thrown away', async () => {
    const answers = { Locations: () => aVendor(2, [aLocation('1')]) };
    const key = `tierline:portal:location:${userId}:new`;
    const { unmount } = show(answers, '/locations?add');
    await userEvent.type(within(await screen.findByRole('dialog')).getByLabelText('Town'), 'Oban');
    unmount();
    expect(localStorage.getItem(key)).toContain('Oban');
    show(answers, '/locations?add');
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByLabelText('Town')).toHaveValue('Oban');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(localStorage.getItem(key)).toBeNull();
  });
});
