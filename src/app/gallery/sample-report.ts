import { type BenchmarkCase, pendingCase } from '../../bench/case';
import { casesOf } from '../../bench/presets';
import { Recorder } from '../../bench/recorder';
import {
  type CaseReport,
  type CeilingReport,
  type DeviceReport,
  type EntryReport,
  type Report,
  createReport,
} from '../../bench/report';
import { withRoofs } from '../../bench/roofline/roof';
import { defaultSettings, type Settings } from '../../bench/settings';
import { compareEntries, timingOf } from '../../bench/timing';
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

function verified(contestant: string, flops: number, seed: number): EntryReport {
  const noise = fillRandom(new Float64Array(12), { seed });
  const typical = flops / speeds[contestant] / 1e6 + 0.2;
  const samples = Array.from(noise, (x) => {
    const milliseconds = typical * (1 + 0.015 * Math.abs(x) + 0.004 * x);
    return { milliseconds, wallMilliseconds: 1.01 * milliseconds };
  });
  const timer = contestant.startsWith('cpu') ? 'wall' : 'timestamps';
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
    timing: timingOf({ timing: { timer, repeats: 4 } }, samples, flops),
  };
}

/** Failures in the third and the last case, so that they can be seen. */
function withFailure(entry: EntryReport, index: number, isLast: boolean): EntryReport {
  const { contestant, verification } = entry;
  if (index === 2 && contestant === 'three-pass') {
    return {
      contestant,
      status: 'wrong',
      compileMs: 12,
      verification: { ...verification!, passed: false, maxError: 0.041, errorOverBound: 5120 },
    };
  }
  if (isLast && contestant === 'three-pass') {
    const message =
      'Scores need 536,870,912 bytes; maxStorageBufferBindingSize is 268,435,456. 2048 queries fit.';
    return { contestant, status: 'refused', message };
  }
  if (isLast && contestant === 'cpu') {
    return { contestant, status: 'failed', message: 'The worker stopped: out of memory.' };
  }
  return entry;
}

function caseOf(
  benchmarkCase: BenchmarkCase,
  index: number,
  { contestants }: Settings,
  isLast: boolean,
): CaseReport {
  const { shape } = benchmarkCase;
  const longer = { ...shape, queryLength: 4096, keyLength: 4096 };
  const pending = pendingCase(benchmarkCase, contestants, null, index === 1 ? longer : undefined);
  const entries = contestants.map((name, i) =>
    withFailure(verified(name, pending.flops, index * 8 + i), index, isLast),
  );
  return withRoofs({ ...pending, entries: compareEntries(entries) }, sampleCeilings);
}

export function sampleReport(settings: Settings = defaultSettings): Report {
  const { cases } = casesOf(settings);
  return {
    ...createReport(settings),
    createdAt: '2026-01-02T03:04:05.678Z',
    device: sampleDevice,
    ceilings: sampleCeilings,
    status: 'complete',
    cases: cases.map((one, index) =>
      caseOf(one, index, settings, index > 0 && index === cases.length - 1),
    ),
    durationSeconds: 48.2,
  };
}

const stages = ['inputs', 'reference', 'compiling', 'verifying', 'timing'] as const;

/** Replaces the benchmark: reports the sample results step by step and can be aborted. */
export function fakeBenchmark(stepMs: number): RunBenchmark {
  return async (settings, { signal, onEvent = () => {} } = {}) => {
    const { device, ceilings, cases } = sampleReport(settings);
    const pending = cases.map((reported) => ({
      ...reported,
      entries: reported.entries.map(({ contestant }): EntryReport => {
        return { contestant, status: 'pending' };
      }),
    }));
    const recorder = new Recorder(settings, onEvent);
    recorder.update({ device, ceilings, cases: pending });
    for (const [caseIndex, { entries }] of cases.entries()) {
      for (const [i, entry] of entries.entries()) {
        const { contestant } = entry;
        recorder.updateEntry(caseIndex, contestant, { status: 'running' });
        for (const stage of stages) {
          const fraction = (caseIndex + i / entries.length) / cases.length;
          const secondsLeft = (1 - fraction) * 48;
          const progress = { stage, caseIndex, contestant, fraction, secondsLeft };
          onEvent({ type: 'progress', progress });
          await new Promise((resolve) => setTimeout(resolve, stepMs));
          if (signal?.aborted) return recorder.finish('cancelled');
        }
        recorder.updateEntry(caseIndex, contestant, entry);
      }
    }
    return recorder.finish('complete');
  };
}
