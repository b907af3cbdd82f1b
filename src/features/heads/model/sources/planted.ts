import { range, shuffler } from 'd3-array';
import { InputError } from '../../../../attention/input-error';
import { fillRandom } from '../../../../numeric/random';
import { NO_MARK, selfAttentionShape, type HeadsSource } from '../source';
import {
  nearnessCodes,
  positionCodes,
  randomCodes,
  strideCodes,
  wordCodes,
  gainFor,
} from './codes';
import { BLOCKS, type PlantedTokens, randomDraws, plantTokens } from './planted-tokens';

/** Adds a row's code, times the amplitude, to `out` at an offset. */
type AddCode = (row: number, out: Float32Array, at: number, amplitude: number) => void;

/** A range of a head's dimensions: codes of queries and keys whose dot products, times the gain, are the scores. */
interface CodePart {
  readonly width: number;
  readonly gain: number;
  readonly query: AddCode;
  readonly key: AddCode;
}

interface PlantingContext {
  readonly tokens: PlantedTokens;
  readonly length: number;
  readonly headSize: number;
  readonly seed: number;
  /** A table of codes, shared by the heads that use it. */
  readonly table: (name: string, make: () => Float32Array) => Float32Array;
}

interface PlantedKind {
  readonly name: string;
  readonly noise?: number;
  readonly parts: (context: PlantingContext, odds: number) => CodePart[];
}

/** Distance of a strided head's stripes, and the range of a local head, in tokens. */
export const stridePeriod = (length: number): number => Math.max(4, Math.round(length / 16));
const localReach = (length: number): number => Math.max(2, length / 16);

/** Dimensions that make queries attend to the first key. */
const SINK_WIDTH = 2;

const rows =
  (table: Float32Array, width: number, indexOf: (row: number) => number): AddCode =>
  (row, out, at, amplitude) => {
    const index = indexOf(row);
    if (index < 0) return;
    const start = index * width;
    for (let d = 0; d < width; d++) out[at + d] += amplitude * table[start + d];
  };

const ownRow = (row: number) => row;
const previousRow = (row: number) => row - 1;

function position(
  context: PlantingContext,
  odds: number,
  width: number,
  indexOf = ownRow,
): CodePart {
  const { length, seed, table } = context;
  const codes = table(`positions ${width}`, () => positionCodes(length, width, seed));
  const gain = gainFor(length, 1, width, odds);
  return { width, gain, query: rows(codes, width, indexOf), key: rows(codes, width, ownRow) };
}

function sink(
  { length }: PlantingContext,
  odds: number,
  looks: (row: number) => boolean,
): CodePart {
  const one =
    (attends: (row: number) => boolean): AddCode =>
    (row, out, at, amplitude) => {
      if (attends(row)) out[at] += amplitude;
    };
  const gain = Math.log(length * odds);
  return { width: SINK_WIDTH, gain, query: one(looks), key: one((row) => row === 0) };
}

function block({ tokens }: PlantingContext, odds: number): CodePart {
  const add: AddCode = (row, out, at, amplitude) => {
    out[at + tokens.blocks[row]] += amplitude;
  };
  return { width: BLOCKS, gain: Math.log(BLOCKS * odds), query: add, key: add };
}

/**
 * A key's code stands for the token before it, as a pair of word and occurrence; a query's for the previous occurrence of
 * its own word. No two tokens share such a pair, so each has a code of its own.
 */
function induction(context: PlantingContext, odds: number): CodePart[] {
  const { tokens, length, headSize, seed, table } = context;
  const width = headSize - SINK_WIDTH;
  const codes = table('occurrences', () => randomCodes(length, width, seed, 0xc0d3));
  const { marks } = tokens;
  const lastTime = (row: number) => (marks[row] === NO_MARK ? -1 : marks[row] - 1);
  const match = {
    width,
    gain: gainFor(length, 1, width, odds),
    query: rows(codes, width, lastTime),
    key: rows(codes, width, previousRow),
  };
  // As in trained models, the first token is the sink where there is nothing to continue.
  return [match, sink(context, odds, (row) => marks[row] === NO_MARK)];
}

