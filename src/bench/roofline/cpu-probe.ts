import builds from './assembly/peak.ts?assembly';
import { ProbeError } from './probe';

export type CpuProbe = keyof typeof PROBES;

/** One thread's measurements, in windows of equal length that roughly coincide on all threads. */
export interface CpuSamples {
  /** Operations or bytes per call, and milliseconds per call in each window. */
  readonly work: number;
  readonly milliseconds: readonly number[];
}

interface PeakExports {
  multiplyAdds(rounds: number, one: number): number;
  readMemory(bytes: number): number;
}

const WINDOWS = 4;
const WINDOW_MS = 25;
/** Browsers recompile hot code with better optimization. */
const WARM_UP_MS = 50;

const ROUNDS = 4096;
const CHAINS = 10;
const UPDATES = 4;
const LANES = 4;
/** Per thread, so that all threads together exceed the caches. */
const MEMORY_BYTES = 32 * 2 ** 20;
const PAGE_BYTES = 2 ** 16;

/** What each probe calls, the sum that it must return, and the operations or bytes of a call. */
const PROBES = {
  fma: {
    pages: 1,
    call: (exports: PeakExports) => exports.multiplyAdds(ROUNDS, 1),
    expected: LANES * ((CHAINS * (CHAINS - 1)) / 2 + CHAINS * UPDATES * ROUNDS),
    work: 2 * CHAINS * UPDATES * LANES * ROUNDS,
  },
  memory: {
    pages: MEMORY_BYTES / PAGE_BYTES,
    call: (exports: PeakExports) => exports.readMemory(MEMORY_BYTES),
    expected: (3 * MEMORY_BYTES) / 4,
    work: MEMORY_BYTES,
  },
};

/** Loads the calling thread to its limit for about 150 ms. @throws ProbeError. */
export function measureThread(probe: CpuProbe): CpuSamples {
  const { pages, call, expected, work } = PROBES[probe];
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536 });
  new Uint32Array(memory.buffer).fill(3);
  const exports = instantiate(memory);
  const run = () => {
    const got = call(exports);
    if (got !== expected) throw new ProbeError(`cpu-${probe}: the sum is ${got}, not ${expected}.`);
  };
  callFor(WARM_UP_MS, run);
  return { work, milliseconds: Array.from({ length: WINDOWS }, () => callFor(WINDOW_MS, run)) };
}

/** The best build that this browser supports. */
function instantiate(memory: WebAssembly.Memory): PeakExports {
  for (const kind of ['relaxed', 'plain'] as const) {
    const bytes = Uint8Array.from(atob(builds[kind]), (character) => character.charCodeAt(0));
    if (!globalThis.WebAssembly?.validate(bytes)) continue;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: { memory },
    });
    return exports as unknown as PeakExports;
  }
  throw new ProbeError('WebAssembly SIMD is not available here.');
}

/** Calls repeatedly for this long; returns milliseconds per call. */
function callFor(milliseconds: number, call: () => void): number {
  const start = performance.now();
  for (let calls = 1; ; calls++) {
    call();
    const elapsed = performance.now() - start;
    if (elapsed >= milliseconds) return elapsed / calls;
  }
}
