import { least } from 'd3-array';
import { InputError } from '../../../attention/input-error';
import { softmax } from './attention';
import { distance, dot, scale, type Vector, weightedSum } from './matrix';
import { hashText, uniforms } from './seeded';
import { wordKey, wordsOf } from './sentence';

/**
 * Words as points of a plane, placed here by hand: biology on top, departments at the lower left, prisons at
 * the lower right, words of all sentences near the middle, and *cell* among all of them.
 */
export interface PlacedWord {
  readonly word: string;
  readonly point: Vector;
  readonly topic: Topic | 'none';
}

export const topicNames = ['biology', 'department', 'prison'] as const;
export type Topic = (typeof topicNames)[number];

const pointsByTopic: Readonly<Record<Topic | 'none', Readonly<Record<string, Vector>>>> = {
  biology: {
    nucleus: [0.1, 2.6],
    mitochondria: [0.7, 2.9],
    cytoplasm: [-0.5, 2.8],
    tissue: [-0.1, 2.2],
    houses: [0.6, 1.2],
  },
  department: {
    department: [-2.4, -1.5],
    college: [-2.0, -1.1],
    quick: [-1.9, -1.9],
    solutions: [-2.7, -1.0],
    formed: [-1.4, -0.6],
  },
  prison: {
    prisoner: [2.4, -1.4],
    alone: [1.9, -1.9],
    small: [1.2, -0.8],
    sat: [1.3, -1.3],
    jail: [2.7, -1.0],
  },
  none: {
    cell: [0.1, 0.2],
    the: [-0.1, 0.1],
    a: [-0.2, 0],
    in: [0.1, -0.1],
    his: [0.2, -0.1],
    for: [-0.1, -0.1],
    each: [-0.2, -0.2],
  },
};

export const placedWords: readonly PlacedWord[] = [...topicNames, 'none' as const].flatMap(
  (topic) => Object.entries(pointsByTopic[topic]).map(([word, point]) => ({ word, point, topic })),
);

/** The lesson's three sentences with *cell*, each with the topic it takes the word to. */
export const cellSentences: readonly { readonly text: string; readonly topic: Topic }[] = [
  { text: 'The cell houses the nucleus, mitochondria, cytoplasm', topic: 'biology' },
  { text: 'Each department formed a cell for quick solutions', topic: 'department' },
  { text: 'The prisoner sat alone in his small cell', topic: 'prison' },
];

export interface SentencePoint extends PlacedWord {
  /** Whether the point is listed above or set by the reader; otherwise it is drawn from a seed. */
  readonly known: boolean;
}

/** Points that a reader has moved, by word. */
export type PointOverrides = Readonly<Record<string, Vector>>;

/** One point a word. Unknown words get a point near the middle that is seeded by their spelling. */
export function sentencePoints(text: string, overrides: PointOverrides = {}): SentencePoint[] {
  const words = wordsOf(text).map(wordKey);
  return words.map((word) => {
    const given = Object.hasOwn(overrides, word) ? overrides[word] : undefined;
    const placed = placedWords.find((one) => one.word === word);
    const topic = placed?.topic ?? 'none';
    const point = given ?? placed?.point ?? uniforms(2, hashText(word), 0x91a9);
    return { word, topic, point, known: given !== undefined || placed !== undefined };
  });
}

export interface ContextOptions {
  readonly temperature?: number;
  /** Positions in the sentence that no query sees. */
  readonly excluded?: readonly number[];
}

/** The word at position `query` after attention: scores are dot products of points, values the points. */
export function contextualPoint(
  words: readonly SentencePoint[],
  query: number,
  { temperature, excluded = [] }: ContextOptions = {},
) {
  if (!words[query]) {
    throw new InputError('query', query, `a whole number from 0 to ${words.length - 1}`);
  }
  const points = words.map(({ point }) => point);
  const scores = points.map((point) => dot(point, points[query]));
  const hidden = points.map((_, i) => excluded.includes(i));
  const weights = softmax(scores, { temperature, hidden });
  return {
    weights,
    /** wᵢ·vᵢ, one arrow a word: end to end they lead from the origin to the new point. */
    arrows: points.map((point, i) => scale(point, weights[i])),
    point: weightedSum(weights, points),
  };
}

/** All words at once: each is a query of its own. */
export const contextualPoints = (words: readonly SentencePoint[], options: ContextOptions = {}) =>
  words.map((_, query) => contextualPoint(words, query, options));

export const pointOf = ({ word, point }: PlacedWord, overrides: PointOverrides): Vector =>
  Object.hasOwn(overrides, word) ? overrides[word] : point;

/** The words of a topic where they are now. */
export const wordsOfTopic = (topic: Topic, overrides: PointOverrides): PlacedWord[] =>
  placedWords
    .filter((one) => one.topic === topic)
    .map((one) => ({ ...one, point: pointOf(one, overrides) }));

/** Mean distance from `point` to each topic's words: going nearer to one is going away from another. */
export function topicDistances(
  point: Vector,
  overrides: PointOverrides = {},
): Record<Topic, number> {
  const to = (topic: Topic) => {
    const words = wordsOfTopic(topic, overrides);
    return words.reduce((sum, word) => sum + distance(point, word.point), 0) / words.length;
  };
  return { biology: to('biology'), department: to('department'), prison: to('prison') };
}

export function nearestTopic(point: Vector, overrides: PointOverrides = {}): Topic {
  const distances = topicDistances(point, overrides);
  return least(topicNames, (topic) => distances[topic])!;
}

/** Steps of the search grid to each side. */
const STEPS = 8;

/**
 * The point whose farthest topic is as near as possible, by mean distance. Mean distances are convex, so a grid
 * that shrinks around its best point finds it.
 */
export function fairestPoint(overrides: PointOverrides = {}): { point: Vector; farthest: number } {
  let best = { point: [0, 0] as Vector, farthest: Infinity };
  for (let half = 4; half > 1e-4; half /= 3) {
    const [x, y] = best.point;
    for (let i = -STEPS; i <= STEPS; i++) {
      for (let j = -STEPS; j <= STEPS; j++) {
        const point = [x + (i / STEPS) * half, y + (j / STEPS) * half];
        const farthest = Math.max(...Object.values(topicDistances(point, overrides)));
        if (farthest < best.farthest) best = { point, farthest };
      }
    }
  }
  return best;
}
