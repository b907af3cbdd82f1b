/** The pages, by the names that begin their addresses: `#heads&…`. The benchmark's begin with none. */
export const pageNames = ['benchmark', 'heads', 'lesson'] as const;
export type PageName = (typeof pageNames)[number];

/** What a hash names: a page, and the rest, which is that page's own. */
export interface Address {
  readonly page: PageName;
  /** Entries as in a query string, without `#`. */
  readonly document: string;
}

/**
 * Reads a hash. A page's name stands alone before the first `&`: `#heads=8` is a benchmark of eight heads.
 * What names no page is the benchmark's.
 */
export function readAddress(hash: string): Address {
  const text = hash.replace(/^#/, '');
  const end = text.indexOf('&');
  const first = end < 0 ? text : text.slice(0, end);
  const page = pageNames.find((name) => name === first);
  if (!page) return { page: 'benchmark', document: text };
  return { page, document: end < 0 ? '' : text.slice(end + 1) };
}

/** The hash that `readAddress` reads so. */
export function formatAddress({ page, document }: Address): string {
  if (page === 'benchmark') return `#${document}`;
  return document ? `#${page}&${document}` : `#${page}`;
}

/** Makes the address bar say this, without a step in the history for every keystroke. */
export function writeAddress(address: Address) {
  const hash = formatAddress(address);
  try {
    history.replaceState(null, '', hash === '#' ? location.pathname + location.search : hash);
  } catch {
    // Some browsers limit how often an address may change: the next edit brings it up to date.
  }
}
