import { sampleIndices } from '../numeric/random';

/** One timed call. */
export interface Sample {
  /** Milliseconds for one attention call, by the best clock there is. */
  readonly milliseconds: number;
  /** The same by the wall clock. */
  readonly wallMilliseconds: number;
}

export interface RunControl {
  readonly signal?: AbortSignal;
  /** Share of this run that is done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** A contestant at the start of one case: prepared, but not yet run. */
export interface Runner {
  readonly name: string;
  /** Milliseconds its first compilation took; undefined where nothing is compiled. */
  readonly compileMs?: number;
  /** Computes the rows to be checked, E values each. */
  compute(rows: Int32Array, control: RunControl): Promise<Float32Array>;
  /** Gets ready to be timed, so that one sample takes about `sampleMs` at most where it can be cut. */
  warmUp(sampleMs: number, control: RunControl): Promise<void>;
  /** One sample; null when the clock gave a bad reading. */
  sample(control: RunControl): Promise<Sample | null>;
  /** Known after `warmUp`. */
  readonly timing: {
    readonly timer: 'timestamps' | 'wall';
    readonly repeats: number;
    readonly extrapolatedFrom?: { readonly rows: number; readonly rowsTotal: number };
  };
  destroy(): void;
}

export interface MeasureOptions extends RunControl {
  /** Seconds for all of them together. */
  readonly seconds: number;
  /** Called after each sample with all samples of that entrant. */
  readonly onSamples: (entrant: Runner, samples: readonly Sample[]) => void;
  readonly onRunner?: (entrant: Runner) => void;
  /** An entrant that throws drops out, unless this throws on. */
  readonly onFailure: (entrant: Runner, error: unknown) => void;
  readonly seed: number;
}

/** Six samples are the fewest that give a median a 95 % interval; more than 30 hardly narrow it. */
export const WANTED_SAMPLES = 6;
const MAX_SAMPLES = 30;
/** Readings that the clock may spoil before we stop asking. */
const MAX_INVALID_READINGS = 10;

interface Sampling {
  readonly entrant: Runner;
  readonly samples: Sample[];
  spentSeconds: number;
  spoilt: number;
  failed: boolean;
}

/**
 * Samples all entrants in turn, in a new seeded order each round, so that what else the machine does falls
 * on all of them alike. Each has an equal share of the time; whoever used up its share sits out, but
 * everyone gets one sample.
 */
export async function measure(
  entrants: readonly Runner[],
  options: MeasureOptions,
): Promise<ReadonlyMap<Runner, readonly Sample[]>> {
  const runners: Sampling[] = entrants.map((entrant) => ({
    entrant,
    samples: [],
    spentSeconds: 0,
    spoilt: 0,
    failed: false,
  }));
  const share = options.seconds / Math.max(1, entrants.length);
  for (let round = 0; ; round++) {
    const active = shuffle(
      runners.filter((runner) => wantsMore(runner, share)),
      options.seed + round,
    );
    if (active.length === 0) break;
    for (const runner of active) {
      options.signal?.throwIfAborted();
      options.onRunner?.(runner.entrant);
      await takeSample(runner, options);
    }
  }
  return new Map(runners.map(({ entrant, samples }) => [entrant, samples]));
}

function wantsMore({ samples, spentSeconds, spoilt, failed }: Sampling, share: number): boolean {
  if (failed || samples.length >= MAX_SAMPLES || spoilt >= MAX_INVALID_READINGS) return false;
  if (samples.length === 0) return true;
  // Another sample must fit into what is left of the share.
  return spentSeconds + spentSeconds / samples.length <= share;
}

async function takeSample(runner: Sampling, options: MeasureOptions): Promise<void> {
  const start = performance.now();
  try {
    const sample = await runner.entrant.sample(options);
    if (!sample) {
      runner.spoilt++;
      return;
    }
    runner.samples.push(sample);
  } catch (error) {
    runner.failed = true;
    options.onFailure(runner.entrant, error);
    return;
  } finally {
    runner.spentSeconds += (performance.now() - start) / 1000;
  }
  options.onSamples(runner.entrant, runner.samples);
}

/** A seeded order. */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  const rest = [...items];
  const result: T[] = [];
  for (let i = 0; rest.length > 0; i++) {
    const [pick] = sampleIndices(1, rest.length, (seed * 31 + i) >>> 0);
    result.push(...rest.splice(pick, 1));
  }
  return result;
}
