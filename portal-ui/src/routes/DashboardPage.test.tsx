import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { readDraft, writeDraft } from '../features/upgrade-requests/request-draft.ts';
import { aDashboard, aRequest, aVendor, tiers, userId } from '../testing/fixtures.ts';
import { type Answer, renderPage } from '../testing/render-page.tsx';
import { DashboardPage } from './DashboardPage.tsx';

const Tiers: Answer = () => ({ tiers });
const show = (dashboard: object, route?: string) =>
  renderPage(<DashboardPage />, { Tiers, Dashboard: () => dashboard }, route);

describe('the dashboard', () => {
  it('says that it is loading, then names the page and shows the tier', async () => {
    show(aDashboard(aVendor()));
    expect(screen.getByText('Loading…')).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: 'Harbor Lights' })).toBeInTheDocument();
    expect(within(screen.getByRole('region', { name: 'Your tier' })).getByText('Basic')).toBeInTheDocument();
    expect(screen.getByRole('meter', { name: 'Locations' })).toHaveAttribute(
      'aria-valuetext',
      '1 of 1 location used',
    );
    expect(document.title).toBe('Dashboard · Tierline');
  });

  it('invites to the next tier and says how long an answer takes', async () => {
    show(aDashboard(aVendor()));
    const card = await screen.findByRole('region', { name: 'Grow to Plus' });
    expect(card).toHaveAttribute('id', 'tier-upgrade');
    expect(within(card).getByText('Monthly report')).toBeInTheDocument();
    expect(within(card).getByText('Usually answered within 2 days.')).toBeInTheDocument();
    expect(within(card).getByRole('button', { name: 'Ask for an upgrade' })).toBeInTheDocument();
  });

  it('promises no time while too few requests were answered', async () => {
    show(aDashboard(aVendor(), { medianHours: null }));
    await screen.findByRole('region', { name: 'Grow to Plus' });
    expect(screen.queryByText(/Usually answered/)).not.toBeInTheDocument();
  });

  it('shows an empty history with the next step in it', async () => {
    show(aDashboard(aVendor()));
    expect(await screen.findByText('No requests yet')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Write your first request' })).toBeInTheDocument();
  });

  it('offers another try when loading failed', async () => {
    const dashboard = aDashboard(aVendor());
    renderPage(<DashboardPage />, {
      Tiers,
      Dashboard: (_, call) => {
        if (call === 1) throw new TypeError('Failed to fetch');
        return dashboard;
      },
    });
    expect(await screen.findByText('This could not be loaded')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Harbor Lights' })).toBeInTheDocument();
  });

  it('has no card at the top tier, and says so kindly', async () => {
    const { container } = show(aDashboard(aVendor({ tier: 4, locations: 31 })));
    expect(await screen.findByText(/You are at the top tier/)).toBeInTheDocument();
    expect(screen.getByText('31 locations, no limit')).toBeInTheDocument();
    expect(container.querySelector('#tier-upgrade')).toBeNull();
  });

  it('has no card while the feature is not on for the vendor, and still shows what exists', async () => {
    const { container, pushLive } = show(
      aDashboard(
        aVendor({ requests: [aRequest({ status: 'rejected', rejection_reason: 'More figures, please.' })] }),
        {
          isFeatureOn: false,
        },
      ),
      '/dashboard?ask=2',
    );
    expect(await screen.findByText('More figures, please.')).toBeInTheDocument();
    expect(container.querySelector('#tier-upgrade')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Ask again' })).not.toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    act(() =>
      pushLive('FeatureLive', {
        feature_flags: [{ __typename: 'feature_flags', key: 'tier_upgrade_requests' }],
      }),
    );
    expect(await screen.findByRole('button', { name: 'Ask again' })).toBeInTheDocument();
    expect(await screen.findByRole('dialog', { name: 'Ask for an upgrade' })).toBeInTheDocument();
    act(() => pushLive('FeatureLive', { feature_flags: [] }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.getByText(/not open for your account at the moment/)).toBeInTheDocument();
  });

  it('shows a pending request with its story, and approval as it happens', async () => {
    const request = aRequest();
    const { pushLive } = show(aDashboard(aVendor({ requests: [request] })));
    expect(
      await screen.findByRole('heading', { name: 'Plus is on its way to a reviewer' }),
    ).toBeInTheDocument();
    expect(document.title).toBe('Request pending · Tierline');
    expect(screen.queryByRole('button', { name: 'Ask for an upgrade' })).not.toBeInTheDocument();

    const approved = { ...request, status: 'approved' };
    act(() => pushLive('DashboardLive', { vendors_by_pk: aVendor({ tier: 2, requests: [approved] }) }));
    expect(await screen.findByText('Approved. You are Plus now.')).toBeInTheDocument();
    const celebration = screen.getByRole('region', { name: 'You are Plus now' });
    expect(within(celebration).getByText('Monthly report')).toBeInTheDocument();
    expect(within(screen.getByRole('region', { name: 'Your tier' })).getByText('Plus')).toBeInTheDocument();
    await userEvent.click(within(celebration).getByRole('button', { name: 'Lovely, thanks' }));
    expect(screen.queryByRole('region', { name: 'You are Plus now' })).not.toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Grow to Pro' })).toBeInTheDocument();
  });

  it('asks before it cancels, and moves the reader to what comes next', async () => {
    const request = aRequest();
    let current = aVendor({ requests: [request] });
    const { callsOf } = renderPage(<DashboardPage />, {
      Tiers,
      Dashboard: () => aDashboard(current),
      CancelTierUpgradeRequest: () => {
        const cancelled = { ...request, status: 'cancelled' };
        current = aVendor({ requests: [cancelled] });
        return {
          cancelTierUpgradeRequest: {
            __typename: 'TierUpgradeRequestPayload',
            requestId: request.id,
            request: cancelled,
          },
        };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel request' }));
    const question = screen.getByRole('alertdialog', { name: 'Cancel this request?' });
    await userEvent.click(within(question).getByRole('button', { name: 'Keep it' }));
    expect(callsOf('CancelTierUpgradeRequest')).toHaveLength(0);
    await userEvent.click(screen.getByRole('button', { name: 'Cancel request' }));
    await userEvent.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
    expect(await screen.findByText(/Your request is cancelled/)).toBeInTheDocument();
    expect(callsOf('CancelTierUpgradeRequest')).toEqual([
      { name: 'CancelTierUpgradeRequest', variables: { requestId: request.id } },
    ]);
    expect(screen.getByRole('heading', { name: 'Grow to Plus' })).toHaveFocus();
  });

  it('takes a cancel whose answer was lost for what it is, and keeps the place of the reader', async () => {
    const request = aRequest();
    let current = aVendor({ requests: [request] });
    renderPage(<DashboardPage />, {
      Tiers,
      Dashboard: () => aDashboard(current),
      CancelTierUpgradeRequest: () => {
        current = aVendor({ requests: [{ ...request, status: 'cancelled' }] });
        throw new TypeError('Failed to fetch');
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel request' }));
    await userEvent.click(screen.getByRole('button', { name: 'Yes, cancel it' }));
    expect(await screen.findByText(/Your request is cancelled/)).toBeInTheDocument();
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Grow to Plus' })).toHaveFocus();
  });

  it('starts again from the text and the reason of a declined request', async () => {
    const declined = aRequest({
      status: 'rejected',
      target_tier: 3,
      rejection_reason: 'Please add <b>figures</b>.',
    });
    show(aDashboard(aVendor({ requests: [declined] })));
    await userEvent.click(await screen.findByRole('button', { name: 'Ask again' }));
    const dialog = screen.getByRole('dialog', { name: 'Ask for an upgrade' });
    expect(within(dialog).getByRole('radio', { name: 'Pro' })).toBeChecked();
    expect(within(dialog).getByRole('textbox')).toHaveValue(declined.business_justification);
    expect(within(dialog).getByText('Please add <b>figures</b>.')).toBeInTheDocument();
  });

  it('starts again from a declined request of another page, told so when it cannot be had', async () => {
    const declined = aRequest({ status: 'rejected', target_tier: 3, rejection_reason: 'Figures, please.' });
    const { callsOf } = renderPage(
      <DashboardPage />,
      {
        Tiers,
        Dashboard: () => aDashboard(aVendor()),
        EarlierRequest: (_, call) => {
          if (call === 1) throw new TypeError('Failed to fetch');
          return { tier_upgrade_requests_by_pk: declined };
        },
      },
      `/dashboard?ask=&again=${declined.id}`,
    );
    expect(await screen.findByText(/earlier request could not be loaded/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Ask for an upgrade' }));
    expect(await dialog.findByRole('textbox')).toHaveValue(declined.business_justification);
    expect(dialog.getByText('Figures, please.')).toBeInTheDocument();
    expect(dialog.getByRole('radio', { name: 'Pro' })).toBeChecked();
    expect(callsOf('EarlierRequest').map(({ variables }) => variables)).toEqual(
      [1, 2].map(() => ({ id: declined.id })),
    );
  });

  it.each([
    ['is not there', '0b0f6a3e-0000-4000-9000-00000000dead', 1],
    ['is none', 'nonsense', 0],
  ])('says so when the request to start from %s', async (_, id, calls) => {
    const { callsOf } = renderPage(
      <DashboardPage />,
      {
        Tiers,
        Dashboard: () => aDashboard(aVendor()),
        EarlierRequest: () => ({ tier_upgrade_requests_by_pk: null }),
      },
      `/dashboard?ask=2&again=${id}`,
    );
    expect(await screen.findByText(/The request this link starts from is not there/)).toBeInTheDocument();
    expect(screen.getByRole('textbox')).toHaveValue('');
    expect(callsOf('EarlierRequest')).toHaveLength(calls);
  });

  it('has the newest answer on top until it is put away, and again when a link leads to it', async () => {
    const declined = aRequest({ status: 'rejected', target_tier: 3, rejection_reason: 'Figures, please.' });
    const dashboard = aDashboard(aVendor({ requests: [declined, aRequest({ status: 'approved' })] }));
    const first = show(dashboard);
    const card = await screen.findByRole('region', { name: 'Your request for Pro was rejected' });
    const tier = screen.getByRole('region', { name: 'Your tier' });
    expect(card.compareDocumentPosition(tier) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    // Said once: the history leaves out what stands above.
    expect(screen.getAllByText('Figures, please.')).toHaveLength(1);
    expect(screen.getAllByRole('button', { name: 'Ask again' })).toHaveLength(1);
    await userEvent.click(within(card).getByRole('button', { name: 'Put away' }));
    expect(card).not.toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Harbor Lights' })).toHaveFocus();
    expect(screen.getByText('Figures, please.')).toBeInTheDocument();
    first.unmount();

    const second = show(dashboard);
    await screen.findByText('Figures, please.');
    expect(screen.queryByRole('region', { name: /was rejected/ })).not.toBeInTheDocument();
    second.unmount();

    show(dashboard, `/dashboard?answer=${declined.id}#answer`);
    await screen.findByRole('region', { name: 'Your request for Pro was rejected' });
    expect(screen.getByRole('heading', { name: /was rejected/ })).toHaveFocus();
  });

  it.each([
    ['withdrew themselves', 'vendor', false],
    ['was made pointless by a change of the tier', 'database', true],
  ])('has a cancelled request that a person %s as an answer: %#', async (_, actor_role, isTold) => {
    const request = aRequest({ status: 'cancelled' });
    const events = [...request.events, { ...request.events[0]!, id: 999, kind: 'cancelled', actor_role }];
    show(aDashboard(aVendor({ requests: [{ ...request, events }] })));
    await screen.findByRole('heading', { name: 'Your requests' });
    expect(screen.queryByRole('region', { name: /is closed/ }) !== null).toBe(isTold);
  });

  it('offers no second try for a tier the vendor has reached in the meantime', async () => {
    show(
      aDashboard(aVendor({ tier: 2, requests: [aRequest({ status: 'rejected', rejection_reason: 'No.' })] })),
    );
    expect(await screen.findByText('No.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Ask again' })).not.toBeInTheDocument();
  });

  it('calls nothing usual that has taken longer, to the hour', async () => {
    const waiting = aRequest({ created_at: new Date(Date.now() - 5 * 3_600_000).toISOString() });
    show(aDashboard(aVendor({ requests: [waiting] }), { medianHours: 3.2 }));
    expect(await screen.findByText(/Taking longer than usual/)).toBeInTheDocument();
    expect(screen.queryByText(/Usually answered/)).not.toBeInTheDocument();
  });

  it('says so when an answer takes longer than usual, instead of repeating a broken promise', async () => {
    const waiting = aRequest({ created_at: new Date(Date.now() - 6 * 86_400_000).toISOString() });
    show(aDashboard(aVendor({ requests: [waiting] })));
    expect(await screen.findByText(/Taking longer than usual/)).toBeInTheDocument();
    expect(screen.queryByText(/Usually answered/)).not.toBeInTheDocument();
  });

  it('forgets the draft of a request that arrived although its answer was lost', async () => {
    const request = aRequest();
    writeDraft(userId, null, { targetTier: 2, text: ` ${request.business_justification} ` });
    show(aDashboard(aVendor({ requests: [request] })));
    await screen.findByRole('heading', { name: 'Plus is on its way to a reviewer' });
    expect(readDraft(userId, null)).toBeUndefined();
  });

  it('turns the pages of a long history, also after one could not be fetched', async () => {
    const all = Array.from({ length: 12 }, () => aRequest({ status: 'cancelled' }));
    renderPage(<DashboardPage />, {
      Tiers,
      Dashboard: ({ limit, offset }, call) => {
        if (call === 2) throw new TypeError('Failed to fetch');
        const vendor = aVendor({ requests: all });
        const page = all.slice(Number(offset), Number(offset) + Number(limit));
        return aDashboard({ ...vendor, requests: page });
      },
    });
    expect(await screen.findByText('1 to 5 of 12')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('This page of your requests could not be');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findAllByText('Cancelled')).toHaveLength(5);
    expect(screen.getByText('6 to 10 of 12')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByText('11 to 12 of 12')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Older' })).toBeDisabled();
  });
});
