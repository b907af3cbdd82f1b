import builds from './assembly/peak.ts?assembly';
import { ProbeError } from './probe';

export type CpuProbe = 'fma' | 'memory';

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

/** Loads the calling thread to its limit for about 150 ms. @throws ProbeError. */
export function measureThread(probe: CpuProbe): CpuSamples {
  const pages = probe === 'memory' ? MEMORY_BYTES / PAGE_BYTES : 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536 });
  const exports = instantiate(memory);
  if (probe === 'memory') return sample(exports, MEMORY_BYTES, readCall(memory));
  return sample(exports, 2 * CHAINS * UPDATES * LANES * ROUNDS, multiplyCall);
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

type Call = (exports: PeakExports) => void;

const multiplyCall: Call = (exports) => {
  const starts = (CHAINS * (CHAINS - 1)) / 2;
  const expected = LANES * (starts + CHAINS * UPDATES * ROUNDS);
  const got = exports.multiplyAdds(ROUNDS, 1);
  if (got !== expected) throw new ProbeError(`cpu-fma: the sum is ${got}, not ${expected}.`);
};

function readCall(memory: WebAssembly.Memory): Call {
  new Uint32Array(memory.buffer).fill(3);
  const expected = (3 * MEMORY_BYTES) / 4;
  return (exports) => {
    const got = exports.readMemory(MEMORY_BYTES);
    if (got !== expected) throw new ProbeError(`cpu-memory: the sum is ${got}, not ${expected}.`);
  };
}

function sample(exports: PeakExports, work: number, call: Call): CpuSamples {
  callFor(WARM_UP_MS, () => call(exports));
  const windows = Array.from({ length: WINDOWS });
  return { work, milliseconds: windows.map(() => callFor(WINDOW_MS, () => call(exports))) };
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
