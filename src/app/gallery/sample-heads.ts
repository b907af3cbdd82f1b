import { describeRow } from '../../attention/maps/cpu-maps';
import { NO_MARK } from '../../attention/maps/inputs';
import { emptyStatistics } from '../../attention/maps/statistics';
import type { MapCells, RowStatistics } from '../../attention/maps/weight-map';
import type { HeadEntry } from '../../features/heads/model/head-entry';
import { headMetrics } from '../../features/heads/model/metrics';
import type { OutputSet } from '../../features/heads/engine/outputs';
import { fillRandom } from '../../numeric/random';

/** Softmax of each row of scores; −∞ masks. */
export function softmaxOf(
  rows: number,
  columns: number,
  score: (row: number, column: number) => number,
): Float32Array {
  const weights = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const weight = Math.exp(score(row, column));
      weights[row * columns + column] = weight;
      sum += weight;
    }
    if (sum === 0) continue;
    for (let column = 0; column < columns; column++) weights[row * columns + column] /= sum;
  }
  return weights;
}

export function statisticsOfWeights(
  rows: number,
  columns: number,
  weights: Float32Array,
): RowStatistics {
  const statistics = emptyStatistics(rows);
  for (let row = 0; row < rows; row++) {
    const own = Float64Array.from(weights.subarray(row * columns, (row + 1) * columns));
    describeRow(statistics, row, { weights: own, logSumExp: 0, keys: columns }, NO_MARK);
  }
  return statistics;
}

/** Causal weights of an invented head: softmax of seeded noise plus a preference. */
function sampleWeights(
  tokens: number,
  stream: number,
  preference: (query: number, key: number) => number,
  temperature = 1,
): Float32Array {
  const noise = fillRandom(new Float64Array(tokens * tokens), { seed: 5, stream });
  return softmaxOf(tokens, tokens, (query, key) => {
    if (key > query) return -Infinity;
    return (0.7 * noise[query * tokens + key] + preference(query, key)) / temperature;
  });
}

/** Score preferences, one for each kind of head. */
const headKinds: readonly ((query: number, key: number) => number)[] = [
  () => 0,
  (query, key) => (query === key ? 5 : 0),
  (query, key) => (query - key === 1 ? 6 : 0),
  (_query, key) => (key === 0 ? 5 : 0),
  (query, key) => (query - key === 15 ? 5.5 : 0),
  (query, key) => (query >> 3 === key >> 3 ? 4 : 0),
  (query, key) => -Math.abs(query - key) / 3,
  (_query, key) => (key % 7 === 3 ? 3 : 0),
];

const TOKENS = 48;

function cellsOf(weights: Float32Array): MapCells {
  const region = { row: 0, column: 0, rows: TOKENS, columns: TOKENS };
  return {
    region: { ...region, rowsOfCell: 1, columnsOfCell: 1 },
    height: TOKENS,
    width: TOKENS,
    largest: weights,
    mean: weights,
    done: new Uint8Array(TOKENS).fill(1),
  };
}

const visibleKeys = Array.from({ length: TOKENS }, (_, query) => query + 1);

/** `layers` layers of eight heads, one of each kind, grouped by kind. */
export function sampleHeads(layers: number): HeadEntry[] {
  return Array.from({ length: layers * headKinds.length }, (_, id) => {
    const [layer, head] = [Math.floor(id / headKinds.length), id % headKinds.length];
    // The kinds come in a different order in each layer.
    const kind = (head * 3 + layer * 5) % headKinds.length;
    const weights = sampleWeights(TOKENS, id, headKinds[kind]);
    const name = layers > 1 ? `layer ${layer}, head ${head}` : `head ${head}`;
    const metrics = headMetrics(statisticsOfWeights(TOKENS, TOKENS, weights), visibleKeys, TOKENS);
    return { id, name, layer, head, cells: cellsOf(weights), metrics, group: kind };
  });
}

