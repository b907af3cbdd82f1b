/** Page names as they begin a hash: `#heads&…`. The benchmark's hash has no name. */
export const pageNames = ['benchmark', 'heads', 'lesson'] as const;
export type PageName = (typeof pageNames)[number];

/** A hash: the page, and the page's own entries. */
export interface Address {
  readonly page: PageName;
  /** Entries in query string form, without `#`. */
  readonly document: string;
}

/**
 * Parses a hash. A page name stands alone before the first `&`: `#heads=8` is a benchmark of eight heads, as is every
 * hash without a page name.
 */
export function readAddress(hash: string): Address {
  const text = hash.replace(/^#/, '');
  const end = text.indexOf('&');
  const first = end < 0 ? text : text.slice(0, end);
  const page = pageNames.find((name) => name === first);
  if (!page) return { page: 'benchmark', document: text };
  return { page, document: end < 0 ? '' : text.slice(end + 1) };
}

/** The inverse of `readAddress`. */
export function formatAddress({ page, document }: Address): string {
  if (page === 'benchmark') return `#${document}`;
  return document ? `#${page}&${document}` : `#${page}`;
}

/** Updates the address bar without adding a history entry. */
export function writeAddress(address: Address) {
  const hash = formatAddress(address);
  try {
    history.replaceState(null, '', hash === '#' ? location.pathname + location.search : hash);
  } catch {
    // Some browsers limit how often the address may change; the next edit updates it.
  }
}
