import { type ReactiveController, type ReactiveControllerHost, html } from 'lit';
import { Latest } from '../../../../async/latest';
import { formatFixed } from '../../../../ui/format-number';
import type { KernelAnswer, LessonKernels } from '../../engine/kernels';
import { dilutionProblem } from '../../model/attention-problems';
import { type DilutionOptions, dilutedShare } from '../../model/dilution';

/** While a slider is dragged, some of the sizes on the way are computed. */
const MIN_RUN_MS = 100;

interface DilutionRequest {
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
  #request: DilutionRequest | null = null;
  readonly #latest = new Latest<DilutionRequest>(
    (request, signal) => this.#compute(request, signal),
    (error) => {
      this.trouble = error instanceof Error ? error.message : String(error);
      this.host.requestUpdate();
    },
    MIN_RUN_MS,
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
  request(options: DilutionOptions, sizes: readonly number[]): void {
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

  async #compute({ options, sizes }: DilutionRequest, signal: AbortSignal): Promise<void> {
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

/** The formula beside the kernel, size by size. */
export function renderSizeTable(
  sizes: readonly number[],
  words: number,
  options: DilutionOptions,
  answers: ReadonlyMap<number, KernelAnswer>,
) {
  return html`
    <table>
      <caption class="visually-hidden">
        Share of the weight by number of words
      </caption>
      <thead>
        <tr>
          <th scope="col">n</th>
          <th scope="col">by formula</th>
          <th scope="col">by the kernel</th>
        </tr>
      </thead>
      <tbody>
        ${sizes.map((size) => {
          const answer = answers.get(size);
          return html`<tr class=${size === words ? 'now' : ''} data-words=${size}>
            <th scope="row" class="number">${formatFixed(size, 0)}</th>
            <td class="number">${formatFixed(dilutedShare(size, options), 7)}</td>
            <td class="number">${answer ? formatFixed(answer.output[0], 7) : '…'}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  `;
}
