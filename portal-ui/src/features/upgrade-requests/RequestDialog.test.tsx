import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../lib/api-error.ts';
import { en } from '../../messages/en.ts';
import { DashboardPage } from '../../routes/DashboardPage.tsx';
import { aDashboard, aRequest, aVendor, tiers, userId } from '../../testing/fixtures.ts';
import { type Answer, refusal, renderPage } from '../../testing/render-page.tsx';
import { readDraft } from './request-draft.ts';

const good = 'We open two more shops in spring and want both of them listed as well.';

/** The dialog on its page, with a server that answers a submit as told. */
async function openDialog(
  submit: Answer,
  { arrives = false, newest }: { arrives?: boolean; newest?: Answer } = {},
) {
  let vendor = aVendor();
  const arrive = (variables: Record<string, unknown>) => {
    const request = aRequest({
      target_tier: Number(variables.targetTier),
      business_justification: String(variables.businessJustification),
    });
    vendor = aVendor({ requests: [request] });
    return request;
  };
  const view = renderPage(
    <DashboardPage />,
    {
      Tiers: () => ({ tiers }),
      Dashboard: () => aDashboard(vendor),
      SubmitTierUpgradeRequest: (variables, call) => {
        if (arrives && call === 1) arrive(variables);
        return submit(variables, call);
      },
      NewestRequest: newest ?? (() => ({ tier_upgrade_requests: vendor.newest })),
    },
    '/dashboard?ask=',
  );
  const dialog = await screen.findByRole('dialog', { name: 'Ask for an upgrade' });
  return {
    ...view,
    dialog: within(dialog),
    arrive,
    type: (text: string) =>
      fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: text } }),
    send: () => userEvent.click(within(dialog).getByRole('button', { name: /Send request|Try again/ })),
  };
}

const sent = (submitsLeft: number | null) => ({
  submitTierUpgradeRequest: {
    __typename: 'SubmitTierUpgradeRequestPayload',
    requestId: '0b0f6a3e-0000-4000-9000-00000000ffff',
    submitsLeft,
  },
});

describe('the text', () => {
  it.each([
    [0, 'Write at least 50 characters'],
    [49, '1 more character to go'],
    [1001, '1 character too many'],
  ])('of %i characters is not sent', async (length, problem) => {
    const { dialog, type, send, callsOf } = await openDialog(() => sent(null));
    type('🥐'.repeat(length));
    await send();
    expect(dialog.getByText(new RegExp(problem))).toBeInTheDocument();
    expect(dialog.getByRole('textbox')).toBeInvalid();
    expect(dialog.getByRole('textbox')).toHaveFocus();
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(0);
  });

  it.each([50, 1000])('of %i characters is sent, trimmed, an emoji counting as one', async (length) => {
    const { dialog, type, send, callsOf } = await openDialog(() => sent(9));
    type(`  ${'🥐'.repeat(length)}\n`);
    expect(dialog.getByText(`${length} of 1000 characters`)).toBeInTheDocument();
    await send();
    await screen.findByText(/^Sent\./);
    expect(callsOf('SubmitTierUpgradeRequest')[0]?.variables).toEqual({
      targetTier: 2,
      businessJustification: '🥐'.repeat(length),
    });
  });

  it('with a character that cannot be stored is not sent', async () => {
    const { dialog, type, send, callsOf } = await openDialog(() => sent(null));
    type(`${good}\ud83e`);
    await send();
    expect(dialog.getByText(/cannot be stored/)).toBeInTheDocument();
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(0);
  });
});

