import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DilutionOptions } from '../../../lessons/dilution';
import { dilutionProblem } from '../../../lessons/problems';
import { Latest } from '../../heads/latest';
import type { KernelAnswer, LessonKernels } from '../kernels';

/** While a slider is dragged, some of the sizes on the way are computed. */
const PATIENCE_MS = 100;

interface Request {
  readonly options: DilutionOptions;
  readonly sizes: readonly number[];
}

/**
 * What the kernels make of a query over so many words, size by size. Answers for the same scores are kept, so
 * that a curve fills with points; other scores begin anew.
 */
export class DilutionRuns implements ReactiveController {
  /** Why the last size has no answer. */
  trouble = '';
  #answers = new Map<number, KernelAnswer>();
  #wanted = '';
  #scores = '';
  #request: Request | null = null;
  readonly #latest = new Latest<Request>(
    (request, signal) => this.#compute(request, signal),
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

  /** By number of words, for the scores wanted last. */
  get answers(): ReadonlyMap<number, KernelAnswer> {
    return this.#answers;
  }

  /** Computes these sizes, the first of them first; those that are known are not computed again. */
  want(options: DilutionOptions, sizes: readonly number[]): void {
    const scores = JSON.stringify(options);
    const wanted = `${scores} ${String(sizes)}`;
    if (wanted === this.#wanted) return;
    if (scores !== this.#scores) this.#answers = new Map();
    this.#scores = scores;
    this.#wanted = wanted;
    this.#request = { options, sizes };
    this.#latest.request(this.#request);
  }

  hostConnected(): void {
    if (this.#request) this.#latest.request(this.#request);
  }

  hostDisconnected(): void {
    this.#latest.stop();
  }

  async #compute({ options, sizes }: Request, signal: AbortSignal): Promise<void> {
    const answers = this.#answers;
    for (const size of sizes) {
      if (answers.has(size)) continue;
      const answer = await this.kernels().run(dilutionProblem(size, options), { signal });
      signal.throwIfAborted();
      answers.set(size, answer);
      this.trouble = '';
      this.host.requestUpdate();
    }
  }
}
