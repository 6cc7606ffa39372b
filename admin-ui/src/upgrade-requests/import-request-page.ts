/** The request page's script, which the queue fetches ahead: from there it is the usual next step. */
export async function importRequestPage() {
  return { default: (await import('./UpgradeRequestShow.tsx')).UpgradeRequestShow };
}
