import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LessonProblem } from '../../lessons/problems';
import { Latest } from '../heads/latest';
import type { KernelAnswer, LessonKernels } from './kernels';

/**
 * An attention problem computed for an element, again whenever it is another: the latest alone. `answer` stays
 * what it was until there is a newer one; `isCurrent` tells whether it is of the latest problem.
 */
export class KernelRun implements ReactiveController {
  answer: KernelAnswer | null = null;
  /** Why there is none. */
  trouble = '';
  #wanted: LessonProblem | null = null;
  #answered: LessonProblem | null = null;
  readonly #latest = new Latest<LessonProblem>(
    async (problem, signal) => {
      this.answer = await this.kernels().run(problem, { signal });
      this.#answered = problem;
      this.trouble = '';
      this.host.requestUpdate();
    },
    (error) => {
      this.trouble = error instanceof Error ? error.message : String(error);
      this.host.requestUpdate();
    },
    PATIENCE_MS,
  );

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly kernels: () => LessonKernels,
  ) {
    host.addController(this);
  }

  get isCurrent(): boolean {
    return this.#answered !== null && this.#answered === this.#wanted;
  }

  /** Computes this problem, unless it is the very one wanted last. */
  want(problem: LessonProblem): void {
    if (problem === this.#wanted) return;
    this.#wanted = problem;
    this.#latest.request(problem);
  }

  hostConnected(): void {
    if (this.#wanted && !this.isCurrent) this.#latest.request(this.#wanted);
  }

  hostDisconnected(): void {
    this.#latest.stop();
  }
}

/** While a handle is dragged, some of the answers on the way are shown. */
const PATIENCE_MS = 100;
