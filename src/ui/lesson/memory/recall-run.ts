import {
  type FixedStateOptions,
  type RecallAtDistance,
  recallTrials,
} from '../../../lessons/fixed-state';
import { RECALL_TRIALS } from '../../../lessons/predict';
import type { LessonState } from '../../../lessons/state';
import { Slices } from '../slices';
import { GRID } from './recall-axis';

/** What the curve depends on; the distance only says where it is read. */
export type RecallSettings = Pick<LessonState, 'stateSize' | 'decay' | 'seed' | 'distance'>;

/** Recall by distance, computed a little each frame and kept for as long as the settings stay. */
export class RecallRun {
  private readonly slices = new Slices<RecallAtDistance[]>();
  private key = '';
  private distance = 0;
  /** Averages over all sequences. */
  private known = new Map<number, RecallAtDistance>();
  /** Averages so far, over this many, of what is being computed. */
  private partial = new Map<number, RecallAtDistance>();
  private trials = 0;

  constructor(private readonly tell: () => void) {}

  /** Starts what is missing for these settings, and ends what no longer counts. */
  follow(settings: RecallSettings): void {
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
  complete(settings: RecallSettings): RecallAtDistance | undefined {
    return keyOf(settings) === this.key ? this.known.get(settings.distance) : undefined;
  }

  /** What was begun is begun anew when it is asked for again. */
  stop(): void {
    this.slices.stop();
    this.partial = new Map();
    this.trials = 0;
  }

  private get wanted(): number[] {
    return [...new Set([...GRID, this.distance])].toSorted((a, b) => a - b);
  }

  /** The first sequence at once: there is always something to show. */
  private run(options: FixedStateOptions) {
    const steps = recallTrials(options);
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
