import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TestConsole } from '../testing/TestConsole.tsx';
import { useKeys } from './useKeys.ts';

let now = 1_000;

beforeEach(() => {
  now = 1_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => void vi.restoreAllMocks());

/** A page with a key, a button, and a field that may go away. */
function Page({
  keys,
  onClick,
  hasField,
}: {
  keys: { n: () => void };
  onClick: () => void;
  hasField: boolean;
}) {
  useKeys(keys);
  return (
    <TestField hasField={hasField}>
      <button type="button" onClick={onClick}>
        Yes
      </button>
    </TestField>
  );
}

function TestField({ hasField, children }: { hasField: boolean; children: React.ReactNode }) {
  return (
    <>
      {hasField && <textarea aria-label="Reason" />}
      {children}
    </>
  );
}

function open() {
  const act = vi.fn();
  const onClick = vi.fn();
  const keys = { n: act };
  const page = (hasField: boolean) => (
    <TestConsole>
      <Page keys={keys} onClick={onClick} hasField={hasField} />
    </TestConsole>
  );
  const { rerender } = render(page(true));
  return { act, onClick, takeFieldAway: () => rerender(page(false)) };
}

it('hears no letters for two seconds after the field they were meant for went away', async () => {
  const { act, onClick, takeFieldAway } = open();
  await userEvent.type(screen.getByLabelText('Reason'), 'We ca');
  takeFieldAway();
  await userEvent.keyboard('n');
  screen.getByRole('button').focus();
  await userEvent.keyboard(' {Enter}');
  expect(act).not.toHaveBeenCalled();
  expect(onClick).not.toHaveBeenCalled();
  now += 2_001;
  await userEvent.keyboard('n');
  expect(act).toHaveBeenCalledOnce();
});

it('goes on being deaf while the sentence goes on', async () => {
  const { act, takeFieldAway } = open();
  await userEvent.type(screen.getByLabelText('Reason'), 'We ca');
  takeFieldAway();
  for (let letter = 0; letter < 10; letter++) {
    await userEvent.keyboard('n');
    now += 500;
  }
  expect(act).not.toHaveBeenCalled();
  now += 1_000;
  await userEvent.keyboard('n');
  expect(act).toHaveBeenCalledOnce();
});

it('hears at once whoever left the field by themselves', async () => {
  const { act, takeFieldAway } = open();
  await userEvent.type(screen.getByLabelText('Reason'), 'Done{Control>}{Enter}{/Control}');
  takeFieldAway();
  await userEvent.keyboard('n');
  expect(act).toHaveBeenCalledOnce();
});