/** Queries and keys have the same codes. @param sharers How many keys a query matches. */
function match(
  { length, headSize }: PlantingContext,
  odds: number,
  codes: Float32Array,
  sharers = 1,
): CodePart[] {
  const add = rows(codes, headSize, ownRow);
  const gain = gainFor(length, Math.max(1, sharers), headSize, odds);
  return [{ width: headSize, gain, query: add, key: add }];
}

const wordTable = ({ tokens, headSize, seed, table }: PlantingContext) =>
  table('words', () => wordCodes(tokens.ids, headSize, seed));

function local(context: PlantingContext, odds: number): CodePart[] {
  const { length, headSize, table } = context;
  const reach = localReach(length);
  const codes = table('nearness', () => nearnessCodes(length, headSize, reach));
  // The exponential narrows the scores' Gaussian to about half its width.
  return match(context, odds, codes, reach);
}

function stride(context: PlantingContext, odds: number): CodePart[] {
  const { length, headSize, table } = context;
  const period = stridePeriod(length);
  const codes = table('stride', () => strideCodes(length, headSize, period));
  return match(context, odds, codes, length / period);
}

const always = () => true;

function previousAndFirst(context: PlantingContext, odds: number): CodePart[] {
  const previous = position(context, odds, context.headSize - SINK_WIDTH, previousRow);
  // Equal scores: both keys share the weight.
  return [previous, { ...sink(context, odds, always), gain: previous.gain }];
}

function blockAndDiagonal(context: PlantingContext, odds: number): CodePart[] {
  const width = context.headSize - BLOCKS;
  const own = position(context, odds, width);
  // The query's own key has the block's score as well; with this gain it weighs as much as its block.
  const gain = gainFor(context.length, BLOCKS, width, 1);
  return [{ ...own, gain }, block(context, odds)];
}

/** What heads are constructed to do; a source with fewer heads takes the first of them. */
const plantedKinds: readonly PlantedKind[] = [
  { name: 'induction', parts: induction },
  {
    name: 'previous token',
    parts: (context, odds) => [position(context, odds, context.headSize, previousRow)],
  },
  { name: 'diagonal', parts: (context, odds) => [position(context, odds, context.headSize)] },
  { name: 'first token', parts: (context, odds) => [sink(context, odds, always)] },
  { name: 'block', parts: (context, odds) => [block(context, odds)] },
  { name: 'local', parts: local },
  {
    name: 'same token',
    parts: (context, odds) => match(context, odds, wordTable(context)),
  },
  { name: 'stride', parts: stride },
  { name: 'uniform', noise: 0.1, parts: () => [] },
  { name: 'noise', noise: 2, parts: () => [] },
  { name: 'previous and first token', parts: previousAndFirst },
  { name: 'block and diagonal', parts: blockAndDiagonal },
];

export interface PlantedOptions {
  readonly length: number;
  /** Heads of a layer; 12 by default. */
  readonly heads?: number;
  /** 32, 64 (default) or 128. */
  readonly headSize?: number;
  /** 1 by default. */
  readonly layers?: number;
  readonly seed: number;
}

export const plantedLimits = {
  length: { min: 8, max: 65536 },
  heads: { min: 1, max: 64 },
  layers: { min: 1, max: 32 },
  seed: { min: 0, max: 2 ** 32 - 1 },
  headSizes: [32, 64, 128],
  /** Values of all queries together: 512 MiB of float32. */
  values: 2 ** 27,
} as const;

/** Weight of the planted keys relative to all others: for the first head of each kind, then for fainter ones. */
const ODDS = [9, 3, 1.5];
/** Standard deviation of the noise of planted scores. */
const NOISE = 0.4;

/**
 * Heads constructed to do one thing each, at any length, by the dot products of their queries and keys. The seed shuffles
 * which head does what; `planted` lists it. Values are the words' embeddings, the same for all heads, so that outputs
 * differ by attention alone.
 *
 * Strides of more than `headSize` tokens are blurred (see `strideCodes`), and so are the edges of local heads. With a head
 * size of 32, a planted key among 65,536 has somewhat less weight than with 64.
 * @throws InputError
 */
