import { describe, expect, it } from 'vitest';
import { GpuUnavailableError } from '../../../webgpu/errors';
import { sentenceProblem } from '../model/attention-problems';
import { forward } from '../model/seq2seq/forward';
import { untrainedWeights } from '../model/seq2seq/layers';
import { attentionOf, defaultLessonState } from '../model/state';
import { LessonKernels } from './kernels';

function withoutGpu() {
  let asked = 0;
  const kernels = new LessonKernels({
    acquire: () => {
      asked++;
      return Promise.reject(new GpuUnavailableError('No adapter.'));
    },
  });
  return { kernels, asked: () => asked };
}

describe('the lesson’s kernels, where there is no GPU', () => {
  it('answer with the reference, and say so', async () => {
    const { kernels, asked } = withoutGpu();
    const state = { ...defaultLessonState, causal: true, hidden: [0], temperature: 0.5 };
    const answer = await kernels.run(sentenceProblem(state));
    expect(answer.kernel).toBeNull();
    expect(kernels.unavailable).toBe('No adapter.');
    const want = attentionOf(state).output.flat();
    want.forEach((value, i) => expect(answer.output[i]).toBeCloseTo(value, 14));
    await kernels.run(sentenceProblem(defaultLessonState));
    expect(asked()).toBe(1);
  });

  it('compute the encoder and decoder', async () => {
    const { kernels } = withoutGpu();
    const options = { source: ['in', 'his', 'cell'], target: ['la'], weights: untrainedWeights(1) };
    const answers: unknown[] = [];
    const attend = kernels.attend(undefined, (answer) => answers.push(answer));
    const { probabilities } = await forward({ ...options, attend });
    expect(answers).toHaveLength(3);
    const want = (await forward(options)).probabilities;
    probabilities.flat().forEach((value, i) => expect(value).toBeCloseTo(want.flat()[i], 12));
  });

  it('pass other errors on, and ask again', async () => {
    let fails = true;
    const kernels = new LessonKernels({
      acquire: () =>
        Promise.reject(fails ? new Error('A loose cable.') : new GpuUnavailableError('None.')),
    });
    await expect(kernels.run(sentenceProblem(defaultLessonState))).rejects.toThrow(
      'A loose cable.',
    );
    fails = false;
    expect((await kernels.run(sentenceProblem(defaultLessonState))).kernel).toBeNull();
  });

  it('give up when told to', async () => {
    const kernels = new LessonKernels({ acquire: () => new Promise(() => {}) });
    const abort = new AbortController();
    const run = kernels.run(sentenceProblem(defaultLessonState), { signal: abort.signal });
    abort.abort(new Error('Enough.'));
    await expect(run).rejects.toThrow('Enough.');
  });
});
