/**
 * GraphiQL's tabs say that they are tabs but hold buttons, which a screen reader then never finds. This turns them
 * into what they are, a list of buttons of which one is current, and again whenever GraphiQL draws them anew.
 * Answers what ends it.
 */
export function keepTabsAccessible(page: HTMLElement): () => void {
  const observer = new MutationObserver(() => mend(page));
  observer.observe(page, { subtree: true, childList: true, attributeFilter: ['role', 'aria-selected'] });
  mend(page);
  return () => observer.disconnect();
}

function mend(page: HTMLElement): void {
  for (const list of page.querySelectorAll('.graphiql-tabs[role="tablist"]')) list.removeAttribute('role');
  for (const tab of page.querySelectorAll('.graphiql-tab')) {
    const isCurrent = tab.getAttribute('aria-selected');
    if (isCurrent !== null) {
      tab.querySelector('button')?.setAttribute('aria-current', isCurrent);
      tab.removeAttribute('aria-selected');
    }
    tab.removeAttribute('role');
  }
}
