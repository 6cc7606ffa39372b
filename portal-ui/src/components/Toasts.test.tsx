import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dialog } from './Dialog.tsx';
import { ToastProvider, useToast } from './Toasts.tsx';

let toast: ReturnType<typeof useToast>;

function Page({ isAsking = false }) {
  toast = useToast();
  return (
    <>
      <button type="button">Below</button>
      {isAsking && (
        <Dialog title="A question" onClose={() => {}}>
          Yes?
        </Dialog>
      )}
    </>
  );
}

const page = (isAsking?: boolean) => (
  <ToastProvider>
    <Page isAsking={isAsking} />
  </ToastProvider>
);
const tell = (...texts: string[]) => act(() => texts.forEach((text) => toast({ tone: 'info', text })));
const closable = () =>
  screen.queryAllByRole('button', { name: 'Close' }).map((button) => button.parentElement?.textContent);

beforeEach(() => {
  Object.assign(window, { innerWidth: 360 });
});
afterEach(() => {
  Object.assign(window, { innerWidth: 1024 });
  vi.restoreAllMocks();
});

describe('news on a phone', () => {
  it('is one toast at a time, the newest; the others wait for their turn and are read out meanwhile', async () => {
    render(page());
    tell('First', 'Second', 'Third');
    expect(closable()).toEqual(['Third+2']);
    expect(screen.getByRole('status')).toHaveTextContent('Third+2SecondFirst');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(closable()).toEqual(['Second+1']);
  });

  it('gives the reader back their place when it is closed', async () => {
    render(page());
    tell('First');
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('button', { name: 'Below' })).toHaveFocus();
  });

  it('leaves the control that has the focus in sight', () => {
    render(page());
    tell('First');
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 600, 300, 60));
    expect(screen.getByRole('status').className).toMatch(/bottom/);
    act(() => screen.getByRole('button', { name: 'Below' }).focus());
    expect(screen.getByRole('status').className).toMatch(/top/);
  });

  it('waits until the dialog over it is closed', () => {
    const { rerender } = render(page(true));
    tell('Decided');
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    rerender(page(false));
    expect(screen.getByRole('status')).toHaveTextContent('Decided');
  });
});

describe('news on a wide window', () => {
  it('is up to three toasts', () => {
    Object.assign(window, { innerWidth: 1024 });
    render(page());
    tell('First', 'Second', 'Third', 'Fourth');
    expect(closable()).toEqual(['Fourth', 'Third', 'Second+1']);
  });
});
