import { describe, expect, it } from 'vitest';
import { GpuUnavailableError } from '../../../../webgpu/errors';
import { LessonKernels } from '../../engine/kernels';
import { forward } from '../../model/seq2seq/forward';
import { untrainedWeights } from '../../model/seq2seq/layers';
import { blocks, BOX_HEIGHT, BOX_WIDTH, DIAGRAM_WIDTH, layoutDiagram } from './blocks';
import { type ModelRequest, runModel } from './model-run';
import { formatScientific, describeShuffle } from './shuffle';
import { tensorCaption } from './tensor-captions';

const request: ModelRequest = {
  source: ['The', 'prisoner', 'sat', 'in', 'his', 'cell'],
  target: ['Le', 'prisonnier'],
  shuffle: 0,
  positions: true,
  seed: 1,
};
const kernels = new LessonKernels({
  acquire: () => Promise.reject(new GpuUnavailableError('None.')),
});
const run = (some: Partial<ModelRequest>) => runModel({ ...request, ...some }, kernels);

describe('the diagram', () => {
  const { boxes, height, arrows } = layoutDiagram();

  it('has a block for every tensor of the pass, each once', async () => {
    const { pass } = await run({});
    const named = blocks.flatMap(({ tensors }) => tensors);
    expect([...named].sort()).toEqual([...pass.tensors.keys()].sort());
    for (const { tensors, first } of blocks) expect(tensors).toContain(first);
    expect(boxes.map(({ block }) => block)).toEqual(blocks);
  });

  it('stands apart and inside, upwards in order of computation', () => {
    for (const [i, a] of boxes.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.y).toBeGreaterThanOrEqual(0);
      expect(a.x + BOX_WIDTH).toBeLessThanOrEqual(DIAGRAM_WIDTH);
      expect(a.y + BOX_HEIGHT).toBeLessThanOrEqual(height);
      for (const b of boxes.slice(i + 1)) {
        const apart =
          a.x + BOX_WIDTH <= b.x ||
          b.x + BOX_WIDTH <= a.x ||
          a.y >= b.y + BOX_HEIGHT ||
          b.y >= a.y + BOX_HEIGHT;
        expect(apart, `${a.block.id} and ${b.block.id}`).toBe(true);
        if (a.block.tower === b.block.tower) expect(b.y).toBeLessThan(a.y);
      }
    }
  });

  it('has keys and values cross over, and a residual path for each block but norms', () => {
    const lettered = arrows.filter(({ label }) => label).map(({ role }) => role);
    expect(lettered.filter((role) => role === 'query')).toHaveLength(3);
    expect(lettered.filter((role) => role === 'key')).toHaveLength(3);
    expect(arrows.filter(({ role }) => role === 'residual')).toHaveLength(5);
  });
});

describe('shuffled words', () => {
  it('without positions come out as before', async () => {
    const result = await run({ shuffle: 3, positions: false });
    expect(result.shuffled).not.toEqual(request.source);
    expect(Math.max(...result.moved.map(({ largest }) => largest))).toBeLessThan(1e-12);
    expect(result.decoderDifference).toBeLessThan(1e-12);
    expect(describeShuffle(result)).toMatch(/Without positions .* which is rounding/);
  });

  it('with positions do not', async () => {
    const result = await run({ shuffle: 3 });
    const largest = Math.max(...result.moved.map((one) => one.largest));
    expect(largest).toBeGreaterThan(0.1);
    expect(describeShuffle(result)).toContain(`up to ${largest.toFixed(3)} in a value`);
  });

  it('in their own order are said to be', async () => {
    expect(describeShuffle(await run({}))).toMatch(/in their own order\. Shuffle/);
    expect(formatScientific(1.23e-7)).toBe('1.2\u00a0×\u00a010⁻⁷');
    expect(formatScientific(0)).toBe('0');
  });
});

describe('tensors in words', async () => {
  const weights = untrainedWeights(1);
  const pass = await forward({ ...request, weights });
  const words = (name: string) => tensorCaption(pass.tensors.get(name)!, pass);

  it('name the largest weight of each head, among words that see a choice', () => {
    for (const name of ['encoder.attention.weights', 'decoder.attention.weights']) {
      const { matrices, rowLabels, columnLabels } = pass.tensors.get(name)!;
      matrices.forEach((matrix, head) => {
        const rows = matrix.filter((row) => row.filter((weight) => weight > 0).length > 1);
        const most = Math.max(...rows.flat());
        const row = matrix.findIndex((cells) => cells.includes(most));
        const column = matrix[row].indexOf(most);
        expect(words(name)).toContain(
          `In head ${head + 1}, ${rowLabels[row]} gives ${columnLabels![column]} the largest weight, ${most.toFixed(3)}.`,
        );
      });
    }
  });

  it('count what the mask hides', () => {
    // 1 + 2 above the diagonal of 3 × 3.
    expect(words('decoder.attention.scores')).toMatch(/^3 of 9 scores of each head are −∞/);
    expect(words('encoder.attention.scores')).toMatch(/^No score is hidden/);
  });

  it('call the probabilities meaningless', () => {
    expect(words('output.probabilities')).toMatch(/After “prisonnier”.*untrained/);
  });
});
