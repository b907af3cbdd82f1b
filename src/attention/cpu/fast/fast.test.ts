import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masksFor, shapes, scoreChanges } from '../../../../tests/support/arbitraries';
import { type HostData, randomData, shapeOf } from '../../../../tests/support/problems';
import { compare } from '../../../numeric/compare';
import { causal } from '../../modifiers/causal';
import { tensorMask } from '../../modifiers/tensor-mask';
import { type Problem, createProblem } from '../../problem';
import { reference, rowCount } from '../../reference';
import { FastAttention, fastAttention } from './fast-attention';
import { allocate, planMemory, viewsOf } from './memory';
import { compileFast, instantiate } from './module';
import { splitProblem, Units } from './problem';

fc.configureGlobal({ seed: 204 });

it('stays within the reference’s bounds', async () => {
  const options = fc.record({
    layout: fc.constantFrom('bhsd' as const, 'bshd' as const),
    scale: fc.double({ min: -3, max: 3, noNaN: true }),
    softcap: fc.option(fc.double({ min: 0.5, max: 4, noNaN: true }), { nil: undefined }),
  });
  const problems = shapes.chain((shape) =>
    fc.record({ shape: fc.constant(shape), meant: masksFor(shape), changes: scoreChanges(shape) }),
  );
  const property = fc.asyncProperty(
    problems,
    options,
    fc.nat(1000),
    fc.boolean(),
    async ({ shape, meant, changes }, chosen, seed, plain) => {
      // Half of them without changes of the scores: those take the quick way.
      const wanted = plain ? { scale: chosen.scale } : { ...chosen, ...changes.options };
      const problem = createProblem(shape, { ...wanted, mask: meant.mask });
      const data = randomData(shape, seed);
      const want = reference(problem, data);
      const { output, logSumExp } = await fastAttention(problem, data);
      const bhsd = plain || chosen.layout === 'bhsd' ? output : inRowOrder(problem, output);
      expect(compare(bhsd, want.output, want.outputBound)).toMatchObject({ passed: true });
      const sums = compare(logSumExp, want.logSumExp, want.logSumExpBound);
      expect(sums).toMatchObject({ passed: true });
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

function inRowOrder({ shape, strides }: Problem, output: Float32Array): Float32Array {
  const { heads, queryLength, valueSize } = shape;
  return output.map((_, i) => {
    const row = Math.floor(i / valueSize);
    const sequence = Math.floor(row / queryLength);
    const { batch, head, row: step } = strides.output;
    const start = Math.floor(sequence / heads) * batch + (sequence % heads) * head;
    return output[start + (row % queryLength) * step + (i % valueSize)];
  });
}

describe('exponentials', () => {
  /** With a sink at 0 and one key of value 1, a row far below it gives its weight, 2^score. */
  async function weights(scores: readonly number[]): Promise<Float32Array> {
    const shape = shapeOf({ queryLength: scores.length, keyLength: 1, headSize: 1 });
    const problem = createProblem(shape, { sinks: [0], scale: Math.LN2 });
    const [key, value] = [Float32Array.of(1), Float32Array.of(1)];
    return (await fastAttention(problem, { query: scores, key, value })).output;
  }

  it('are right to about one unit in the last place, over their whole range', async () => {
    const scores = Array.from({ length: 20_000 }, (_, i) => Math.fround(-26 - (i / 20_000) * 98));
    const got = await weights(scores);
    const errors = scores.map((score, i) => Math.abs(got[i] / 2 ** score - 1) * 2 ** 23);
    expect(Math.max(...errors)).toBeLessThan(1.6);
  });

  it('are exactly 0 below 2^-125, 1 at 0, and NaN for NaN', async () => {
    const got = await weights([-125.5, -1000, -Infinity, -124.5, 0, NaN, 3e38]);
    expect([got[0], got[1], got[2]]).toEqual([0, 0, 0]);
    expect(got[3]).toBeGreaterThan(0);
    expect([got[4], got[5], got[6]]).toEqual([0.5, NaN, 1]);
  });
});

describe('memory', () => {
  it.each([
    { heads: 2, queryLength: 37, keyLength: 67, headSize: 7, valueSize: 13 },
    { batch: 2, heads: 4, kvHeads: 2, queryLength: 33, keyLength: 70, headSize: 20, valueSize: 72 },
    { heads: 4, kvHeads: 2, queryLength: 2, keyLength: 301, headSize: 64, valueSize: 41 },
  ])(
    'is not written but for results and scratch, and poison around it does no harm: %j',
    async (extents) => {
      const shape = shapeOf(extents);
      const data = randomData(shape);
      const problem = createProblem(shape, { mask: causal(3) });
      const plan = planMemory(shape, 1);
      const memory = allocate(plan, false);
      const all = new Float32Array(memory.buffer);
      all.fill(NaN);
      const views = viewsOf(shape, plan, memory);
      for (const name of ['query', 'key', 'value'] as const) views[name].set(data[name]);
      const wasm = await instantiate((await compileFast(false)).module, memory);
      const { plain } = splitProblem(problem);
      const attention = new FastAttention(wasm, memory, plan, plain);
      const before = all.slice();
      for (let unit = 0; unit < attention.units.count; unit++) attention.compute(unit);
      const want = reference(problem, data);
      expect(compare(views.output, want.output, want.outputBound).passed).toBe(true);
      const touched = new Set<string>();
      const inside = (name: 'output' | 'logSumExp', at: number) =>
        at >= plan[name] && at < plan[name] + views[name].byteLength;
      all.forEach((value, i) => {
        if (Object.is(value, before[i])) return;
        const place = (['output', 'logSumExp'] as const).find((name) => inside(name, 4 * i));
        touched.add(
          place ?? (4 * i >= plan.scratch && 4 * i < plan.bytes ? 'scratch' : `${4 * i}`),
        );
      });
      expect(touched).toEqual(new Set(['output', 'logSumExp', 'scratch']));
    },
  );

  it('beyond 4 GiB is refused', () => {
    const shape = shapeOf({ batch: 1024, queryLength: 8192, headSize: 64 });
    expect(() => planMemory(shape, 1)).toThrow(/needs 8.*GiB.*WebAssembly addresses 4 GiB/);
  });
});

describe('hidden keys', () => {
  /** Key 5 is poison, and rows below 9 do not see it. */
  function poisoned(poison: number): { data: HostData; problem: (asked: boolean) => Problem } {
    const shape = shapeOf({ queryLength: 40, keyLength: 40, headSize: 12 });
    const data = randomData(shape);
    data.key.fill(poison, 5 * 12, 6 * 12);
    data.value.fill(poison, 5 * 12, 6 * 12);
    const visible = Array.from({ length: 1600 }, (_, i) => i % 40 <= Math.floor(i / 40) - 4);
    const problem = (asked: boolean) =>
      createProblem(shape, { mask: asked ? tensorMask([40, 40], visible) : causal(-4) });
    return { data, problem };
  }

  it.each([NaN, Infinity, -Infinity, 3e38])('that hold %d touch no row', async (poison) => {
    const { data, problem } = poisoned(poison);
    const clean = {
      ...data,
      key: data.key.slice().fill(0, 60, 72),
      value: data.value.slice().fill(0, 60, 72),
    };
    for (const asked of [false, true]) {
      const got = await fastAttention(problem(asked), data);
      const want = reference(problem(asked), clean, {
        rows: Array.from({ length: 9 }, (_, i) => i),
      });
      const rows = got.output.subarray(0, 9 * 12);
      expect(compare(rows, want.output, want.outputBound).passed).toBe(true);
      expect(got.output.subarray(0, 4 * 12).every((x) => x === 0)).toBe(true);
      expect(got.logSumExp[3]).toBe(-Infinity);
    }
  });
});

describe('units', () => {
  it('cover every row once, and know whose they are', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const units = new Units(shape);
        const rows: number[] = [];
        for (let unit = 0; unit < units.count; unit++) {
          const { first, count } = units.rowsOf(unit);
          for (let row = first; row < first + count; row++) {
            expect(units.indexOf(row)).toBe(unit);
            rows.push(row);
          }
        }
        expect(rows).toEqual(Array.from({ length: rowCount(createProblem(shape)) }, (_, i) => i));
      }),
    );
  });

  it('join the few rows of heads that share keys', () => {
    const shape = shapeOf({ batch: 2, heads: 8, kvHeads: 2, queryLength: 3, keyLength: 9 });
    expect(new Units(shape).count).toBe(4);
    expect(new Units(shape).rowsOf(3)).toEqual({ first: 36, count: 12 });
  });
});
