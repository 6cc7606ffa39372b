import { QueryClient } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpError } from 'ra-core';
import { Route, Routes } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { areKeysDeaf } from '../components/typing-guard.ts';
import { UnknownOutcome } from '../errors/outcome.ts';
import type { QueueNeighboursQuery } from '../gql/graphql.ts';
import type { ConsoleDataProvider } from '../providers/data-provider.ts';
import { refusal } from '../testing/errors.ts';
import { colleague, hoursAgo, reviewer, sampleOverview, sampleRequest } from '../testing/samples.ts';
import { TestConsole } from '../testing/TestConsole.tsx';
import { REQUESTS, type UpgradeRequest } from './types.ts';
import { UpgradeRequestShow } from './UpgradeRequestShow.tsx';

const id = sampleRequest().id;

interface Server {
  request: UpgradeRequest;
  readonly approve: ReturnType<typeof vi.fn<ConsoleDataProvider['approve']>>;
  readonly reject: ReturnType<typeof vi.fn<ConsoleDataProvider['reject']>>;
  readonly queryClient: QueryClient;
}

/** Opens the page over a server that holds one request and decides it when told to. */
function openPage(
  request = sampleRequest(),
  query = '',
  getOne?: () => Promise<never>,
  neighbours?: QueueNeighboursQuery,
): Server {
  const server: Server = {
    request,
    approve: vi.fn(async () => {
      server.request = decided(server.request, 'approved');
      return { message: 'ok' };
    }),
    reject: vi.fn(async (_id, reason) => {
      server.request = decided(server.request, 'rejected', { rejection_reason: reason });
      return { message: 'ok' };
    }),
    queryClient: new QueryClient(),
  };
  render(
    <TestConsole
      at={`/${REQUESTS}/${id}/show${query}`}
      overview={sampleOverview(2, [id, 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'])}
      queryClient={server.queryClient}
      {...(neighbours && { neighbours })}
      dataProvider={{
        getOne: (getOne ??
          (async (_resource: string, params: { id: string }) => ({
            data: { ...server.request, id: params.id },
          }))) as never,
        approve: server.approve,
        reject: server.reject,
      }}
    >
      <Routes>
        <Route path={`/${REQUESTS}/:id/show`} element={<UpgradeRequestShow />} />
        <Route path="*" element={null} />
      </Routes>
    </TestConsole>,
  );
  return server;
}

function decided(
  request: UpgradeRequest,
  status: 'approved' | 'rejected',
  changes: Partial<UpgradeRequest> = {},
): UpgradeRequest {
  return { ...request, status, reviewed_by: reviewer.id, reviewed_at: hoursAgo(0), reviewer, ...changes };
}

const decision = () => screen.findByRole('region', { name: 'Decision' });
/** A request has to be on screen for a moment before letters act on it. */
const takenIn = () => waitFor(() => expect(areKeysDeaf('a')).toBe(false), { interval: 20 });
const notifications = () => screen.getByTestId('notifications').textContent;

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

describe('the request page', () => {
  it('tells the story and what approval would change', async () => {
    openPage();
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Harbor Lights asks for Plus' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Each has hours and a phone number/)).toBeInTheDocument();
    expect(screen.getByText('vendor2@example.com asked for Plus')).toBeInTheDocument();
    expect(screen.getByText('This is their first request.')).toBeInTheDocument();
    const locations = within(await decision()).getByRole('row', { name: /Locations/ });
    expect(locations).toHaveTextContent('Locations15');
    expect(within(await decision()).getByRole('list', { name: 'Gains' })).toHaveTextContent('Verified badge');
    expect(document.title).toBe('Harbor Lights · Plus · Tierline');
  });

  it('shows hostile text as text', async () => {
    openPage(sampleRequest({ business_justification: '<img src=x onerror=alert(1)>' }));
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
    expect(document.querySelector('img')).toBeNull();
  });

  it('approves after the server has said yes, with the note', async () => {
    const server = openPage();
    const box = within(await decision());
    await userEvent.click(box.getByRole('button', { name: 'Approve…' }));
    expect(box.getByText('Harbor Lights moves to Plus at once and is told by e-mail.')).toBeInTheDocument();
    await userEvent.click(box.getByRole('button', { name: 'Add an internal note' }));
    await userEvent.type(box.getByLabelText('Internal note'), ' known to us ');
    expect(server.approve).not.toHaveBeenCalled();
    await userEvent.click(box.getByRole('button', { name: 'Yes, approve' }));
    expect(await screen.findByText('Approved by you')).toBeInTheDocument();
    expect(server.approve).toHaveBeenCalledWith(id, 'known to us');
    expect(screen.queryByRole('button', { name: /pprove/ })).not.toBeInTheDocument();
    await waitFor(() => expect(notifications()).toBe('Approved. Harbor Lights is on Plus now.'));
    const next = screen.getByRole('link', { name: 'Next pending request' });
    expect(next).toHaveAttribute('href', expect.stringContaining('bbbbbbbb'));
    expect(next).not.toHaveFocus();
  });

  it('approves by keyboard: one key to prepare, Ctrl+Enter to decide, nothing by a key in passing', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(5_000);
    const server = openPage();
    await decision();
    clock.mockReturnValue(5_999);
    await userEvent.keyboard('a');
    expect(screen.queryByRole('button', { name: 'Yes, approve' })).not.toBeInTheDocument();
    clock.mockReturnValue(6_001);
    await userEvent.keyboard('a');
    await screen.findByRole('button', { name: 'Yes, approve' });
    await userEvent.keyboard(' {Enter}');
    expect(server.approve).not.toHaveBeenCalled();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText('Approved by you')).toBeInTheDocument();
  });

  it('disables both ways while one is under way', async () => {
    const server = openPage();
    server.approve.mockReturnValue(new Promise(() => {}));
    await userEvent.click(within(await decision()).getByRole('button', { name: 'Approve…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Yes, approve' }));
    expect(await screen.findByRole('button', { name: 'Approving…' })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Keep it pending' })).toBeDisabled();
  });

  it('asks for a reason that helps before it rejects', async () => {
    const server = openPage();
    await userEvent.click(within(await decision()).getByRole('button', { name: 'Reject…' }));
    const reason = screen.getByLabelText('Reason, shown to the vendor');
    expect(reason).toHaveFocus();
    await userEvent.type(reason, 'too short');
    await userEvent.click(screen.getByRole('button', { name: 'Reject and tell the vendor' }));
    expect(screen.getByRole('alert')).toHaveTextContent('at least 10 characters');
    expect(server.reject).not.toHaveBeenCalled();
    await userEvent.clear(reason);
    await userEvent.click(screen.getByRole('button', { name: 'More proof' }));
    expect((reason as HTMLTextAreaElement).value).toContain('Please add proof');
    expect(screen.getByText(/of 1000/)).toHaveTextContent(
      String((reason as HTMLTextAreaElement).value.length),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Reject and tell the vendor' }));
    expect(await screen.findByText('Rejected by you')).toBeInTheDocument();
    expect(server.reject).toHaveBeenCalledWith(id, expect.stringContaining('Please add proof'), '');
  });

  it('opens ready to reject from a link, and keeps the request on Escape', async () => {
    openPage(sampleRequest(), '?decide=reject');
    await userEvent.type(await screen.findByLabelText('Reason, shown to the vendor'), '{Escape}');
    expect(await screen.findByRole('button', { name: 'Approve…' })).toBeInTheDocument();
    expect(screen.getByTestId('location')).not.toHaveTextContent('decide');
  });

  it('says in words why the server refused, and looks again at how things stand', async () => {
    const server = openPage();
    server.approve.mockImplementation(async () => {
      server.request = decided(server.request, 'rejected', {
        reviewer: colleague,
        reviewed_by: colleague.id,
        rejection_reason: 'Not this year, sorry.',
      });
      throw refusal('REQUEST_NOT_PENDING');
    });
    await userEvent.click(within(await decision()).getByRole('button', { name: 'Approve…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Yes, approve' }));
    expect(await screen.findByText('Rejected by admin2@example.com')).toBeInTheDocument();
    expect(screen.getByText('Not this year, sorry.')).toBeInTheDocument();
  });

  it('shows a refusal that leaves the request pending beside the buttons', async () => {
    const server = openPage();
    server.approve.mockRejectedValue(refusal('FORBIDDEN'));
    await userEvent.click(within(await decision()).getByRole('button', { name: 'Approve…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Yes, approve' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Your account may not do this');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Yes, approve' })).toBeEnabled());
  });

  it("puts someone else's decision in place of the buttons", async () => {
    const server = openPage();
    await within(await decision()).findByRole('button', { name: 'Approve…' });
    server.request = decided(server.request, 'approved', { reviewer: colleague, reviewed_by: colleague.id });
    await server.queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getOne'] });
    expect(await screen.findByText('Approved by admin2@example.com')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /pprove/ })).not.toBeInTheDocument();
  });

  it('keeps what one was writing when that happens, and takes no more of it', async () => {
    const server = openPage();
    await userEvent.click(within(await decision()).getByRole('button', { name: 'Reject…' }));
    const reason = screen.getByLabelText('Reason, shown to the vendor');
    await userEvent.type(reason, 'Half a sent');
    server.request = decided(server.request, 'approved', { reviewer: colleague, reviewed_by: colleague.id });
    await server.queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getOne'] });
    expect(await screen.findByText('Approved by admin2@example.com')).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(
      /^admin2@example\.com approved this at .+ Your text is kept; copy it or carry on elsewhere\.$/,
    );
    expect(reason).toHaveFocus();
    await userEvent.keyboard('ence, n and a{Enter}');
    expect(reason).toHaveValue('Half a sent');
    expect(screen.getByTestId('location')).toHaveTextContent(id);
    await userEvent.click(screen.getByRole('button', { name: 'Throw the text away' }));
    expect(reason).not.toBeInTheDocument();
  });

  it('keeps a half-written reason for the person when they leave, and offers it again', async () => {
    openPage();
    await userEvent.click(within(await decision()).getByRole('button', { name: 'Reject…' }));
    await userEvent.type(screen.getByLabelText('Reason, shown to the vendor'), 'Half a thought');
    cleanup();
    openPage();
    await userEvent.click(await screen.findByRole('button', { name: 'Go on writing' }));
    expect(screen.getByLabelText('Reason, shown to the vendor')).toHaveValue('Half a thought');
  });

  it('calls a decision without an answer unknown, looks, and then says what happened', async () => {
    const server = openPage();
    server.approve.mockRejectedValue(new UnknownOutcome(new TypeError('Failed to fetch')));
    await userEvent.click(within(await decision()).getByRole('button', { name: 'Approve…' }));
    await userEvent.click(screen.getByRole('button', { name: 'Yes, approve' }));
    expect(await screen.findByText(/No answer yet\. It may/)).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeEnabled();
    server.request = decided(server.request, 'approved');
    expect(await screen.findByText('Approved by you')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await waitFor(() => expect(notifications()).toBe('Approved. Harbor Lights is on Plus now.'));
  });

  it('leads to its neighbours in the queue, also by keyboard', async () => {
    openPage(sampleRequest(), '', undefined, {
      before: [],
      after: [{ id: 'cccccccc-cccc-4ccc-8ccc-cccccccccccc' }],
    });
    const following = await screen.findByRole('link', { name: 'Next request in the queue' });
    expect(following).toHaveAttribute('href', expect.stringContaining('cccccccc'));
    expect(screen.getByRole('button', { name: 'Previous request in the queue' })).toBeDisabled();
    await takenIn();
    await userEvent.keyboard('j');
    await waitFor(() => expect(screen.getByTestId('location')).toHaveTextContent('cccccccc'));
  });

  it('does not let the sender approve their own request', async () => {
    openPage(sampleRequest({ user_id: reviewer.id }));
    expect(await screen.findByText(/You sent this request yourself/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Approve…' })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Reject…' })).toBeEnabled();
  });

  it('says that a request has become pointless', async () => {
    openPage(sampleRequest({ vendor: { ...sampleRequest().vendor, tier: 3 } }));
    expect(await screen.findByText(/already on Pro/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Approve…' })).toBeDisabled();
  });

  it('knows an address without a request behind it', async () => {
    openPage(undefined, '', () => Promise.reject(new HttpError('Not found', 404)));
    expect(await screen.findByText('There is no such request')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Go to the queue' })).toBeInTheDocument();
  });

  it('offers to try again when the request cannot be read', async () => {
    openPage(undefined, '', () => Promise.reject(new HttpError('Failed to fetch', undefined as never)));
    expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });

  it('shows skeletons while it loads', async () => {
    openPage(undefined, '', () => new Promise(() => {}));
    const skeleton = await screen.findByRole('status', { name: 'Loading the request' });
    await waitFor(() => expect(skeleton).not.toBeEmptyDOMElement());
  });
});
