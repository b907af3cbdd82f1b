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
import { type KernelCase, type KernelSuite, check } from '../support/suite';

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
  check(output.passed, `output off by ${output.errorOverBound} of the bound`);
  check(logSumExp.passed, `log-sum-exp off by ${logSumExp.errorOverBound} of the bound`);
  return got.output;
}

/** What a kernel makes of a state is what the page shows, in float64. */
function sentence(name: string, state: LessonState, kernel?: Kernel): KernelCase {
  const lesson = sentenceProblem(state);
  return {
    name: `${kernel?.name ?? 'the chosen kernel'}: ${name}`,
    async run(gpu) {
      const output = await computed(gpu, lesson, optionsOf(lesson.problem, kernel?.name));
      // Float16 has no digits for it; its bound is all that it is held to.
      if (kernel && defaultTypeFor(kernel) === 'f16') return;
      const want = attentionOf(state).output.flat();
      const off = Math.max(...want.map((value, i) => Math.abs(output[i] - value)));
      check(off < SHOWN, `off by ${off} from what the page shows`);
    },
  };
}

const { problem: masked } = sentenceProblem(MASKED);
const sentences = [
  sentence('the sentence', defaultLessonState),
  sentence('the sentence, masked', MASKED),
  ...kernels
    .filter((kernel) => accepts(kernel, masked.shape, optionsOf(masked)))
    .map((kernel) => sentence('the sentence, masked', MASKED, kernel)),
];

const dilutions = [6, 64, 1024, 4096].map((words): KernelCase => ({
  name: `dilution among ${words} words`,
  async run(gpu) {
    const lesson = dilutionProblem(words);
    const [share] = await computed(gpu, lesson, optionsOf(lesson.problem));
    const want = dilutedShare(words);
    check(Math.abs(share - want) < SHOWN * want, `share ${share}, by the formula ${want}`);
  },
}));

const model: KernelCase = {
  name: 'an encoder and a decoder, with all attention on the GPU',
  async run(gpu) {
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
    check(calls === 3, `${calls} calls`);
    const off = onGpu.probabilities.map((row, i) =>
      Math.max(...row.map((value, j) => Math.abs(value - probabilities[i][j]))),
    );
    check(Math.max(...off) < SHOWN, `probabilities off by ${off.join(', ')}`);
  },
};

export const lessons: KernelSuite = {
  name: 'lessons',
  cases: [...sentences, ...dilutions, model],
};
