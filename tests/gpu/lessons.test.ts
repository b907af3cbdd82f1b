import { assert, describe } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import type { Problem } from '../../src/attention/problem';
import type { Operands } from '../../src/attention/reference';
import {
  dilutionProblem,
  type LessonProblem,
  sentenceProblem,
} from '../../src/features/lesson/model/attention-problems';
import { dilutedShare } from '../../src/features/lesson/model/dilution';
import { type Attend, headsLayout } from '../../src/features/lesson/model/seq2seq/attend';
import { forward } from '../../src/features/lesson/model/seq2seq/forward';
import { untrainedWeights } from '../../src/features/lesson/model/seq2seq/layers';
import {
  attentionOf,
  defaultLessonState,
  type LessonState,
} from '../../src/features/lesson/model/state';
import type { Gpu } from '../../src/webgpu/device';
import {
  compute,
  type HostData,
  compareToReference,
  type Options,
  accepts,
  defaultTypeFor,
} from '../support/problems';
import { test } from '../support/gpu';

const MASKED: LessonState = {
  ...defaultLessonState,
  hidden: [0, 2],
  causal: true,
  temperature: 0.5,
};

/** Half a unit of the last digit that the page shows of a weight. */
const SHOWN = 0.0005;

const rounded = ({ query, key, value }: Operands): HostData => ({
  query: Float32Array.from(query),
  key: Float32Array.from(key),
  value: Float32Array.from(value),
});

const optionsOf = ({ scale, mask }: Problem, kernel?: string): Options => ({ scale, mask, kernel });

/** The output, once it has been held against the reference from the same float32 values. */
async function computed(
  gpu: Gpu,
  { problem, operands }: LessonProblem,
  options: Options,
): Promise<Float32Array> {
  const data = rounded(operands);
  const got = await compute(gpu, problem.shape, data, options);
  const { output, logSumExp } = compareToReference(problem.shape, data, got, options);
  assert(output.passed, `output off by ${output.errorOverBound} of the bound`);
  assert(logSumExp.passed, `log-sum-exp off by ${logSumExp.errorOverBound} of the bound`);
  return got.output;
}

/** What a kernel makes of a state is what the page shows, in float64. */
async function expectAsShown(gpu: Gpu, state: LessonState, kernel?: Kernel): Promise<void> {
  const lesson = sentenceProblem(state);
  const output = await computed(gpu, lesson, optionsOf(lesson.problem, kernel?.name));
  // Float16 has no digits for it; its bound is all that it is held to.
  if (kernel && defaultTypeFor(kernel) === 'f16') return;
  const want = attentionOf(state).output.flat();
  const off = Math.max(...want.map((value, i) => Math.abs(output[i] - value)));
  assert(off < SHOWN, `off by ${off} from what the page shows`);
}

describe('lessons', () => {
  test('the chosen kernel: the sentence', ({ gpu }) => expectAsShown(gpu, defaultLessonState));
  test('the chosen kernel: the sentence, masked', ({ gpu }) => expectAsShown(gpu, MASKED));

  const { problem: masked } = sentenceProblem(MASKED);
  for (const kernel of kernels) {
    if (!accepts(kernel, masked.shape, optionsOf(masked))) continue;
    test(`${kernel.name}: the sentence, masked`, ({ gpu }) => expectAsShown(gpu, MASKED, kernel));
  }

  test.for([6, 64, 1024, 4096])('dilution among %i words', async (words, { gpu }) => {
    const lesson = dilutionProblem(words);
    const [share] = await computed(gpu, lesson, optionsOf(lesson.problem));
    const want = dilutedShare(words);
    assert(Math.abs(share - want) < SHOWN * want, `share ${share}, by the formula ${want}`);
  });

  test('an encoder and a decoder, with all attention on the GPU', async ({ gpu }) => {
    let calls = 0;
    const attend: Attend = (problem, operands) => {
      calls++;
      return computed(gpu, { problem, operands }, { ...optionsOf(problem), layout: headsLayout });
    };
    const options = {
      source: ['The', 'prisoner', 'sat', 'in', 'his', 'cell'],
      target: ['Le', 'prisonnier', 'était', 'assis'],
      weights: untrainedWeights(1),
    };
    const onGpu = await forward({ ...options, attend });
    const { probabilities } = await forward(options);
    assert(calls === 3, `${calls} calls`);
    const off = onGpu.probabilities.map((row, i) =>
      Math.max(...row.map((value, j) => Math.abs(value - probabilities[i][j]))),
    );
    assert(Math.max(...off) < SHOWN, `probabilities off by ${off.join(', ')}`);
  });
});