describe('the draft', () => {
  it('is kept as one types, comes back, and is gone once sent', async () => {
    const first = await openDialog(() => sent(null));
    first.type(good);
    await userEvent.click(first.dialog.getByRole('radio', { name: 'Premier' }));
    expect(readDraft(userId, null)).toEqual({ text: good, targetTier: 4 });
    expect(readDraft('somebody-else', null)).toBeUndefined();
    first.unmount();

    const second = await openDialog(() => sent(null));
    expect(second.dialog.getByText(/Your draft from last time/)).toBeInTheDocument();
    expect(second.dialog.getByRole('textbox')).toHaveValue(good);
    expect(second.dialog.getByRole('radio', { name: 'Premier' })).toBeChecked();
    await second.send();
    await screen.findByText(/^Sent\./);
    expect(readDraft(userId, null)).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each(
    errorCodes.filter((code) => !['NETWORK', 'UNKNOWN', 'FORBIDDEN', 'RATE_LIMIT_EXCEEDED'].includes(code)),
  )('with %s says what it means and keeps the text', async (code) => {
    const { dialog, type, send } = await openDialog(() => refusal(code));
    type(good);
    await send();
    expect(await dialog.findByText(en.errors[code])).toBeInTheDocument();
    expect(dialog.getByRole('textbox')).toHaveValue(good);
    expect(readDraft(userId, null)?.text).toBe(good);
  });

  it('because the feature is closed says that the draft is kept', async () => {
    const { dialog, type, send } = await openDialog(() => refusal('FORBIDDEN'));
    type(good);
    await send();
    expect(await dialog.findByRole('alert')).toHaveTextContent('Your draft is kept');
  });

  it('because of too many tries says when to come back', async () => {
    const { dialog, type, send } = await openDialog(() =>
      refusal('RATE_LIMIT_EXCEEDED', { retryAfter: 720 }),
    );
    type(good);
    await send();
    expect(await dialog.findByRole('alert')).toHaveTextContent(/You can try again at .+ \(in 12 minutes\)\./);
  });

  it('goes away when the text changes', async () => {
    const { dialog, type, send } = await openDialog(() => refusal('CANNOT_DOWNGRADE'));
    type(good);
    await send();
    await dialog.findByRole('alert');
    type(`${good} And more.`);
    expect(dialog.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('sending', () => {
  it('happens once, however often one clicks', async () => {
    const { dialog, type, callsOf } = await openDialog(
      () => new Promise((resolve) => setTimeout(() => resolve(sent(9)), 50)),
    );
    type(good);
    await userEvent.dblClick(dialog.getByRole('button', { name: 'Send request' }));
    await screen.findByText('Sent. An administrator usually answers within 2 days.');
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(1);
  });

  it('says how many requests are left once they are few', async () => {
    const { type, send } = await openDialog(() => sent(2));
    type(good);
    await send();
    expect(await screen.findByText(/You can send 2 more requests this hour\./)).toBeInTheDocument();
  });

  it('is no failure when only the answer was lost', async () => {
    const { type, send, callsOf } = await openDialog(
      () => {
        throw new TypeError('Failed to fetch');
      },
      { arrives: true },
    );
    type(good);
    await send();
    expect(await screen.findByText(/^Sent\./)).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Plus is on its way to a reviewer' }),
    ).toBeInTheDocument();
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(1);
  });

  it('takes "one is pending" for success when it is the very same request', async () => {
    const { type, send } = await openDialog(() => refusal('PENDING_REQUEST_EXISTS'), { arrives: true });
    type(good);
    await send();
    expect(await screen.findByText(/^Sent\./)).toBeInTheDocument();
  });

  it('looks for the lost request first when tried again, and never sends it twice', async () => {
    let isBack = false;
    let stored: ReturnType<typeof aRequest> | undefined;
    const { type, send, dialog, callsOf } = await openDialog(
      (variables) => {
        stored = aRequest({ business_justification: String(variables.businessJustification) });
        throw new TypeError('Failed to fetch');
      },
      {
        newest: () => {
          if (!isBack) throw new TypeError('Failed to fetch');
          return { tier_upgrade_requests: stored ? [stored] : [] };
        },
      },
    );
    type(good);
    await send();
    expect(await dialog.findByText(en.errors.NETWORK)).toBeInTheDocument();
    isBack = true;
    await send();
    expect(await screen.findByText(/^Sent\./)).toBeInTheDocument();
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(1);
  });

  it('sends again when the first try never arrived', async () => {
    const { type, send, dialog, callsOf } = await openDialog((_, call) => {
      if (call === 1) throw new TypeError('Failed to fetch');
      return sent(9);
    });
    type(good);
    await send();
    expect(await dialog.findByText(en.errors.NETWORK)).toBeInTheDocument();
    await send();
    expect(await screen.findByText(/^Sent\./)).toBeInTheDocument();
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(2);
  });
});

describe('asking again', () => {
  const declined = aRequest({
    status: 'rejected',
    target_tier: 3,
    business_justification: good,
    rejection_reason: 'Figures, please.',
  });

  async function askAgain() {
    const view = renderPage(
      <DashboardPage />,
      {
        Tiers: () => ({ tiers }),
        Dashboard: () => aDashboard(aVendor({ requests: [declined] })),
        EarlierRequest: () => ({ tier_upgrade_requests_by_pk: declined }),
        SubmitTierUpgradeRequest: () => sent(9),
      },
      `/dashboard?ask=3&again=${declined.id}`,
    );
    const dialog = within(await screen.findByRole('dialog', { name: 'Ask for an upgrade' }));
    return { ...view, dialog, text: await dialog.findByRole('textbox') };
  }

  it('begins at the reason and the field', async () => {
    const { dialog, text } = await askAgain();
    expect(text).toHaveFocus();
    const tier = dialog.getByRole('radio', { name: 'Pro' });
    expect(text.compareDocumentPosition(tier) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it('with the same words is questioned first, however they are spaced or composed', async () => {
    const { dialog, text, callsOf } = await askAgain();
    fireEvent.change(text, { target: { value: `${good.replaceAll(' ', '  ')}\n` } });
    await userEvent.dblClick(dialog.getByRole('button', { name: 'Send request' }));
    expect(dialog.getByRole('alert')).toHaveTextContent('This is what you wrote before');
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(0);
    await userEvent.click(dialog.getByRole('button', { name: 'Send it all the same' }));
    await screen.findByText(/^Sent\./);
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(1);
  });

  it('with other words is not', async () => {
    const { dialog, text, callsOf } = await askAgain();
    await userEvent.click(dialog.getByRole('button', { name: 'Send request' }));
    fireEvent.change(text, { target: { value: `${good} Here are the figures.` } });
    expect(dialog.queryByRole('alert')).not.toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Send request' }));
    await screen.findByText(/^Sent\./);
    expect(callsOf('SubmitTierUpgradeRequest')).toHaveLength(1);
  });
});
