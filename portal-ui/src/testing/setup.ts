import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Tests say what happens, not how fast: a busy machine may take its time.
configure({ asyncUtilTimeout: 10_000 });

// The test of the built files runs without a DOM.
if (typeof document !== 'undefined') {
  afterEach(() => {
    cleanup();
    localStorage.clear();
  });

  // Nothing has a place in jsdom, so there is nothing to scroll to.
  Element.prototype.scrollIntoView ??= () => {};

  // jsdom knows <dialog> but not how to open one as a modal.
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
}
