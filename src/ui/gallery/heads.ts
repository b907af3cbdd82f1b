import type { MapCells } from '../../attention/maps/weight-map';
import { fillRandom } from '../../numeric/random';
import type { HeadEntry, HeadMetric } from '../components/head-entry';

/** Causal weights of a made-up head: softmax of seeded noise and of what the head is drawn to. */
export function sampleWeights(
  tokens: number,
  stream: number,
  drawn: (query: number, key: number) => number,
): Float32Array {
  const scores = fillRandom(new Float64Array(tokens * tokens), { seed: 5, stream });
  const weights = new Float32Array(tokens * tokens);
  for (let query = 0; query < tokens; query++) {
    const row = Array.from({ length: query + 1 }, (_, key) =>
      Math.exp(0.7 * scores[query * tokens + key] + drawn(query, key)),
    );
    const sum = row.reduce((total, weight) => total + weight, 0);
    row.forEach((weight, key) => (weights[query * tokens + key] = weight / sum));
  }
  return weights;
}

/** What the heads are drawn to, a kind each. */
const kinds: readonly ((query: number, key: number) => number)[] = [
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

function cellsOf(weights: Float32Array, tokens = TOKENS): MapCells {
  const region = { row: 0, column: 0, rows: tokens, columns: tokens };
  return {
    region: { ...region, rowsOfCell: 1, columnsOfCell: 1 },
    height: tokens,
    width: tokens,
    largest: weights,
    mean: weights,
    done: new Uint8Array(tokens).fill(1),
  };
}

function metricsOf(weights: Float32Array, tokens = TOKENS): Record<string, number> {
  const sums = { entropy: 0, distance: 0, diagonal: 0, first: 0 };
  weights.forEach((weight, i) => {
    const [query, key] = [Math.floor(i / tokens), i % tokens];
    if (weight > 0) sums.entropy -= weight * Math.log(weight);
    sums.distance += weight * Math.abs(query - key);
    if (query === key) sums.diagonal += weight;
    if (key === 0) sums.first += weight;
  });
  return Object.fromEntries(Object.entries(sums).map(([id, sum]) => [id, sum / tokens]));
}

const share = (value: number) => value.toFixed(3);

export const sampleMetrics: readonly HeadMetric[] = [
  {
    id: 'entropy',
    name: 'Entropy',
    definition: '−Σ w ln w of a query’s weights, mean over the queries: how widely a head looks.',
    unit: 'nats',
    format: (value) => value.toFixed(2),
  },
  {
    id: 'distance',
    name: 'Distance',
    definition: 'Σ w |query − key|, mean over the queries: how far away it looks.',
    unit: 'tokens',
    format: (value) => value.toFixed(1),
  },
  {
    id: 'diagonal',
    name: 'Diagonal',
    definition: 'Weight on the query’s own token, mean over the queries.',
    unit: '',
    format: share,
  },
  {
    id: 'first',
    name: 'Sink',
    definition: 'Weight on the first token, mean over the queries.',
    unit: '',
    format: share,
  },
];

/** `layers` layers of eight heads each, of a kind each, in groups by kind. */
export function sampleHeads(layers: number): HeadEntry[] {
  return Array.from({ length: layers * kinds.length }, (_, id) => {
    const [layer, head] = [Math.floor(id / kinds.length), id % kinds.length];
    // Each layer has its kinds in another order.
    const kind = (head * 3 + layer * 5) % kinds.length;
    const weights = sampleWeights(TOKENS, id, kinds[kind]);
    const name = layers > 1 ? `layer ${layer}, head ${head}` : `head ${head}`;
    const metrics = metricsOf(weights);
    return { id, name, layer, head, cells: cellsOf(weights), metrics, group: kind };
  });
}

/** The same heads as they are while still computed: some done, one in part, one at fault, one with NaN. */
export function sampleHeadsUnderway(): HeadEntry[] {
  return sampleHeads(2).map((entry, i) => {
    const { id, name, layer, head } = entry;
    const cells = entry.cells!;
    if (i === 2) return { id, name, layer, head, fault: 'Its keys hold no finite number.' };
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

/** 40 short words, with repeats that an induction head would find. */
const words =
  'the prisoner in the cell heard the guard walk past the cell and the prisoner counted the steps until the guard was gone'.split(
    ' ',
  );

export const sampleTokens = words;
export const longTokens = Array.from({ length: 200 }, (_, i) => words[i % words.length]);

/** Drawn to what followed the same word last time, and a little to itself. */
export const inductionWeights = (tokens: readonly string[]) =>
  sampleWeights(tokens.length, 100, (query, key) => {
    if (key > 0 && key <= query && tokens[key - 1] === tokens[query]) return 3.5;
    return query === key ? 1.5 : 0;
  });
