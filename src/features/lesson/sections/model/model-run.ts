import { greatest } from 'd3-array';
import { LatestTask, type TaskHost } from '../../../../async/latest-task';
import { memoizeLast } from '../../../../ui/memoize-last';
import { type KernelAnswer, type LessonKernels, MIN_RUN_MS } from '../../engine/kernels';
import { maxDifference } from '../../model/matrix';
import { forward, type ForwardPass } from '../../model/seq2seq/forward';
import { type ModelWeights, untrainedWeights } from '../../model/seq2seq/layers';
import { comparePositions, type WordMove, shuffledOrder } from '../../model/seq2seq/shuffle';
import type { LessonState } from '../../model/state';

export interface ModelRequest extends Pick<LessonState, 'shuffle' | 'positions' | 'seed'> {
  /** In the order of the sentence. */
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** A forward pass over the shuffled words, compared with one over the words in their own order. */
export interface ModelResult {
  readonly request: ModelRequest;
  readonly weights: ModelWeights;
  readonly order: readonly number[];
  readonly shuffled: readonly string[];
  readonly pass: ForwardPass;
  /** How the encoder's output differs between the two, word by word. */
  readonly moved: readonly WordMove[];
  /** Largest absolute difference between the two decoder outputs. */
  readonly decoderDifference: number;
  /** The kernel answer with the largest error relative to its bound; null if the reference computed the pass. */
  readonly answer: KernelAnswer | null;
}

const weightsOf = memoizeLast(untrainedWeights);

export async function runModel(
  request: ModelRequest,
  kernels?: LessonKernels,
  signal?: AbortSignal,
): Promise<ModelResult> {
  const { source, target, shuffle, positions, seed } = request;
  const weights = weightsOf(seed);
  const order = shuffledOrder(source.length, shuffle);
  const shuffled = order.map((position) => source[position]);
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
    decoderDifference: maxDifference(own.decoded, pass.decoded),
    answer: greatest(answers, ({ check }) => check.errorOverBound) ?? null,
  };
}

/** A task that publishes the forward pass by the reference at once, then by the kernels. */
export const createModelTask = (host: TaskHost, kernels: () => LessonKernels) =>
  new LatestTask<ModelRequest, ModelResult>(
    host,
    async (request, { signal, publish }) => {
      // The reference takes milliseconds; a device may first have to compile its kernels.
      publish(await runModel(request));
      publish(await runModel(request, kernels(), signal));
    },
    { minRunMs: MIN_RUN_MS, isSame: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
