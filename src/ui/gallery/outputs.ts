import { fillRandom } from '../../numeric/random';
import type { OutputSet } from '../components/output-comparison';
import { inductionWeights, sampleTokens, sampleWeights } from './heads';

const SIZE = 32;
const rows = sampleTokens.length;

/** Weights × seeded values, as attention has it. */
function outputsOf(weights: Float32Array, stream: number): Float32Array {
  const value = fillRandom(new Float32Array(rows * SIZE), { seed: 8, stream });
  return Float32Array.from({ length: rows * SIZE }, (_, i) => {
    const [row, column] = [Math.floor(i / SIZE), i % SIZE];
    let sum = 0;
    for (let key = 0; key < rows; key++)
      sum += weights[row * rows + key] * value[key * SIZE + column];
    return sum;
  });
}

const diagonal = sampleWeights(rows, 101, (query, key) => (query === key ? 4 : 0));
const first = outputsOf(inductionWeights(sampleTokens), 0);
const second = outputsOf(diagonal, 1);
// A value that is not finite is seen, not passed over.
second[5 * SIZE + 9] = Infinity;

const set = (id: string, name: string, columns: number, values: Float32Array): OutputSet => ({
  id,
  name,
  rows,
  columns,
  values,
  rowTokens: sampleTokens,
});

export const sampleOutputs: readonly OutputSet[] = [
  set('0', 'head 0', SIZE, first),
  set('1', 'head 1', SIZE, second),
  set(
    'all',
    'all heads side by side',
    2 * SIZE,
    Float32Array.from({ length: rows * 2 * SIZE }, (_, i) => {
      const [row, column] = [Math.floor(i / (2 * SIZE)), i % (2 * SIZE)];
      return (column < SIZE ? first : second)[row * SIZE + (column % SIZE)];
    }),
  ),
];

/** Two clouds that lean: queries and keys, say. */
export function sampleCloud(count: number) {
  const points = fillRandom(new Float32Array(2 * count), { seed: 21 });
  const kinds = Uint8Array.from({ length: count }, (_, i) => i % 2);
  for (let i = 0; i < count; i++) {
    points[2 * i] = 3 * points[2 * i] + (kinds[i] ? 2 : -2);
    points[2 * i + 1] += 0.4 * points[2 * i];
  }
  const labels = Array.from({ length: count }, (_, i) => sampleTokens[(i >> 1) % rows]);
  return { points, kinds, labels };
}
