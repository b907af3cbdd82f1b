import type { Gpu } from '../../webgpu/device';
import { runInPieces } from '../../webgpu/submission';
import type { PassTimer, TimerResolution } from '../../webgpu/timing';
import type { PreparedProbe } from './probe';

/** Samples of a probe, each of the same work. */
export interface ProbeSamples {
  readonly milliseconds: readonly number[];
  /** Operations, or bytes, of one sample. */
  readonly work: number;
}

/** A sample should be this many steps of the clock long; by the wall clock, dwarf what submitting costs. */
const STEPS = 50;
const SHORTEST_MS = { timestamps: 8, wall: 25 };
/** What is aimed at, so that no submission takes more than 50 ms. */
const LONGEST_MS = 30;
const SAMPLES = 6;
const FIRST_UNITS = 2;
const LARGEST_GROWTH = 8;
/** Readings that the clock may spoil, and units in all, before we stop asking. */
const MOST_ATTEMPTS = 40;

export interface ProbeClock {
  readonly timer: PassTimer | null;
  readonly resolution: TimerResolution;
}

/**
 * Runs a probe in submissions that grow until one is long enough for the clock, then takes samples of that
 * size, and checks what the last one computed.
 * @throws ProbeError; DeviceLostError; the signal's reason.
 */
export async function runProbe(
  gpu: Gpu,
  probe: PreparedProbe,
  { timer, resolution }: ProbeClock,
  signal?: AbortSignal,
): Promise<ProbeSamples> {
  const kind = timer ? 'timestamps' : 'wall';
  const enough = Math.min(LONGEST_MS, Math.max(SHORTEST_MS[kind], STEPS * resolution.resolutionMs));
  // Drivers compile, and clear what is new, at the first run of all: it tells nothing.
  await submit(gpu, probe, 1, timer, signal);
  let units = FIRST_UNITS;
  let milliseconds: number[] = [];
  for (let attempt = 0; attempt < MOST_ATTEMPTS && milliseconds.length < SAMPLES; attempt++) {
    const ms = await submit(gpu, probe, units, timer, signal);
    if (ms === null) continue;
    if (ms >= enough) {
      milliseconds.push(ms);
      continue;
    }
    // What was long enough before may only have been disturbed.
    milliseconds = [];
    units = Math.ceil(units * Math.min(LARGEST_GROWTH, (1.3 * enough) / Math.max(ms, 1e-3)));
  }
  if (milliseconds.length === 0) throw new Error(`${probe.label}: the clock gave no reading.`);
  await probe.check(Math.min(units, probe.maxUnits));
  return { milliseconds, work: units * probe.workOfUnit };
}

/** One submission; null after a bad reading. */
async function submit(
  gpu: Gpu,
  probe: PreparedProbe,
  units: number,
  timer: PassTimer | null,
  signal?: AbortSignal,
): Promise<number | null> {
  const work = {
    label: probe.label,
    // One piece: a probe is as long as it is.
    units: 1,
    maxUnits: 1,
    prepare: () => {},
    encode(pass: GPUComputePassEncoder) {
      for (let rest = units; rest > 0; rest -= probe.maxUnits) {
        probe.encode(pass, Math.min(rest, probe.maxUnits));
      }
    },
  };
  const { gpuMs, wallMs } = await runInPieces(gpu, work, { timer, signal });
  return timer ? gpuMs : wallMs;
}
