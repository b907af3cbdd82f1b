import { expect, it } from 'vitest';
import { shapeOf } from '../../tests/support/problems';
import { causal } from '../attention/modifiers/causal';
import { and, isVisible } from '../attention/modifiers/combine';
import { slidingWindow } from '../attention/modifiers/sliding-window';
import {
  type BenchmarkCase,
  caseName,
  supportedImplementations,
  pendingCase,
  problemOfCase,
  visiblePairsOf,
} from './case';
import { presets } from './presets';

const caseOf = (
  extents: Parameters<typeof shapeOf>[0],
  mask: BenchmarkCase['mask'] = 'none',
  rest: Partial<BenchmarkCase> = {},
): BenchmarkCase => ({ shape: shapeOf(extents), mask, dtype: 'f32', ...rest });

it.each([
  ['1·8·1024·64', caseOf({ heads: 8, queryLength: 1024, headSize: 64 })],
  [
    '2·32/8·1×4096·128',
    caseOf({ batch: 2, heads: 32, kvHeads: 8, queryLength: 1, keyLength: 4096, headSize: 128 }),
  ],
  ['1·1·5·16/32', caseOf({ queryLength: 5, valueSize: 32 })],
  ['1·1·5·16 causal', caseOf({ queryLength: 5 }, 'causal')],
  ['1·1·5·16 window 3', caseOf({ queryLength: 5 }, 'window', { window: 3 })],
  [
    '1·1·5·16 causal-window 3 f16',
    caseOf({ queryLength: 5 }, 'causal-window', { window: 3, dtype: 'f16' }),
  ],
])('names are short and spell out what differs: %s', (name, benchmarkCase) => {
  expect(caseName(benchmarkCase)).toBe(name);
});

it('names within a suite are unique', () => {
  for (const { name, cases } of presets) {
    const names = cases.map((preset) => caseName({ ...preset, dtype: 'f32' }));
    expect(new Set(names).size, name).toBe(cases.length);
  }
});

/** Which of five keys each of four queries sees. */
const drawing = (mask: BenchmarkCase['mask'], window?: number) => {
  const problem = problemOfCase(caseOf({ queryLength: 4, keyLength: 5 }, mask, { window }));
  return [0, 1, 2, 3].map((query) =>
    [0, 1, 2, 3, 4].map((key) => (isVisible(problem.mask, 0, 0, query, key) ? '#' : '.')).join(''),
  );
};

it.each([
  ['none', undefined, ['#####', '#####', '#####', '#####']],
  ['causal', undefined, ['#....', '##...', '###..', '####.']],
  ['window', 1, ['##...', '###..', '.###.', '..###']],
  ['causal-window', 1, ['#....', '##...', '.##..', '..##.']],
  ['window', 0, ['#....', '.#...', '..#..', '...#.']],
] as const)('the mask %s %s means what it says', (mask, window, rows) => {
  expect(drawing(mask, window)).toEqual(rows);
});

it('a causal window is causal and window, and counts only its band', () => {
  const local = caseOf({ queryLength: 300 }, 'causal-window', { window: 20 });
  const both = and(causal(), slidingWindow(20, 20));
  for (let i = 0; i < 300; i += 7) {
    for (let j = 0; j < 300; j++) {
      const expected = isVisible(both, 0, 0, i, j);
      expect(isVisible(problemOfCase(local).mask, 0, 0, i, j)).toBe(expected);
    }
  }
  // 21 keys a row, but for those missing before the first.
  expect(visiblePairsOf(local)).toBe(300 * 21 - (20 * 21) / 2);
});

it('a case not yet run lists everyone as pending, with the work that the mask leaves', () => {
  const original = shapeOf({ queryLength: 40 });
  const report = pendingCase(
    caseOf({ queryLength: 20 }, 'causal'),
    ['cpu', 'flash'],
    null,
    original,
  );
  expect(report).toMatchObject({
    name: '1·1·20·16 causal',
    mask: 'causal',
    dtype: 'f32',
    sizedFrom: original,
    // Two products of 16 multiply-adds for 20 · 21 / 2 pairs.
    flops: 4 * 16 * 210,
    entries: [
      { contestant: 'cpu', status: 'pending' },
      { contestant: 'flash', status: 'pending' },
    ],
  });
  expect(pendingCase(caseOf({ queryLength: 20 }), [], null)).not.toHaveProperty('sizedFrom');
});

it('a kernel sits out where the device lacks what it needs, but for a list of nobody else', () => {
  const half = { ...caseOf({ queryLength: 20 }), dtype: 'f16' as const };
  const device = {
    device: { limits: {} as GPUSupportedLimits, features: new Set<GPUFeatureName>() },
    info: { architecture: '' },
  };
  expect(supportedImplementations(half, ['flash', 'flash-matrix', 'cpu'], device)).toEqual([
    'flash',
    'cpu',
  ]);
  const { entries } = pendingCase(half, ['flash-matrix'], device);
  expect(entries).toEqual([{ contestant: 'flash-matrix', status: 'pending' }]);
});
