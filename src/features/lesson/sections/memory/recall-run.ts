import { TimeSlice } from '../../../../async/yield';
import {
  fixedStateLimits,
  type FixedStateOptions,
  type RecallAtDistance,
  recallTrialByTrial,
} from './fixed-state';
import type { LessonState } from '../../model/state';

/** The standard error of a share is then at most 1/16, less than half of what a guess may be off. */
export const RECALL_TRIALS = 64;

export const GRID_DISTANCES: readonly number[] = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export const MAX_DISTANCE = fixedStateLimits.distance;

/** What the curve depends on; the distance only says where it is read. */
type RecallSettings = Pick<LessonState, 'stateSize' | 'decay' | 'seed' | 'distance'>;

/** Recall by distance, computed in slices of the page's thread and kept as long as the settings stay. */
export class RecallRun {
  private key = '';
  private distance = 0;
  /** Averages over all trials, or over those of the current run so far. */
  private found = new Map<number, RecallAtDistance>();
  private abort = new AbortController();

  constructor(private readonly onProgress: () => void) {}

  update(settings: RecallSettings): void {
    const { stateSize, decay, seed, distance } = settings;
    const key = keyOf(settings);
    if (key !== this.key) this.found.clear();
    this.key = key;
    this.distance = distance;
    const missing = this.distances.filter((one) => !this.isComplete(one));
    // The current run computes them.
    if (missing.every((one) => this.found.has(one))) return;
    this.stop();
    void this.run({ stateSize, decay, seed, distances: missing, trials: RECALL_TRIALS });
  }

  get curve(): RecallAtDistance[] {
    return this.distances.flatMap((distance) => this.at(distance) ?? []);
  }

  at(distance: number): RecallAtDistance | undefined {
    return this.found.get(distance);
  }

  /** The result of a complete run with these settings. */
  completed(settings: RecallSettings): RecallAtDistance | undefined {
    const isKnown = keyOf(settings) === this.key && this.isComplete(settings.distance);
    return isKnown ? this.at(settings.distance) : undefined;
  }

  stop(): void {
    this.abort.abort();
    for (const distance of this.found.keys()) {
      if (!this.isComplete(distance)) this.found.delete(distance);
    }
  }

  private isComplete(distance: number): boolean {
    return this.at(distance)?.trials === RECALL_TRIALS;
  }

  private get distances(): number[] {
    return [...new Set([...GRID_DISTANCES, this.distance])].toSorted((a, b) => a - b);
  }

  /** Yields after the first trial already, so that there is always something to show. */
  private async run(options: FixedStateOptions) {
    const { signal } = (this.abort = new AbortController());
    const slice = new TimeSlice();
    for (const latest of recallTrialByTrial(options)) {
      for (const recall of latest) this.found.set(recall.distance, recall);
      if (latest[0].trials > 1 && !slice.isOver) continue;
      await slice.yield();
      if (signal.aborted) return;
      this.onProgress();
    }
    this.onProgress();
  }
}

const keyOf = ({ stateSize, decay, seed }: Omit<RecallSettings, 'distance'>) =>
  [stateSize, decay, seed].join();
