import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Tests say what happens, not how fast: a busy machine may take its time.
configure({ asyncUtilTimeout: 10_000 });

// jsdom lays nothing out and has no way to scroll.
Element.prototype.scrollIntoView = () => {};

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
