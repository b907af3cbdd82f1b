import { LatestTask, type TaskHost } from '../../../../async/latest-task';
import { type KernelAnswer, type LessonKernels, MIN_RUN_MS } from '../../engine/kernels';
import { dilutionProblem } from '../../model/attention-problems';
import type { DilutionOptions } from '../../model/dilution';

/**
 * The kernels' answers by number of words, so that a curve fills with points. They are kept until other scores
 * are requested.
 */
export class DilutionRuns {
  answers = new Map<number, KernelAnswer>();
  #scores = '';
  readonly #task: LatestTask<{ options: DilutionOptions; sizes: readonly number[] }>;

  constructor(host: TaskHost, kernels: () => LessonKernels) {
    this.#task = new LatestTask(
      host,
      async ({ options, sizes }, { signal }) => {
        const { answers } = this;
        for (const size of sizes) {
          if (answers.has(size)) continue;
          const answer = await kernels().run(dilutionProblem(size, options), { signal });
          signal.throwIfAborted();
          answers.set(size, answer);
          host.requestUpdate();
        }
      },
      { minRunMs: MIN_RUN_MS, isSame: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
    );
  }

  get message(): string {
    return this.#task.message;
  }

  /** Computes these sizes in order, except those already known. */
  request(options: DilutionOptions, sizes: readonly number[]): void {
    const scores = JSON.stringify(options);
    if (scores !== this.#scores) this.answers = new Map();
    this.#scores = scores;
    this.#task.run({ options, sizes });
  }
}
