import { InputError } from '../../../../attention/input-error';
import { sampleIndices } from '../../../../numeric/random';
import { cosine } from '../../model/attention';
import { distance, dot, norm, type Matrix, type Vector } from '../../model/matrix';
import { directions, uniforms } from '../../model/seeded';

export const statisticsOf = (vector: Vector) => ({
  count: vector.length,
  norm: norm(vector),
  negatives: vector.filter((value) => value < 0).length,
  smallest: Math.min(...vector),
  largest: Math.max(...vector),
});

type VectorStatistics = Readonly<ReturnType<typeof statisticsOf>>;

/** Of the deck's vector of 100 values. The values themselves are lost; these were taken from them. */
export const deckStatistics: VectorStatistics = {
  count: 100,
  norm: 3.672,
  negatives: 49,
  smallest: -0.99628943,
  largest: 0.7790246,
};

/**
 * A vector with exactly these statistics: the two extremes, and between them seeded values scaled to the norm.
 * @throws InputError for statistics that no such vector has.
 */
export function madeUpVector(
  seed: number,
  statistics: VectorStatistics = deckStatistics,
): number[] {
  const { count, smallest, largest } = statistics;
  const inner = uniforms(count - 2, seed, 0xe3b0).map(Math.abs);
  const squares = statistics.norm ** 2 - smallest ** 2 - largest ** 2;
  const factor = Math.sqrt(squares) / norm(inner);
  // The smallest value is negative too.
  const negative = new Set(sampleIndices(statistics.negatives - 1, count - 2, seed));
  const values = inner.map((value, i) => (negative.has(i) ? -value : value) * factor);
  const fits = values.every((value) => value > smallest && value < largest);
  if (!fits || statistics.negatives < 1) {
    throw new InputError('norm', statistics.norm, 'one that values between the extremes can reach');
  }
  const [low, high] = sampleIndices(2, count, seed);
  values.splice(low, 0, smallest);
  values.splice(high, 0, largest);
  return values;
}

/** @throws InputError for an index outside the vector, or a value that is not finite. */
function withValue(vector: Vector, index: number, value: number): number[] {
  if (!Number.isInteger(index) || index < 0 || index >= vector.length) {
    throw new InputError('index', index, `a whole number from 0 to ${vector.length - 1}`);
  }
  if (!Number.isFinite(value)) throw new InputError('value', value, 'a finite number');
  return vector.with(index, value);
}

export const withEdits = (vector: Vector, edits: Readonly<Record<string, number>>): Vector =>
  Object.entries(edits).reduce<Vector>(
    (edited, [index, value]) => withValue(edited, Number(index), value),
    vector,
  );

/** Words to compare *cell* with, and their cosines with it: our choice. */
const NEIGHBOURS: readonly (readonly [word: string, cosine: number])[] = [
  ['tissue', 0.8],
  ['college', 0.3],
  ['prisoner', 0.6],
  ['nucleus', 0.7],
  ['department', 0.2],
];

/** Made-up vectors of the same length as `vector` at the chosen cosines; otherwise random by the seed. */
export function madeUpNeighbours(vector: Vector, seed: number) {
  const length = norm(vector);
  const axis = vector.map((value) => value / length);
  const others: Matrix = directions(NEIGHBOURS.length, vector.length, seed, 0xe3b1);
  return NEIGHBOURS.map(([word, along], i) => {
    const overlap = dot(others[i], axis);
    const across = others[i].map((value, d) => value - overlap * axis[d]);
    const factor = Math.sqrt(1 - along * along) / norm(across);
    return { word, vector: axis.map((value, d) => length * (along * value + factor * across[d])) };
  });
}

export const wordSimilarities = (vector: Vector, neighbours: ReturnType<typeof madeUpNeighbours>) =>
  neighbours.map(({ word, vector: other }) => ({
    word,
    dot: dot(vector, other),
    cosine: cosine(vector, other),
    distance: distance(vector, other),
  }));

export type WordSimilarity = ReturnType<typeof wordSimilarities>[number];
