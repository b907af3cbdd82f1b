import type { Entrant, RunControl, Sample } from './entrant';
import { sampleIndices } from '../numeric/random';

export interface MeasureOptions extends RunControl {
  /** Seconds for all of them together. */
  readonly seconds: number;
  /** Called after each sample with all samples of that entrant. */
  readonly onSamples: (entrant: Entrant, samples: readonly Sample[]) => void;
  readonly onEntrant?: (entrant: Entrant) => void;
  /** An entrant that throws drops out, unless this throws on. */
  readonly onFailure: (entrant: Entrant, error: unknown) => void;
  readonly seed: number;
}

/** Six samples are the fewest that give a median a 95 % interval; more than 30 hardly narrow it. */
export const WANTED_SAMPLES = 6;
const MOST_SAMPLES = 30;
/** Readings that the clock may spoil before we stop asking. */
const MOST_SPOILT = 10;

interface Runner {
  readonly entrant: Entrant;
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
  entrants: readonly Entrant[],
  options: MeasureOptions,
): Promise<ReadonlyMap<Entrant, readonly Sample[]>> {
  const runners: Runner[] = entrants.map((entrant) => ({
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
      options.onEntrant?.(runner.entrant);
      await takeSample(runner, options);
    }
  }
  return new Map(runners.map(({ entrant, samples }) => [entrant, samples]));
}

function wantsMore({ samples, spentSeconds, spoilt, failed }: Runner, share: number): boolean {
  if (failed || samples.length >= MOST_SAMPLES || spoilt >= MOST_SPOILT) return false;
  if (samples.length === 0) return true;
  // Another sample must fit into what is left of the share.
  return spentSeconds + spentSeconds / samples.length <= share;
}

async function takeSample(runner: Runner, options: MeasureOptions): Promise<void> {
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
