import { caseName, compulsoryBytes, operationsOf } from '../../bench/case';
import { casesOf, type PresetCase } from '../../bench/presets';
import type {
  BenchmarkEvent,
  BenchmarkStage,
  CaseReport,
  CeilingReport,
  DeviceReport,
  EntryReport,
  Report,
  Timing,
} from '../../bench/report';
import { withRoofs } from '../../bench/roofline/roof';
import { defaultSettings, type Settings } from '../../bench/settings';
import type { RunBenchmark } from '../../features/benchmark/engine/benchmark-run';
import { fillRandom } from '../../numeric/random';

// Invented reports for the gallery and for tests of the page: nothing here was measured.

export const sampleDevice: DeviceReport = {
  vendor: 'google',
  architecture: 'swiftshader',
  device: '0xc0de',
  description: 'SwiftShader Device (Subzero)',
  software: true,
  subgroupSizes: [4, 4],
  features: ['subgroups', 'timestamp-query', 'core-features-and-limits'],
  limits: {
    maxBufferSize: 2 ** 30,
    maxStorageBufferBindingSize: 2 ** 30,
    maxComputeWorkgroupStorageSize: 2 ** 15,
    maxComputeInvocationsPerWorkgroup: 256,
  },
  timer: { kind: 'timestamps', resolutionMs: 0.065536 },
  isolated: true,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0',
  logicalProcessors: 8,
};

const measured = {
  timer: 'timestamps',
  work: 1e9,
  samples: [12, 11, 13, 12],
  compileMs: 40,
} as const;
const onCpu = { ...measured, timer: 'wall', variant: 'WebAssembly SIMD', threads: 8 } as const;

export const sampleCeilings: readonly CeilingReport[] = [
  { name: 'fma-f32', unit: 'FLOP/s', perSecond: 9.2e10, variant: 'scalar', ...measured },
  { name: 'memory', unit: 'B/s', perSecond: 5.2e10, variant: 'side by side', ...measured },
  {
    name: 'workgroup-memory',
    unit: 'B/s',
    message: 'roofline workgroup memory: word 3 of workgroup 0 is wrong.',
  },
  { name: 'cpu-fma', unit: 'FLOP/s', perSecond: 4.8e10, ...onCpu },
  { name: 'cpu-memory', unit: 'B/s', perSecond: 2.4e10, ...onCpu },
];

/** GFLOP/s of the invented results. */
const speeds: Record<string, number> = {
  flash: 38,
  'flash-wide': 34,
  'flash-staged': 27,
  'flash-direct': 31,
  'flash-matrix': 18,
  decode: 9,
  'decode-direct': 22,
  'three-pass': 14,
  cpu: 1.4,
  'cpu-simd': 12,
};

function timing(contestant: string, flops: number, seed: number): Timing {
  const noise = fillRandom(new Float64Array(12), { seed });
  const typical = flops / (speeds[contestant] ?? 1) / 1e6 + 0.2;
  const samples = [...noise].map((x) => typical * (1 + 0.015 * Math.abs(x) + 0.004 * x));
  const sorted = [...samples].sort((a, b) => a - b);
  const median = (sorted[5] + sorted[6]) / 2;
  return {
    samples,
    median,
    low: sorted[2],
    high: sorted[9],
    confidence: 0.961,
    timer: contestant.startsWith('cpu') ? 'wall' : 'timestamps',
    repeats: 4,
    wallMedian: median * 1.01,
    gflops: flops / median / 1e6,
    speedup: (flops / speeds['cpu-simd'] / 1e6 + 0.2) / median,
    verdict: contestant === 'flash' ? 'fastest' : 'slower',
  };
}

function verified(contestant: string, flops: number, seed: number): EntryReport {
  return {
    contestant,
    status: 'verified',
    compileMs: contestant.startsWith('cpu') ? undefined : 41.5,
    verification: {
      passed: true,
      rows: 2048,
      rowsTotal: 2048,
      sampled: false,
      maxError: 3.1e-7,
      errorOverBound: 0.12,
      relativeError: 8.4e-8,
      worst: { batch: 0, head: 3, query: 17, column: 5, got: 0.25, want: 0.2500003, bound: 2.6e-6 },
    },
    timing: timing(contestant, flops, seed),
  };
}

