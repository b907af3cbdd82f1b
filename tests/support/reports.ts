import { defaultSettings } from '../../src/bench/settings';
import { withRoofs } from '../../src/bench/roofline/roof';
import type {
  CaseReport,
  CeilingReport,
  EntryReport,
  Report,
  Timing,
  Verification,
} from '../../src/bench/report';

/** Sample reports: every state an entry can be in, without running anything. */

export function sampleReport(changes: Partial<Report> = {}): Report {
  return {
    schema: 'attention-playground/benchmark',
    version: 3,
    createdAt: '2026-01-02T03:04:05.678Z',
    settings: defaultSettings,
    device: sampleDevice,
    ceilings: [],
    status: 'complete',
    cases: [sampleCase(), longCase, unfinishedCase],
    durationSeconds: 61.2,
    ...changes,
  };
}

const sampleDevice: Report['device'] = {
  vendor: 'google',
  architecture: 'swiftshader',
  device: '0xc0de',
  description: 'SwiftShader Device (Subzero)',
  software: true,
  subgroupSizes: [4, 4],
  features: ['subgroups', 'timestamp-query'],
  limits: { maxBufferSize: 1073741824, maxComputeWorkgroupStorageSize: 32768 },
  timer: { kind: 'timestamps', resolutionMs: 0.1 },
  isolated: true,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0',
  logicalProcessors: 2,
};

/** Of the device; those of the CPU were not measured, or not rightly. */
export const sampleCeilings: readonly CeilingReport[] = [
  {
    name: 'fma-f32',
    unit: 'FLOP/s',
    perSecond: 25e9,
    variant: 'vec4',
    timer: 'timestamps',
    work: 25e7,
    samples: [12, 10, 11, 10.5],
    compileMs: 60.5,
  },
  {
    name: 'memory',
    unit: 'B/s',
    perSecond: 2e9,
    variant: 'side by side',
    timer: 'timestamps',
    work: 2e7,
    samples: [10, 10, 12, 11],
    compileMs: 40.2,
  },
  {
    name: 'cpu-fma',
    unit: 'FLOP/s',
    perSecond: 50e9,
    variant: 'WebAssembly SIMD',
    timer: 'wall',
    work: 5e6,
    samples: [0.1, 0.11],
    threads: 2,
  },
  { name: 'cpu-memory', unit: 'B/s', message: 'cpu-memory: the sum is 1, not 2.' },
];

/** The sample with its ceilings, and each time's share of them. */
export function roofReport(): Report {
  const { cases } = sampleReport();
  return sampleReport({
    ceilings: sampleCeilings,
    cases: cases.map((one) => withRoofs(one, sampleCeilings)),
  });
}

export function sampleTiming(changes: Partial<Timing> = {}): Timing {
  return {
    samples: [12.1, 12.4, 12.3, 12.9, 12.2, 12.6],
    median: 12.35,
    low: 12.1,
    high: 12.9,
    confidence: 0.969,
    timer: 'timestamps',
    repeats: 4,
    wallMedian: 12.5,
    gflops: 10.87,
    speedup: 7.43,
    verdict: 'fastest',
    ...changes,
  };
}

export function sampleVerification(changes: Partial<Verification> = {}): Verification {
  return {
    passed: true,
    rows: 2048,
    rowsTotal: 2048,
    sampled: false,
    maxError: 3.1e-7,
    errorOverBound: 0.12,
    relativeError: 8.4e-8,
    worst: { batch: 0, head: 3, query: 17, column: 5, got: 0.25, want: 0.2500003, bound: 2.6e-6 },
    ...changes,
  };
}

/** All three contestants right and timed. */
export function sampleCase(changes: Partial<CaseReport> = {}): CaseReport {
  const verification = sampleVerification();
  return {
    name: '1·8·256·64',
    shape: {
      batch: 1,
      heads: 8,
      kvHeads: 8,
      queryLength: 256,
      keyLength: 256,
      headSize: 64,
      valueSize: 64,
    },
    mask: 'none',
    dtype: 'f32',
    flops: 134217728,
    bytes: 2097152,
    entries: [
      verifiedEntry('flash', sampleTiming(), 41.5),
      verifiedEntry('three-pass', sampleTiming({ median: 19.8, verdict: 'slower' }), 63.2),
      {
        contestant: 'cpu',
        status: 'verified',
        verification,
        timing: sampleTiming({
          samples: [91.8],
          median: 91.8,
          low: null,
          high: null,
          confidence: null,
          timer: 'wall',
          repeats: 1,
          wallMedian: 91.8,
          extrapolatedFrom: { rows: 512, rowsTotal: 2048 },
          gflops: 1.46,
          speedup: 1,
          verdict: 'slower',
        }),
      },
    ],
    ...changes,
  };
}

function verifiedEntry(contestant: string, timing: Timing, compileMs: number): EntryReport {
  const verification = sampleVerification();
  return { contestant, status: 'verified', compileMs, verification, timing };
}

/** Wrong, refused and failed. */
const longCase: CaseReport = {
  ...sampleCase(),
  name: '1·8·4096·64 causal',
  shape: { ...sampleCase().shape, queryLength: 4096, keyLength: 4096 },
  mask: 'causal',
  flops: 17184063488,
  sizedFrom: { ...sampleCase().shape, queryLength: 16384, keyLength: 16384 },
  entries: [
    {
      contestant: 'flash',
      status: 'wrong',
      compileMs: 0,
      verification: sampleVerification({
        passed: false,
        rows: 256,
        rowsTotal: 32768,
        sampled: true,
        maxError: Infinity,
        errorOverBound: Infinity,
        relativeError: NaN,
        worst: { batch: 0, head: 7, query: 4095, column: 63, got: NaN, want: 0.5, bound: 1e-6 },
      }),
    },
    {
      contestant: 'three-pass',
      status: 'refused',
      message: 'Scores need 536,870,912 bytes; "maxBufferSize" is 268,435,456 | 2048 queries fit.',
    },
    { contestant: 'cpu', status: 'failed', message: 'The worker stopped:\nout of memory.' },
  ],
};

/** One shape under three masks, in the order of the preset: a causal mask takes 0.52 of the time. */
export function masksReport(): Report {
  const [flash, threePass] = sampleCase().entries;
  const masked = (changes: Partial<CaseReport>, share: number): CaseReport => {
    const timed = (entry: EntryReport): EntryReport => ({
      ...entry,
      timing: sampleTiming({ median: entry.timing!.median * share }),
    });
    return sampleCase({ entries: [timed(flash), timed(threePass)], ...changes });
  };
  const name = sampleCase().name;
  return sampleReport({
    cases: [
      masked({}, 1),
      masked({ name: `${name} causal`, mask: 'causal' }, 0.52),
      masked({ name: `${name} causal-window 16`, mask: 'causal-window', window: 16 }, 0.0652),
    ],
  });
}

/** As left by a cancellation. */
const unfinishedCase: CaseReport = {
  ...sampleCase(),
  name: '1·8·1×4096·64',
  shape: { ...sampleCase().shape, queryLength: 1, keyLength: 4096 },
  flops: 8388608,
  entries: [
    { contestant: 'flash', status: 'verified', verification: sampleVerification() },
    { contestant: 'three-pass', status: 'running' },
    { contestant: 'cpu', status: 'pending' },
  ],
};

/** No WebGPU: only the CPU ran. */
export function cpuOnlyReport(): Report {
  const [, , cpu] = sampleCase().entries;
  return sampleReport({
    device: null,
    message: 'This browser has no WebGPU.',
    cases: [sampleCase({ entries: [cpu] })],
  });
}
