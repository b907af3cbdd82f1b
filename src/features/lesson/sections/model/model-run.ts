import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Latest } from '../../../../async/latest';
import { memoizeLast } from '../../../../ui/memoize-last';
import type { KernelAnswer, LessonKernels } from '../../engine/kernels';
import { forward, type ForwardPass } from '../../model/seq2seq/forward';
import { type ModelWeights, untrainedWeights } from '../../model/seq2seq/layers';
import { comparePositions, type WordMove, shuffledOrder } from '../../model/seq2seq/shuffle';

/** What a forward pass follows from. */
export interface ModelRequest {
  /** In the sentence's own order. */
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly shuffle: number;
  readonly positions: boolean;
  readonly seed: number;
}

/** A forward pass over the words as they are shuffled, beside one over the words in their own order. */
export interface ModelResult {
  readonly request: ModelRequest;
  readonly weights: ModelWeights;
  readonly order: readonly number[];
  readonly shuffled: readonly string[];
  readonly pass: ForwardPass;
  /** What comes out of the encoder for each word, there and there. */
  readonly moved: readonly WordMove[];
  /** The largest difference of what the decoder makes of it. */
  readonly decoded: number;
  /**
   * Of all the attention in it, the kernels' answer that is furthest from the reference for its bound; null
   * where the reference itself computed it.
   */
  readonly answer: KernelAnswer | null;
}

const weightsOf = memoizeLast((seed: number) => untrainedWeights(seed));

/** Computes it on the lesson's kernels; without any, by the float64 reference, at once. */
export async function runModel(
  request: ModelRequest,
  kernels?: LessonKernels,
  signal?: AbortSignal,
): Promise<ModelResult> {
  const { source, target, shuffle, positions, seed } = request;
  const weights = weightsOf(seed);
  const order = shuffledOrder(source.length, shuffle);
  const shuffled = order.map((place) => source[place]);
  const answers: KernelAnswer[] = [];
  const attend = kernels?.attend(signal, (answer) => answers.push(answer));
  const own = await forward({ source, target, weights, positions, attend });
  const pass =
    shuffle === 0 ? own : await forward({ source: shuffled, target, weights, positions, attend });
  return {
    request,
    weights,
    order,
    shuffled,
    pass,
    moved: comparePositions(source, order, own.memory, pass.memory),
    decoded: Math.max(
      ...own.decoded.flatMap((row, i) =>
        row.map((value, j) => Math.abs(value - pass.decoded[i][j])),
      ),
    ),
    answer: answers.reduce<KernelAnswer | null>(
      (worst, one) =>
        one.check.errorOverBound > (worst?.check.errorOverBound ?? -1) ? one : worst,
      null,
    ),
  };
}

/** While a handle is dragged, some of the answers on the way are shown. */
const MIN_RUN_MS = 100;

/** The forward pass for an element, of its latest request: by the reference at once, then by the kernels. */
export class ModelRun implements ReactiveController {
  result: ModelResult | null = null;
  /** Why there is none. */
  trouble = '';
  #wanted: ModelRequest | null = null;
  readonly #latest = new Latest<ModelRequest>(
    async (request, signal) => {
      const show = (result: ModelResult) => {
        this.result = result;
        this.trouble = '';
        this.host.requestUpdate();
      };
      // The reference takes milliseconds; a device may first have to compile its kernels.
      show(await runModel(request));
      show(await runModel(request, this.kernels(), signal));
    },
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

  get isCurrent(): boolean {
    return this.result !== null && this.result.request === this.#wanted;
  }

  /** Computes this, unless it is the very request wanted last. */
  request(request: ModelRequest): void {
    if (request === this.#wanted) return;
    this.#wanted = request;
    this.#latest.request(request);
  }

  hostConnected(): void {
    const isDone = this.isCurrent && this.result!.answer !== null;
    if (this.#wanted && !isDone) this.#latest.request(this.#wanted);
  }

  hostDisconnected(): void {
    this.#latest.stop();
  }
}
