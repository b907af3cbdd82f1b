import {
  fixedStateLimits,
  type FixedStateOptions,
  type RecallAtDistance,
  recallTrialByTrial,
} from '../../model/fixed-state';
import type { LessonState } from '../../model/state';

/** Enough that the standard error of a share, at most 1/16, is below half of what an answer may be off. */
export const RECALL_TRIALS = 64;

/** Work of a frame that leaves the page its own share of it. */
const SLICE_MS = 8;

/** Goes through a generator a little each frame, so that the page stays at hand; a new one ends the old. */
export class FrameSlices<Step> {
  private frame = 0;

  /** Calls `show` once a frame with the latest step, and whether it was the last. */
  start(steps: Iterator<Step>, show: (latest: Step, isDone: boolean) => void): void {
    this.stop();
    // Of a frame before, where the end comes after the last step.
    let latest: Step | undefined;
    const go = () => {
      const until = performance.now() + SLICE_MS;
      let isDone = false;
      do {
        const next = steps.next();
        isDone = next.done === true;
        if (!isDone) latest = next.value;
      } while (!isDone && performance.now() < until);
      if (!isDone) this.frame = requestAnimationFrame(go);
      if (latest !== undefined) show(latest, isDone);
    };
    this.frame = requestAnimationFrame(go);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
  }
}

/** Distances that the curve has always. */
export const GRID_DISTANCES: readonly number[] = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export const MAX_DISTANCE = fixedStateLimits.distance;

/** Where a distance stands on the axis, from 0 to 1: each doubling is as wide, and 0 has a place too. */
export const axisFraction = (distance: number): number =>
  Math.log2(1 + distance) / Math.log2(1 + MAX_DISTANCE);

/** The distance at a place of the axis, whole and within what there is. */
export function distanceAt(place: number): number {
  const distance = Math.round(2 ** (place * Math.log2(1 + MAX_DISTANCE)) - 1);
  return Math.min(MAX_DISTANCE, Math.max(0, distance));
}

/** What the curve depends on; the distance only says where it is read. */
type RecallSettings = Pick<LessonState, 'stateSize' | 'decay' | 'seed' | 'distance'>;

/** Recall by distance, computed a little each frame and kept for as long as the settings stay. */
export class RecallRun {
  private readonly slices = new FrameSlices<RecallAtDistance[]>();
  private key = '';
  private distance = 0;
  /** Averages over all sequences. */
  private known = new Map<number, RecallAtDistance>();
  /** Averages so far, over this many, of what is being computed. */
  private partial = new Map<number, RecallAtDistance>();
  private trials = 0;

  constructor(private readonly tell: () => void) {}

  /** Starts what is missing for these settings, and ends what no longer counts. */
  update(settings: RecallSettings): void {
    const { stateSize, decay, seed, distance } = settings;
    const key = keyOf(settings);
    if (key !== this.key) {
      this.stop();
      this.key = key;
      this.known = new Map();
    }
    this.distance = distance;
    const missing = this.wanted.filter((one) => !this.known.has(one));
    // What is under way may be what is asked for.
    if (missing.every((one) => this.partial.has(one))) return;
    this.stop();
    this.run({ stateSize, decay, seed, distances: missing, trials: RECALL_TRIALS });
  }

  /** At the distances of the grid and at that of the settings. */
  get curve(): RecallAtDistance[] {
    return this.wanted.flatMap((distance) => this.at(distance) ?? []);
  }

  /** What is known so far. */
  at(distance: number): RecallAtDistance | undefined {
    return this.known.get(distance) ?? this.partial.get(distance);
  }

  /** Over how many sequences that is. */
  trialsAt(distance: number): number {
    return this.known.has(distance) ? RECALL_TRIALS : this.trials;
  }

  /** What a complete run has for these settings. */
  completed(settings: RecallSettings): RecallAtDistance | undefined {
    return keyOf(settings) === this.key ? this.known.get(settings.distance) : undefined;
  }

  /** What was begun is begun anew when it is asked for again. */
  stop(): void {
    this.slices.stop();
    this.partial = new Map();
    this.trials = 0;
  }

  private get wanted(): number[] {
    return [...new Set([...GRID_DISTANCES, this.distance])].toSorted((a, b) => a - b);
  }

  /** The first sequence at once: there is always something to show. */
  private run(options: FixedStateOptions) {
    const steps = recallTrialByTrial(options);
    const take = (latest: readonly RecallAtDistance[]) => {
      for (const recall of latest) this.partial.set(recall.distance, recall);
    };
    const counted = this.counted(steps);
    take(counted.next().value!);
    this.slices.start(counted, (latest, isDone) => {
      take(latest);
      if (isDone) {
        for (const recall of this.partial.values()) this.known.set(recall.distance, recall);
        this.stop();
      }
      this.tell();
    });
  }

  private *counted(steps: Iterable<RecallAtDistance[]>) {
    for (const step of steps) {
      this.trials++;
      yield step;
    }
  }
}

const keyOf = ({ stateSize, decay, seed }: Omit<RecallSettings, 'distance'>) =>
  [stateSize, decay, seed].join();