/** Failures in the third and the last case, so that they can be seen. */
function withFailure(entry: EntryReport, index: number, last: number): EntryReport {
  const { contestant, verification } = entry;
  if (index === 2 && contestant === 'three-pass') {
    return {
      contestant,
      status: 'wrong',
      compileMs: 12,
      verification: { ...verification!, passed: false, maxError: 0.041, errorOverBound: 5120 },
    };
  }
  if (index === last && contestant === 'three-pass') {
    const message =
      'Scores need 536,870,912 bytes; maxStorageBufferBindingSize is 268,435,456. 2048 queries fit.';
    return { contestant, status: 'refused', message };
  }
  if (index === last && contestant === 'cpu') {
    return { contestant, status: 'failed', message: 'The worker stopped: out of memory.' };
  }
  return entry;
}

function caseOf(
  item: PresetCase,
  index: number,
  all: readonly unknown[],
  { contestants: names, dtype }: Settings,
): CaseReport {
  const benchmarkCase = { ...item, dtype };
  const { shape } = item;
  const flops = operationsOf(benchmarkCase);
  const last = all.length > 1 ? all.length - 1 : -1;
  const reported = {
    name: caseName(benchmarkCase),
    ...benchmarkCase,
    flops,
    bytes: compulsoryBytes(benchmarkCase),
    sizedFrom:
      index === 1 && last > 0 ? { ...shape, queryLength: 4096, keyLength: 4096 } : undefined,
    entries: names.map((name, i) => withFailure(verified(name, flops, index * 8 + i), index, last)),
  };
  return withRoofs(reported, sampleCeilings);
}

export function sampleReport(settings: Settings = defaultSettings): Report {
  return {
    schema: 'attention-playground/benchmark',
    version: 3,
    createdAt: '2026-01-02T03:04:05.678Z',
    settings,
    device: sampleDevice,
    ceilings: sampleCeilings,
    status: 'complete',
    cases: casesOf(settings).cases.map((item, index, all) => caseOf(item, index, all, settings)),
    durationSeconds: 48.2,
  };
}

const stages: readonly BenchmarkStage[] = [
  'inputs',
  'reference',
  'compiling',
  'verifying',
  'timing',
];

/** Replaces the benchmark: reports the sample results step by step and can be aborted. */
export function fakeBenchmark(stepMs: number): RunBenchmark {
  return async (settings, { signal, onEvent } = {}) => {
    const whole = sampleReport(settings);
    const steps = whole.cases.flatMap((item, caseIndex) =>
      item.entries.map((entry, entryIndex) => ({ caseIndex, entryIndex, entry })),
    );
    let report = partialReport(whole, 0, 'running');
    const send = (event: BenchmarkEvent) => onEvent?.(event);
    for (let done = 0; done < steps.length; done++) {
      report = partialReport(whole, done, 'running');
      send({ type: 'report', report });
      for (const [i, stage] of stages.entries()) {
        const fraction = (done + i / stages.length) / steps.length;
        const { caseIndex, entry } = steps[done];
        const secondsLeft = (1 - fraction) * 48;
        const progress = { stage, caseIndex, contestant: entry.contestant, fraction, secondsLeft };
        send({ type: 'progress', progress });
        await new Promise((resolve) => setTimeout(resolve, stepMs));
        if (signal?.aborted) {
          report = partialReport(whole, done, 'cancelled');
          send({ type: 'done', report });
          return report;
        }
      }
    }
    send({ type: 'done', report: whole });
    return whole;
  };
}

/** The report after the first `done` entries. */
function partialReport(whole: Report, done: number, status: 'running' | 'cancelled'): Report {
  let position = 0;
  const cases = whole.cases.map((item) => ({
    ...item,
    entries: item.entries.map((entry): EntryReport => {
      const ahead = position++ - done;
      if (ahead < 0) return entry;
      const unreached = status === 'cancelled' ? 'cancelled' : ahead === 0 ? 'running' : 'pending';
      return { contestant: entry.contestant, status: unreached };
    }),
  }));
  return { ...whole, status, cases, durationSeconds: 12 };
}
