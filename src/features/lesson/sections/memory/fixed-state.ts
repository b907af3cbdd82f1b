import { mean } from 'd3-array';
import { InputError } from '../../../../attention/input-error';
import { softmax } from '../../model/attention';
import { dot, type Matrix, norm, scale, type Vector, weightedSum } from '../../model/matrix';
import { directions } from '../../model/seeded';

/**
 * A fixed-size memory against a direct link, both computed. A sequence of pairs (key, value) is written to
 *
 *     S ← decay · S + value · keyᵀ        a linear recurrent state of valueSize × stateSize numbers
 *
 * which stays the same size however many there are (linear attention: Katharopoulos et al., "Transformers
 * are RNNs", 2020). It is read as S · key. Keys are random directions: only about stateSize of them can be
 * told apart, and every further pair is noise on the first. Attention keeps all pairs and looks its key up.
 */
export interface FixedStateOptions {
  /** Values in a key, and columns of the state. */
  readonly stateSize: number;
  /** Numbers of pairs written after the one that is read; ascending. */
  readonly distances: readonly number[];
  /** What is kept of the state at each write, from 0 to 1. */
  readonly decay?: number;
  /** Independent sequences to average over. */
  readonly trials?: number;
  readonly seed?: number;
}

/** Averages over trials. */
export interface Recall {
  /** Share of trials whose nearest value was the right one. */
  readonly right: number;
  readonly rightError: number;
  /** Mean cosine between what was read and what was written. */
  readonly cosine: number;
}

export interface RecallAtDistance {
  readonly distance: number;
  /** How many trials the averages are over. */
  readonly trials: number;
  readonly state: Recall;
  readonly attention: Recall;
}

/** Values are one of this many symbols; chance is 1 in 32. */
export const SYMBOLS = 32;
export const VALUE_SIZE = 24;

/** Factor of attention's scores, which are products of directions: near enough to a look-up. */
export const SHARPNESS = 64;

/** Recall at every distance: one sequence a trial, read at each distance as it grows. */
export const recallByDistance = (options: FixedStateOptions): RecallAtDistance[] =>
  [...recallTrialByTrial(options)].at(-1)!;

/** The averages after each trial, so that a page can draw in between. */
export function* recallTrialByTrial(options: FixedStateOptions): Generator<RecallAtDistance[]> {
  const { distances, trials = 32, seed = 1 } = options;
  validate(options, trials);
  const done: ReturnType<typeof runTrial>[] = [];
  for (let trial = 0; trial < trials; trial++) {
    done.push(runTrial(options, seed + trial));
    yield distances.map((distance, i) => ({
      distance,
      trials: done.length,
      state: averageReadings(done.map((answers) => answers[i].state)),
      attention: averageReadings(done.map((answers) => answers[i].attention)),
    }));
  }
}

function runTrial(options: FixedStateOptions, seed: number) {
  const { stateSize, distances, decay = 1 } = options;
  const length = distances.at(-1)! + 1;
  const keys = directions(length, stateSize, seed, 1);
  const symbols = directions(SYMBOLS, VALUE_SIZE, seed, 2);
  // The largest of independent values is any of them, with equal chances.
  const written = directions(length, SYMBOLS, seed, 3).map(largestIndex);
  const values = written.map((symbol) => symbols[symbol]);
  const state = new Float64Array(VALUE_SIZE * stateSize);
  let step = 0;
  return distances.map((distance) => {
    for (; step <= distance; step++) write(state, keys[step], values[step], decay);
    const scores = keys.slice(0, step).map((key) => SHARPNESS * dot(key, keys[0]));
    const attended = weightedSum(softmax(scores), values.slice(0, step));
    return {
      state: readingOf(read(state, keys[0]), symbols, written[0]),
      attention: readingOf(attended, symbols, written[0]),
    };
  });
}

/** S ← decay · S + value · keyᵀ */
function write(state: Float64Array, key: Vector, value: Vector, decay: number): void {
  const size = key.length;
  for (let e = 0; e < value.length; e++) {
    for (let d = 0; d < size; d++) {
      state[e * size + d] = decay * state[e * size + d] + value[e] * key[d];
    }
  }
}

/** S · key */
function read(state: Float64Array, key: Vector): number[] {
  const size = key.length;
  return Array.from({ length: state.length / size }, (_, e) => {
    let sum = 0;
    for (let d = 0; d < size; d++) sum += state[e * size + d] * key[d];
    return sum;
  });
}

function readingOf(answer: Vector, symbols: Matrix, right: number) {
  const size = norm(answer);
  const direction = size === 0 ? answer : scale(answer, 1 / size);
  const likeness = symbols.map((symbol) => dot(symbol, direction));
  return { right: largestIndex(likeness) === right, cosine: likeness[right] };
}

const largestIndex = (values: Vector): number => values.indexOf(Math.max(...values));

function averageReadings(readings: readonly ReturnType<typeof readingOf>[]): Recall {
  const right = mean(readings, (one) => Number(one.right))!;
  const cosine = mean(readings, (one) => one.cosine)!;
  return { right, rightError: Math.sqrt((right * (1 - right)) / readings.length), cosine };
}

/** A trial of the largest takes about as long as a frame. */
export const fixedStateLimits = { stateSize: 128, distance: 512, trials: 1024 } as const;

function validate({ stateSize, distances, decay = 1 }: FixedStateOptions, trials: number): void {
  const whole = (field: string, value: number, min: number, max: number) => {
    if (Number.isInteger(value) && value >= min && value <= max) return;
    throw new InputError(field, value, `a whole number from ${min} to ${max}`);
  };
  whole('stateSize', stateSize, 1, fixedStateLimits.stateSize);
  whole('trials', trials, 1, fixedStateLimits.trials);
  for (const distance of distances) whole('distance', distance, 0, fixedStateLimits.distance);
  const ascending = distances.every((distance, i) => i === 0 || distance > distances[i - 1]);
  if (!ascending || distances.length === 0) {
    throw new InputError('distances', distances, 'one or more, ascending');
  }
  if (!(decay > 0 && decay <= 1)) {
    throw new InputError('decay', decay, 'a number above 0, at most 1');
  }
}
