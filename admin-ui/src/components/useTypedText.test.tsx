import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useTypedText } from './useTypedText.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function box(applied = '') {
  const apply = vi.fn();
  const hook = renderHook(({ applied }) => useTypedText(applied, apply), { initialProps: { applied } });
  return {
    apply,
    type: (text: string) => act(() => hook.result.current[1](text)),
    pause: () => act(() => vi.advanceTimersByTime(1000)),
    arrives: (applied: string) => hook.rerender({ applied }),
    text: () => hook.result.current[0],
  };
}

it('applies what was typed once typing pauses, and once', () => {
  const { type, pause, apply, arrives, text } = box();
  type('j');
  type('juniper');
  pause();
  expect(apply.mock.calls).toEqual([['juniper']]);
  arrives('juniper');
  pause();
  expect(apply.mock.calls).toEqual([['juniper']]);
  expect(text()).toBe('juniper');
});

it('keeps letters that were typed before the former ones arrived', () => {
  const { type, pause, apply, arrives, text } = box();
  type('juniper');
  pause();
  type('juniper soap');
  arrives('juniper');
  expect(text()).toBe('juniper soap');
  pause();
  expect(apply).toHaveBeenLastCalledWith('juniper soap');
});

it('keeps them as well when two searches are under way', () => {
  const { type, pause, arrives, text } = box();
  type('a');
  pause();
  type('ab');
  pause();
  arrives('a');
  expect(text()).toBe('ab');
  arrives('ab');
  expect(text()).toBe('ab');
});

it('follows a change from elsewhere, back to a former search as well', () => {
  const { type, pause, arrives, text } = box();
  type('juniper');
  pause();
  arrives('juniper');
  arrives('');
  expect(text()).toBe('');
  arrives('juniper');
  expect(text()).toBe('juniper');
});

it('asks again for a search that something else has taken away', () => {
  const { type, pause, apply, arrives } = box();
  type('juniper');
  pause();
  arrives('juniper');
  arrives('');
  type('juniper');
  pause();
  expect(apply.mock.calls).toEqual([['juniper'], ['juniper']]);
});
