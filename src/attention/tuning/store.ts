/**
 * Where tuned choices are kept between runs: `indexedDbStore` in browsers, `fileStore` in Node,
 * `memoryStore` for a while. Whoever reads trusts nothing that comes out of it, and any call may reject:
 * storage that is closed or full is a normal state.
 */
export interface TuningStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  clear(): Promise<void>;
  entries(): Promise<readonly (readonly [key: string, value: unknown])[]>;
}

/** Remembers as long as it lives. */
export function memoryStore(
  initial: Iterable<readonly [key: string, value: unknown]> = [],
): TuningStore {
  const values = new Map(initial);
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    clear: async () => values.clear(),
    entries: async () => [...values],
  };
}
