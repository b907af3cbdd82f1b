import { isKernel } from './case';
import type { Entrant } from './entrant';
import { type MeasureOptions, WANTED_SAMPLES, measure } from './measure';
import type { Update } from './schedule';

/** A CPU sample shorter than this is mostly noise. */
const SHORTEST_CPU_SAMPLE_MS = 200;

export interface CaseTiming extends Pick<
  MeasureOptions,
  'seconds' | 'seed' | 'signal' | 'onSamples' | 'onFailure'
> {
  readonly update: Update;
  /** Seconds that each entrant's first whole call took. */
  readonly callSeconds: ReadonlyMap<string, number>;
}

/** Warms the entrants up, then samples them in turn, telling what is under way and how much is left. */
export async function timeEntrants(entrants: readonly Entrant[], timing: CaseTiming) {
  const { seconds, signal } = timing;
  const share = seconds / entrants.length;
  const sampleMs = Math.max(SHORTEST_CPU_SAMPLE_MS, (1000 * share) / (WANTED_SAMPLES + 1));
  const tick = startClock(entrants, share, timing);
  const ready: Entrant[] = [];
  for (const entrant of entrants) {
    tick({ stage: 'warming', contestant: entrant.name });
    try {
      await entrant.warmUp(sampleMs, { signal, onProgress: () => tick() });
      ready.push(entrant);
    } catch (error) {
      timing.onFailure(entrant, error);
    }
  }
  await measure(ready, {
    ...timing,
    onProgress: () => tick(),
    onEntrant: ({ name }) => tick({ stage: 'timing', contestant: name }),
  });
}

/** Progress by the clock: everyone has a share of the time, or one call where that is longer. */
function startClock(
  entrants: readonly Entrant[],
  share: number,
  { callSeconds, update }: CaseTiming,
): (what?: Parameters<Update>[1]) => void {
  const expected = entrants.reduce((total, { name }) => {
    const call = isKernel(name) ? (callSeconds.get(name) ?? 0) : 0;
    return total + Math.max(share, call);
  }, 0);
  const start = performance.now();
  return (what) => update((performance.now() - start) / 1000 / Math.max(expected, 0.01), what);
}
