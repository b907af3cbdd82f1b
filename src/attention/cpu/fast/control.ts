/** Words at the start of WebAssembly's memory, a cache line each, by which threads share the work. */
export const CONTROL = { next: 16, stop: 32 } as const;
export const CONTROL_WORDS = 64;
