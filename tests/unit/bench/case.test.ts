import { expect, it } from 'vitest';
import { type BenchmarkCase, caseName, pendingCase, problemOfCase } from '../../../src/bench/case';
import { presets } from '../../../src/bench/presets';
import { shapeOf } from '../../kernels/problems';

const caseOf = (extents: Parameters<typeof shapeOf>[0], mask: BenchmarkCase['mask'] = 'none') => ({
  shape: shapeOf(extents),
  mask,
  dtype: 'f32' as const,
});

it.each([
  ['1·8·1024·64', caseOf({ heads: 8, queryLength: 1024, headSize: 64 })],
  [
    '2·32/8·1×4096·128',
    caseOf({ batch: 2, heads: 32, kvHeads: 8, queryLength: 1, keyLength: 4096, headSize: 128 }),
  ],
  ['1·1·5·16/32', caseOf({ queryLength: 5, valueSize: 32 })],
  ['1·1·5·16 causal', caseOf({ queryLength: 5 }, 'causal')],
])('names are short and spell out what differs: %s', (name, benchmarkCase) => {
  expect(caseName(benchmarkCase)).toBe(name);
});

it('names within a suite are unique', () => {
  for (const { name, cases } of presets) {
    const names = cases.map((preset) => caseName({ ...preset, dtype: 'f32' }));
    expect(new Set(names).size, name).toBe(cases.length);
  }
});

it('masks by name mean what they say', () => {
  const visible = (mask: BenchmarkCase['mask']) => {
    const problem = problemOfCase(caseOf({ queryLength: 4 }, mask));
    return problem.mask;
  };
  expect(visible('none')).toBeUndefined();
  expect(visible('causal')).toMatchObject({ name: 'causal', integers: [0, 0] });
});

it('a case not yet run lists everyone as pending, with the work that the mask leaves', () => {
  const asked = shapeOf({ queryLength: 40 });
  const report = pendingCase(caseOf({ queryLength: 20 }, 'causal'), ['cpu', 'flash'], asked);
  expect(report).toMatchObject({
    name: '1·1·20·16 causal',
    mask: 'causal',
    dtype: 'f32',
    sizedFrom: asked,
    // Two products of 16 multiply-adds for 20 · 21 / 2 pairs.
    flops: 4 * 16 * 210,
    entries: [
      { contestant: 'cpu', status: 'pending' },
      { contestant: 'flash', status: 'pending' },
    ],
  });
  expect(pendingCase(caseOf({ queryLength: 20 }), [])).not.toHaveProperty('sizedFrom');
});