/** Heads during computation: some done, one partly, one failed, one with NaN. */
export function sampleHeadsUnderway(): HeadEntry[] {
  return sampleHeads(2).map((entry, i) => {
    const { id, name, layer, head } = entry;
    const cells = entry.cells!;
    if (i === 2) return { id, name, layer, head, error: 'Its keys hold no finite number.' };
    if (i === 4) {
      const largest = cells.largest.map((weight, at) => (at % 97 === 0 ? NaN : weight));
      return { ...entry, cells: { ...cells, largest } };
    }
    if (i === 9) {
      const done = cells.done.map((_, row) => Number(row < 30));
      return { id, name, layer, head, cells: { ...cells, done } };
    }
    return i < 9 ? entry : { id, name, layer, head };
  });
}

/** 22 short words, with repetitions for an induction head. */
export const sampleTokens =
  'the prisoner in the cell heard the guard walk past the cell and the prisoner counted the steps until the guard was gone'.split(
    ' ',
  );
export const longTokens = Array.from(
  { length: 200 },
  (_, i) => sampleTokens[i % sampleTokens.length],
);

/** Prefers what followed the previous occurrence of the word, and slightly itself. */
export function inductionWeights(tokens: readonly string[], temperature = 1): Float32Array {
  const preference = (query: number, key: number) => {
    if (key > 0 && key <= query && tokens[key - 1] === tokens[query]) return 3.5;
    return query === key ? 1.5 : 0;
  };
  return sampleWeights(tokens.length, 100, preference, temperature);
}

const OUTPUT_SIZE = 32;
const OUTPUT_ROWS = sampleTokens.length;

function outputsOf(weights: Float32Array, stream: number): Float32Array {
  const value = fillRandom(new Float32Array(OUTPUT_ROWS * OUTPUT_SIZE), { seed: 8, stream });
  return Float32Array.from({ length: OUTPUT_ROWS * OUTPUT_SIZE }, (_, i) => {
    const [row, column] = [Math.floor(i / OUTPUT_SIZE), i % OUTPUT_SIZE];
    let sum = 0;
    for (let key = 0; key < OUTPUT_ROWS; key++)
      sum += weights[row * OUTPUT_ROWS + key] * value[key * OUTPUT_SIZE + column];
    return sum;
  });
}

const diagonal = sampleWeights(OUTPUT_ROWS, 101, (query, key) => (query === key ? 4 : 0));
const first = outputsOf(inductionWeights(sampleTokens), 0);
const second = outputsOf(diagonal, 1);
// Non-finite values are visible.
second[5 * OUTPUT_SIZE + 9] = Infinity;

const outputSet = (id: string, name: string, values: Float32Array): OutputSet => ({
  id,
  name,
  rows: OUTPUT_ROWS,
  columns: values.length / OUTPUT_ROWS,
  values,
  rowTokens: sampleTokens,
});

export const sampleOutputs: readonly OutputSet[] = [
  outputSet('0', 'head 0', first),
  outputSet('1', 'head 1', second),
  outputSet(
    'all',
    'all heads side by side',
    Float32Array.from({ length: OUTPUT_ROWS * 2 * OUTPUT_SIZE }, (_, i) => {
      const [row, column] = [Math.floor(i / (2 * OUTPUT_SIZE)), i % (2 * OUTPUT_SIZE)];
      return (column < OUTPUT_SIZE ? first : second)[row * OUTPUT_SIZE + (column % OUTPUT_SIZE)];
    }),
  ),
];

/** Two slanted point clouds, such as queries and keys. */
export function sampleCloud(count: number) {
  const points = fillRandom(new Float32Array(2 * count), { seed: 21 });
  const kinds = Uint8Array.from({ length: count }, (_, i) => i % 2);
  for (let i = 0; i < count; i++) {
    points[2 * i] = 3 * points[2 * i] + (kinds[i] ? 2 : -2);
    points[2 * i + 1] += 0.4 * points[2 * i];
  }
  const labels = Array.from({ length: count }, (_, i) => sampleTokens[(i >> 1) % OUTPUT_ROWS]);
  return { points, kinds, labels };
}
