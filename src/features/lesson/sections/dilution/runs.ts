import { html } from 'lit';
import { LatestTask, type TaskHost } from '../../../../async/latest-task';
import { formatFixed } from '../../../../numeric/format';
import type { KernelAnswer, LessonKernels } from '../../engine/kernels';
import { dilutionProblem } from '../../model/attention-problems';
import { type DilutionOptions, dilutedShare } from '../../model/dilution';

/** Some of the sizes passed while a slider is dragged are computed too. */
const MIN_RUN_MS = 100;

interface DilutionRequest {
  readonly options: DilutionOptions;
  readonly sizes: readonly number[];
  /** The scores alone, as text. */
  readonly scores: string;
}

/**
 * The kernels' answers by number of words, so that a curve fills with points. They are kept until other scores
 * are requested.
 */
export class DilutionRuns {
  #scores = '';
  #answers = new Map<number, KernelAnswer>();
  readonly #task: LatestTask<DilutionRequest>;

  constructor(host: TaskHost, kernels: () => LessonKernels) {
    const compute = async ({ options, sizes }: DilutionRequest, signal: AbortSignal) => {
      const answers = this.#answers;
      for (const size of sizes) {
        if (answers.has(size)) continue;
        const answer = await kernels().run(dilutionProblem(size, options), { signal });
        signal.throwIfAborted();
        answers.set(size, answer);
        host.requestUpdate();
      }
    };
    this.#task = new LatestTask(host, (request, { signal }) => compute(request, signal), {
      minRunMs: MIN_RUN_MS,
      isSame: (a, b) => a.scores === b.scores && String(a.sizes) === String(b.sizes),
    });
  }

  get answers(): ReadonlyMap<number, KernelAnswer> {
    return this.#answers;
  }

  get message(): string {
    return this.#task.message;
  }

  /** Computes these sizes in order, except those already known. */
  request(options: DilutionOptions, sizes: readonly number[]): void {
    const scores = JSON.stringify(options);
    if (scores !== this.#scores) this.#answers = new Map();
    this.#scores = scores;
    this.#task.run({ options, sizes, scores });
  }
}

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
          <th scope="col" class="soft">n</th>
          <th scope="col" class="soft">by formula</th>
          <th scope="col" class="soft">by the kernel</th>
        </tr>
      </thead>
      <tbody>
        ${sizes.map((size) => {
          const answer = answers.get(size);
          return html`<tr class=${size === words ? 'current' : ''} data-words=${size}>
            <th scope="row" class="number">${formatFixed(size, 0)}</th>
            <td class="number">${formatFixed(dilutedShare(size, options), 7)}</td>
            <td class="number">${answer ? formatFixed(answer.output[0], 7) : '…'}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  `;
}
