import builds from './assembly/attention.ts?assembly';

/** The WebAssembly exports; see assembly/attention.ts. `block` is an address. */
export interface FastExports {
  attendDecode(block: number): void;
  begin(block: number): void;
  attend(block: number): void;
  score(block: number, strip: number, first: number, count: number): void;
  fold(block: number, strip: number, first: number, count: number, mixed: boolean): void;
  finish(block: number): void;
}

/** This browser has no WebAssembly SIMD. */
export class SimdUnavailableError extends Error {
  override name = 'SimdUnavailableError';
  constructor() {
    super('WebAssembly with 128-bit SIMD is not available here: the fast CPU path needs it.');
  }
}

export interface FastModule {
  readonly module: WebAssembly.Module;
  /** Whether its memory is shared between threads. */
  readonly shared: boolean;
  /** Whether products and sums are fused, where the machine can. */
  readonly relaxed: boolean;
}

const bytesOf = (base64: string) =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The best build that this browser takes. @throws SimdUnavailableError. */
export async function compileFast(shared: boolean): Promise<FastModule> {
  const suffix = shared ? '-shared' : '';
  for (const kind of ['relaxed', 'plain'] as const) {
    const bytes = bytesOf(builds[`${kind}${suffix}`]);
    if (!globalThis.WebAssembly?.validate(bytes)) continue;
    return { module: await WebAssembly.compile(bytes), shared, relaxed: kind === 'relaxed' };
  }
  throw new SimdUnavailableError();
}

export async function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<FastExports> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as FastExports;
}
