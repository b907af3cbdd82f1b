import { InputError } from '../../attention/input-error';
import { fillRandom } from '../../numeric/random';
import { namesOfHeads } from '../head-names';
import type { HeadsSource } from '../source';
import { wordCodes } from './codes';
import { type Garden, type Part, type PlantedKind, plantedKinds } from './planted-kinds';
import { drawsOf, plantTokens } from './planted-tokens';

export interface PlantedOptions {
  /** Tokens. */
  readonly length: number;
  /** Heads of a layer; 12 unless told. */
  readonly heads?: number;
  /** 32, 64 (unless told) or 128. */
  readonly headSize?: number;
  /** 1 unless told. */
  readonly layers?: number;
  /** A whole number from 0 to 2³² − 1. */
  readonly seed: number;
}

export const plantedLimits = {
  length: { min: 8, max: 65536 },
  heads: { min: 1, max: 64 },
  layers: { min: 1, max: 32 },
  headSizes: [32, 64, 128],
  /** Values of all queries together: 512 MiB of float32. */
  values: 2 ** 27,
} as const;

/** Weight of what is planted against all else of its row: the first of each kind, then fainter ones. */
const ODDS = [9, 3, 1.5];
/** Standard deviation of a planted score's noise, from queries and from keys. */
const NOISE = 0.4;

/**
 * Heads that were made to do something, each one thing: dot products of their queries and keys show it at
 * any length. Which head does what is shuffled by the seed; `planted` tells. Values are the words'
 * embeddings, the same for all heads, so that outputs differ by attention alone.
 *
 * What smears: strides of more than `headSize` tokens (see `strideCodes`), and a local head's edges. A
 * width of 32 leaves a planted key of 65,536 somewhat less than one of 64 does.
 * @throws InputError
 */
export function plantedSource(options: PlantedOptions): HeadsSource {
  const { length, heads = 12, headSize = 64, layers = 1, seed } = options;
  validate({ length, heads, headSize, layers, seed });
  const tokens = plantTokens(length, seed);
  const garden: Garden = { tokens, length, headSize, seed, table: tables() };
  const count = layers * heads;
  const size = length * headSize;
  const query = new Float32Array(count * size);
  const key = new Float32Array(count * size);
  const order = shuffled(count, seed);
  const planted = Array.from({ length: count }, () => '');
  order.forEach((place, i) => {
    const kind = plantedKinds[i % plantedKinds.length];
    const odds = ODDS[Math.min(ODDS.length - 1, Math.floor(i / plantedKinds.length))];
    planted[place] = kind.name;
    const range: [number, number] = [place * size, (place + 1) * size];
    plant(kind, odds, garden, place, query.subarray(...range), key.subarray(...range));
  });
  return {
    name: 'Planted structure',
    note: `Random words, seed ${seed}, in ${count} ${count === 1 ? 'head' : 'heads'} made by hand: nothing was learned.`,
    layers,
    heads,
    kvHeads: heads,
    queryLength: length,
    keyLength: length,
    headSize,
    valueSize: headSize,
    query,
    key,
    value: wordValues(garden, count),
    queryTokens: tokens.words,
    keyTokens: tokens.words,
    headNames: namesOfHeads(layers, heads),
    planted,
    marks: tokens.marks,
  };
}

/** Noise first, then codes upon it. */
function plant(
  kind: PlantedKind,
  odds: number,
  garden: Garden,
  head: number,
  query: Float32Array,
  key: Float32Array,
): void {
  const { length, headSize } = garden;
  const parts = kind.parts(garden, odds);
  const gain = Math.max(0, ...parts.map((part) => part.gain));
  const size = noiseSize(kind.noise ?? NOISE, gain, headSize);
  addNoise(query, size, garden.seed, 2 * head);
  addNoise(key, size, garden.seed, 2 * head + 1);
  let at = 0;
  for (const part of parts) {
    addPart(part, length, headSize, at, query, key);
    at += part.width;
  }
}

function addPart(
  part: Part,
  length: number,
  headSize: number,
  at: number,
  query: Float32Array,
  key: Float32Array,
): void {
  // Kernels divide products by √D.
  const amplitude = Math.sqrt(part.gain * Math.sqrt(headSize));
  for (let row = 0; row < length; row++) {
    part.query(row, query, row * headSize + at, amplitude);
    part.key(row, key, row * headSize + at, amplitude);
  }
}

/**
 * Standard deviation of each value's noise, for a score's noise of `noise`: a row of noise against a
 * code's amplitude, or, where there are no codes, against another row of noise.
 */
function noiseSize(noise: number, gain: number, headSize: number): number {
  return gain > 0 ? (noise * headSize ** 0.25) / Math.sqrt(gain) : Math.sqrt(noise);
}

function addNoise(rows: Float32Array, size: number, seed: number, stream: number): void {
  fillRandom(rows, { seed, stream, distribution: 'uniform' });
  // A uniform number on (−1, 1) has variance 1/3.
  const scale = size * Math.sqrt(3);
  for (let i = 0; i < rows.length; i++) rows[i] *= scale;
}

/** The words' codes, scaled to values of variance 1, once a head. */
function wordValues({ tokens, headSize, seed, table }: Garden, count: number): Float32Array {
  const codes = table('words', () => wordCodes(tokens.ids, headSize, seed));
  const value = new Float32Array(count * codes.length);
  const scale = Math.sqrt(headSize);
  for (let i = 0; i < codes.length; i++) value[i] = codes[i] * scale;
  for (let filled = 1; filled < count; filled++) {
    value.copyWithin(filled * codes.length, 0, codes.length);
  }
  return value;
}

function tables(): Garden['table'] {
  const made = new Map<string, Float32Array>();
  return (name, make) => {
    const table = made.get(name) ?? make();
    made.set(name, table);
    return table;
  };
}

/** The numbers from 0 to count − 1 in an order of the seed's. */
function shuffled(count: number, seed: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  const draw = drawsOf(seed, 0xc0d4);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(draw() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

function validate(options: Required<PlantedOptions>): void {
  const { length, heads, headSize, layers, seed } = options;
  const limits = { length: plantedLimits.length, heads: plantedLimits.heads };
  const ranges = { ...limits, layers: plantedLimits.layers, seed: { min: 0, max: 2 ** 32 - 1 } };
  for (const [field, { min, max }] of Object.entries(ranges)) {
    const value = options[field as keyof typeof ranges];
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InputError(field, value, `a whole number from ${min} to ${max}`);
    }
  }
  if (!(plantedLimits.headSizes as readonly number[]).includes(headSize)) {
    throw new InputError('headSize', headSize, `one of ${plantedLimits.headSizes.join(', ')}`);
  }
  const values = layers * heads * length * headSize;
  if (values > plantedLimits.values) {
    const each = `${layers} × ${heads} × ${length} × ${headSize} = ${values}`;
    const allowed = `layers × heads × length × head size of at most ${plantedLimits.values}`;
    throw new InputError('size', `${each} (seed ${seed})`, allowed);
  }
}
