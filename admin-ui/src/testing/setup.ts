import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { resetTyping } from '../components/typing-guard.ts';

// Tests say what happens, not how fast: a busy machine may take its time.
configure({ asyncUtilTimeout: 10_000 });

const hasPage = typeof document !== 'undefined';

// jsdom lays nothing out and has no way to scroll.
if (hasPage) Element.prototype.scrollIntoView = () => {};

// Tests of what was built have no page.
afterEach(() => {
  if (!hasPage) return;
  cleanup();
  resetTyping();
  localStorage.clear();
  sessionStorage.clear();
});