export function plantedSource(options: PlantedOptions): HeadsSource {
  const { length, heads = 12, headSize = 64, layers = 1, seed } = options;
  validate({ length, heads, headSize, layers, seed });
  const tokens = plantTokens(length, seed);
  const context: PlantingContext = { tokens, length, headSize, seed, table: tables() };
  const count = layers * heads;
  const size = length * headSize;
  const query = new Float32Array(count * size);
  const key = new Float32Array(count * size);
  const order = shuffler(randomDraws(seed, 0xc0d4))(range(count));
  const planted: string[] = [];
  order.forEach((head, i) => {
    const kind = plantedKinds[i % plantedKinds.length];
    const odds = ODDS[Math.min(ODDS.length - 1, Math.floor(i / plantedKinds.length))];
    planted[head] = kind.name;
    const ofHead = (rows: Float32Array) => rows.subarray(head * size, (head + 1) * size);
    plant(kind, odds, context, head, ofHead(query), ofHead(key));
  });
  return {
    name: 'Planted structure',
    note: `Random words, seed ${seed}, in ${count} ${count === 1 ? 'head' : 'heads'} made by hand: nothing was learned.`,
    ...selfAttentionShape(tokens.words, { layers, heads, headSize }),
    query,
    key,
    value: wordValues(context, count),
    planted,
    marks: tokens.marks,
  };
}

/** Noise first, of a size that gives scores a standard deviation of `noise`, then codes upon it. */
function plant(
  kind: PlantedKind,
  odds: number,
  context: PlantingContext,
  head: number,
  query: Float32Array,
  key: Float32Array,
): void {
  const { length, headSize } = context;
  const parts = kind.parts(context, odds);
  const gain = Math.max(0, ...parts.map((part) => part.gain));
  const noise = kind.noise ?? NOISE;
  // The dot product of a row of noise with a code, or, without codes, with another row of noise.
  const size = gain > 0 ? (noise * headSize ** 0.25) / Math.sqrt(gain) : Math.sqrt(noise);
  addNoise(query, size, context.seed, 2 * head);
  addNoise(key, size, context.seed, 2 * head + 1);
  let start = 0;
  for (const part of parts) {
    // Kernels divide products by √D.
    const amplitude = Math.sqrt(part.gain * Math.sqrt(headSize));
    for (let row = 0; row < length; row++) {
      part.query(row, query, row * headSize + start, amplitude);
      part.key(row, key, row * headSize + start, amplitude);
    }
    start += part.width;
  }
}

function addNoise(rows: Float32Array, size: number, seed: number, stream: number): void {
  fillRandom(rows, { seed, stream, distribution: 'uniform' });
  // A uniform number on (−1, 1) has variance 1/3.
  const scale = size * Math.sqrt(3);
  for (let i = 0; i < rows.length; i++) rows[i] *= scale;
}

/** The words' codes, scaled to variance 1, for each head. */
function wordValues(context: PlantingContext, count: number): Float32Array {
  const codes = wordTable(context);
  const value = new Float32Array(count * codes.length);
  const scale = Math.sqrt(context.headSize);
  for (let i = 0; i < codes.length; i++) value[i] = codes[i] * scale;
  for (let filled = 1; filled < count; filled++) {
    value.copyWithin(filled * codes.length, 0, codes.length);
  }
  return value;
}

function tables(): PlantingContext['table'] {
  const made = new Map<string, Float32Array>();
  return (name, make) => {
    const table = made.get(name) ?? make();
    made.set(name, table);
    return table;
  };
}

function validate(options: Required<PlantedOptions>): void {
  const { length, heads, headSize, layers, seed } = options;
  const { headSizes, values: maxValues, ...limits } = plantedLimits;
  for (const [field, { min, max }] of Object.entries(limits)) {
    const value = options[field as keyof PlantedOptions];
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InputError(field, value, `a whole number from ${min} to ${max}`);
    }
  }
  if (!headSizes.some((size) => size === headSize)) {
    throw new InputError('headSize', headSize, `one of ${headSizes.join(', ')}`);
  }
  const values = layers * heads * length * headSize;
  if (values > maxValues) {
    const each = `${layers} × ${heads} × ${length} × ${headSize} = ${values}`;
    const allowed = `layers × heads × length × head size of at most ${maxValues}`;
    throw new InputError('size', `${each} (seed ${seed})`, allowed);
  }
}
