import { assert, describe } from 'vitest';
import { attention } from '../../src/attention/attention';
import { flash } from '../../src/attention/kernels/flash';
import { findKernel } from '../../src/attention/kernels/index';
import { causal } from '../../src/attention/modifiers/causal';
import { createProblem } from '../../src/attention/problem';
import { createTensor } from '../../src/attention/tensor';
import { allCandidates, Tuning, useTuning } from '../../src/attention/tuning/choices';
import { memoryStore } from '../../src/attention/tuning/stores';
import { tuneProblem } from '../../src/attention/tuning/tune';
import type { Gpu } from '../../src/webgpu/device';
import { shapeOf } from '../support/problems';
import { test, thrownBy } from '../support/gpu';

const SHAPE = shapeOf({ heads: 2, queryLength: 100, keyLength: 200, headSize: 32 });
const PROBLEM = createProblem(SHAPE, { mask: causal() });

/** Tuning on a real adapter: small problems, where who wins does not matter, but that it is right does. */
describe('tuning', () => {
  test('a tiny problem: every kernel is checked and has a time, and one wins', async ({ gpu }) => {
    const { candidates, winner } = await tuneProblem(gpu, PROBLEM, { budgetMs: 20_000 });
    const names = candidates.map(({ name }) => name).sort();
    const variants = ['flash-staged', 'flash-wide'].filter(
      (n) => !findKernel(n)!.missingFeature!(gpu),
    );
    const expected = ['flash', 'flash-direct', ...variants, 'three-pass'];
    assert(`${names}` === `${expected}`, `candidates: ${names}`);
    for (const { name, status, ms, compileMs, message, verified } of candidates) {
      assert(status === 'timed' || status === 'slower', `${name} is ${status}: ${message}`);
      assert(verified || status === 'slower', `${name} is not verified`);
      assert(ms! > 0 && compileMs! >= 0, `${name}: ${ms} ms, compiled in ${compileMs}`);
    }
    assert(
      candidates.some(({ name, verified }) => name === winner && verified),
      `won: ${winner}`,
    );
  });

  test('few queries: those for decoding take part', async ({ gpu }) => {
    const shape = shapeOf({ heads: 8, kvHeads: 2, queryLength: 2, keyLength: 600 });
    const { candidates, winner } = await tuneProblem(gpu, createProblem(shape));
    assert(
      candidates.some(({ name }) => name === 'decode'),
      'no decode',
    );
    assert(winner !== null, 'nobody won');
  });

  test('plans follow it, and say so, until told otherwise', async ({ gpu }) => {
    const tuning = await Tuning.load(gpu, memoryStore());
    await tuning.remember(await tuneProblem(gpu, PROBLEM));
    const [shapeClass, { ranking }] = tuning.entries()[0];
    useTuning(gpu, tuning);
    try {
      const { kernel, reasons } = await planOf(gpu);
      assert(kernel.name === ranking[0].name, `${kernel.name} is not ${ranking[0].name}`);
      assert(reasons.join().includes(`Tuned on this device`), reasons.join());
      assert(reasons.join().includes(shapeClass), reasons.join());
    } finally {
      useTuning(gpu, null);
    }
    assert((await planOf(gpu)).tuned === undefined, 'still tuned');
  });

  test('a wrong kernel is found out, wherever it is in the order', async ({ gpu }) => {
    for (const wrongFirst of [false, true]) {
      const others = allCandidates.filter(({ name }) => name === 'three-pass');
      const wrong = { name: 'wrong', kernel: WRONG };
      const candidates = wrongFirst ? [wrong, ...others] : [...others, wrong];
      const result = await tuneProblem(gpu, PROBLEM, { candidates });
      const found = result.candidates.find(({ name }) => name === 'wrong')!;
      assert(found.status === 'wrong', `it is ${found.status}`);
      assert(/times the bound/.test(found.message!), found.message!);
      assert(result.winner === 'three-pass', `won: ${result.winner}`);
    }
  });

  test('it leaves no buffer behind, cancelled or not', async ({ gpu }) => {
    await tuneProblem(gpu, PROBLEM);
    const { count, bytes } = gpu.buffers;
    await tuneProblem(gpu, PROBLEM);
    const controller = new AbortController();
    let calls = 0;
    const onProgress = () => {
      if (++calls === 2) controller.abort();
    };
    const error = await thrownBy(() =>
      tuneProblem(gpu, PROBLEM, { signal: controller.signal, onProgress }),
    );
    assert(error.name === 'AbortError', `threw ${error}`);
    assert(gpu.buffers.count === count, `${count} buffers became ${gpu.buffers.count}`);
    assert(gpu.buffers.bytes === bytes, `${bytes} bytes became ${gpu.buffers.bytes}`);
  });
});

/** Computes with twice the scale: every weight is a little off. */
const WRONG = {
  ...flash,
  prepare: (gpu, problem, operands) =>
    flash.prepare(gpu, { ...problem, scale: 2 * problem.scale }, operands),
} satisfies typeof flash;

async function planOf(gpu: Gpu) {
  const { heads, queryLength, keyLength, headSize } = SHAPE;
  const query = await createTensor(gpu, [1, heads, queryLength, headSize]);
  const key = await createTensor(gpu, [1, heads, keyLength, headSize]);
  const { plan, output } = await attention(gpu, { query, key, value: key, mask: causal() });
  for (const tensor of [query, key, output]) tensor.destroy();
  return plan;
}
