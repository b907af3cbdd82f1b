import type { WorkOptions } from '../async/abort';
import { sampleIndices } from '../numeric/random';

/** One timed call. */
export interface Sample {
  /** Milliseconds of one attention call, by the best available clock. */
  readonly milliseconds: number;
  /** The same by the wall clock. */
  readonly wallMilliseconds: number;
}

/** An implementation that is prepared for one case. */
export interface Runner {
  readonly name: string;
  /** Milliseconds of its first compilation; undefined where nothing is compiled. */
  readonly compileMs?: number;
  /** Computes the rows to check, E values each. */
  compute(rows: Int32Array, control: WorkOptions): Promise<Float32Array>;
  /** Gets ready for timing. Where the work can be divided, one sample takes about `sampleMs` at most. */
  warmUp(sampleMs: number, control: WorkOptions): Promise<void>;
  /** One sample; null when the clock gave an invalid reading. */
  sample(control: WorkOptions): Promise<Sample | null>;
  /** Known after `warmUp`. */
  readonly timing: {
    readonly timer: 'timestamps' | 'wall';
    readonly repeats: number;
    readonly extrapolatedFrom?: { readonly rows: number; readonly rowsTotal: number };
  };
  destroy(): void;
}

export interface MeasureOptions extends WorkOptions {
  /** Seconds for all of them together. */
  readonly seconds: number;
  /** Called after each sample with all samples of that runner. */
  readonly onSamples: (runner: Runner, samples: readonly Sample[]) => void;
  readonly onRunner?: (runner: Runner) => void;
  /** A runner that throws drops out, unless this throws as well. */
  readonly onFailure: (runner: Runner, error: unknown) => void;
  readonly seed: number;
}

/** Six samples are the minimum for a 95 % interval of the median; more than 30 hardly narrow it. */
export const WANTED_SAMPLES = 6;
const MAX_SAMPLES = 30;
const MAX_INVALID_READINGS = 10;

const samplingOf = (runner: Runner) => ({
  runner,
  samples: [] as Sample[],
  spentSeconds: 0,
  invalidReadings: 0,
  failed: false,
});
type Sampling = ReturnType<typeof samplingOf>;

/**
 * Samples all runners in turn, in a new seeded order each round, so that other load on the machine affects all of
 * them alike. Each has an equal share of the time and sits out once it is spent, but gets at least one sample.
 */
export async function measure(
  runners: readonly Runner[],
  options: MeasureOptions,
): Promise<ReadonlyMap<Runner, readonly Sample[]>> {
  const samplings = runners.map(samplingOf);
  const share = options.seconds / Math.max(1, runners.length);
  for (let round = 0; ; round++) {
    const active = shuffle(
      samplings.filter((sampling) => needsMore(sampling, share)),
      options.seed + round,
    );
    if (active.length === 0) break;
    for (const sampling of active) {
      options.signal?.throwIfAborted();
      options.onRunner?.(sampling.runner);
      await takeSample(sampling, options);
    }
  }
  return new Map(samplings.map(({ runner, samples }) => [runner, samples]));
}

function needsMore(
  { samples, spentSeconds, invalidReadings, failed }: Sampling,
  share: number,
): boolean {
  if (failed || samples.length >= MAX_SAMPLES || invalidReadings >= MAX_INVALID_READINGS) {
    return false;
  }
  // Another sample must fit into what is left of the share.
  return samples.length === 0 || spentSeconds + spentSeconds / samples.length <= share;
}

async function takeSample(sampling: Sampling, options: MeasureOptions): Promise<void> {
  const { runner, samples } = sampling;
  const start = performance.now();
  try {
    const sample = await runner.sample(options);
    if (!sample) {
      sampling.invalidReadings++;
      return;
    }
    samples.push(sample);
  } catch (error) {
    sampling.failed = true;
    options.onFailure(runner, error);
    return;
  } finally {
    sampling.spentSeconds += (performance.now() - start) / 1000;
  }
  options.onSamples(runner, samples);
}

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const rest = [...items];
  const result: T[] = [];
  for (let i = 0; rest.length > 0; i++) {
    const [pick] = sampleIndices(1, rest.length, (seed * 31 + i) >>> 0);
    result.push(...rest.splice(pick, 1));
  }
  return result;
}
