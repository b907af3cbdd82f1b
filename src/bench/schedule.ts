import type { BenchmarkProgress } from './report';

/** A step of a benchmark with the seconds it is expected to take. */
interface Step {
  readonly expected: number;
  done: boolean;
}

type Now = () => number;
type Activity = Pick<BenchmarkProgress, 'stage' | 'caseIndex' | 'contestant'>;

/** Reports the share of a step that is done, and its activity where that changed. */
export type UpdateProgress = (fraction: number, activity?: Partial<Activity>) => void;

/**
 * Turns expected durations into progress and time left. Steps are added as they become known. How long finished steps
 * really took corrects the expectation of the others, within limits.
 */
export class Schedule {
  readonly #steps: Step[] = [];
  #current: { step: Step; since: number; fraction: number } | null = null;
  #doneExpected = 0;
  #doneActual = 0;
  #fraction = 0;

  constructor(
    private readonly onProgress: (progress: BenchmarkProgress) => void,
    private readonly now: Now = () => performance.now() / 1000,
  ) {}

  add(expectedSeconds: number): Step {
    const step = { expected: Math.max(expectedSeconds, 0.01), done: false };
    this.#steps.push(step);
    return step;
  }

  async run<T>(
    step: Step,
    activity: Activity,
    work: (update: UpdateProgress) => Promise<T>,
  ): Promise<T> {
    this.#current = { step, since: this.now(), fraction: 0 };
    const running = this.#current;
    this.#report(activity);
    try {
      let current = activity;
      return await work((fraction, change) => {
        // A late report of an earlier step does not count for the present one.
        if (this.#current !== running) return;
        current = { ...current, ...change };
        running.fraction = Math.min(1, Math.max(running.fraction, fraction));
        this.#report(current);
      });
    } finally {
      this.#doneActual += this.now() - running.since;
      this.#doneExpected += step.expected;
      step.done = true;
      this.#current = null;
    }
  }

  skip(step: Step): void {
    step.done = true;
  }

  #report(activity: Activity): void {
    const { step, since, fraction } = this.#current!;
    const open = this.#steps.filter((other) => !other.done && other !== step);
    const later = open.reduce((total, { expected }) => total + expected, 0) * this.#correction();
    const elapsed = this.now() - since;
    const projected = fraction > 0.02 ? elapsed / fraction : step.expected * this.#correction();
    const left = later + Math.max(projected - elapsed, 0);
    const done = this.#doneActual + elapsed;
    this.#fraction = Math.max(this.#fraction, done / (done + left));
    this.onProgress({ ...activity, fraction: Math.min(this.#fraction, 1), secondsLeft: left });
  }

  #correction(): number {
    if (this.#doneExpected < 1) return 1;
    return Math.min(3, Math.max(1 / 3, this.#doneActual / this.#doneExpected));
  }
}
