export const VENDORS = 'vendors';

export const vendorsPath = `/${VENDORS}`;

/** A vendor's page. */
export function vendorPath(id: string): string {
  return `/${VENDORS}/${encodeURIComponent(id)}/show`;
}
