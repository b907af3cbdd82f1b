import { NO_MARK } from '../source';
import { nearnessCodes, positionCodes, randomCodes, strideCodes, wordCodes } from './codes';
import { gainFor } from './gain';
import { BLOCKS, type PlantedTokens } from './planted-tokens';

/** Adds a row's code, times the amplitude, to `out` from `at` on. */
export type AddCode = (row: number, out: Float32Array, at: number, amplitude: number) => void;

/** Some of a head's values: codes of queries and keys whose products, times the gain, are the scores. */
export interface Part {
  readonly width: number;
  readonly gain: number;
  readonly query: AddCode;
  readonly key: AddCode;
}

export interface Garden {
  readonly tokens: PlantedTokens;
  readonly length: number;
  readonly headSize: number;
  readonly seed: number;
  /** Makes a table of codes, or finds the one made for another head. */
  readonly table: (name: string, make: () => Float32Array) => Float32Array;
}

export interface PlantedKind {
  readonly name: string;
  /** Standard deviation of the noise in its scores, in units of a score. */
  readonly noise?: number;
  readonly parts: (garden: Garden, odds: number) => Part[];
}

/** Tokens between the stripes of a strided head, and the reach of a local one: shares of the length. */
export const strideOf = (length: number): number => Math.max(4, Math.round(length / 16));
export const reachOf = (length: number): number => Math.max(2, length / 16);

/** The sequence's first key, for queries that want to look there. */
const SINK_WIDTH = 2;

const rows =
  (table: Float32Array, width: number, indexOf: (row: number) => number): AddCode =>
  (row, out, at, amplitude) => {
    const index = indexOf(row);
    if (index < 0) return;
    const start = index * width;
    for (let d = 0; d < width; d++) out[at + d] += amplitude * table[start + d];
  };

const same = (row: number) => row;
const before = (row: number) => row - 1;

function position(garden: Garden, odds: number, width: number, indexOf = same): Part {
  const { length, seed, table } = garden;
  const codes = table(`positions ${width}`, () => positionCodes(length, width, seed));
  const gain = gainFor(length, 1, width, odds);
  return { width, gain, query: rows(codes, width, indexOf), key: rows(codes, width, same) };
}

function sink({ length }: Garden, odds: number, looks: (row: number) => boolean): Part {
  const one = (wants: (row: number) => boolean): AddCode => {
    return (row, out, at, amplitude) => {
      if (wants(row)) out[at] += amplitude;
    };
  };
  const gain = Math.log(length * odds);
  return { width: SINK_WIDTH, gain, query: one(looks), key: one((row) => row === 0) };
}

function block({ tokens }: Garden, odds: number): Part {
  const add: AddCode = (row, out, at, amplitude) => {
    out[at + tokens.blocks[row]] += amplitude;
  };
  return { width: BLOCKS, gain: Math.log(BLOCKS * odds), query: add, key: add };
}

/**
 * Keys carry the word before them and how often it had come by then; queries their own word, one time
 * fewer. No two tokens share both, so that each has a code of its own.
 */
function induction(garden: Garden, odds: number): Part[] {
  const { tokens, length, headSize, seed, table } = garden;
  const width = headSize - SINK_WIDTH;
  const codes = table('occurrences', () => randomCodes(length, width, seed, 0xc0d3));
  const { marks } = tokens;
  const lastTime = (row: number) => (marks[row] === NO_MARK ? -1 : marks[row] - 1);
  const match = {
    width,
    gain: gainFor(length, 1, width, odds),
    query: rows(codes, width, lastTime),
    key: rows(codes, width, before),
  };
  // As trained ones do, it rests on the first token where there is nothing to continue.
  return [match, sink(garden, odds, (row) => marks[row] === NO_MARK)];
}

function content({ tokens, length, headSize, seed, table }: Garden, odds: number): Part[] {
  const codes = table('words', () => wordCodes(tokens.ids, headSize, seed));
  const add = rows(codes, headSize, same);
  return [{ width: headSize, gain: gainFor(length, 1, headSize, odds), query: add, key: add }];
}

function local({ length, headSize, table }: Garden, odds: number): Part[] {
  const reach = reachOf(length);
  const codes = table('nearness', () => nearnessCodes(length, headSize, reach));
  const add = rows(codes, headSize, same);
  // The scores' bell is narrowed by the exponential to about half its width.
  const gain = gainFor(length, Math.max(1, reach), headSize, odds);
  return [{ width: headSize, gain, query: add, key: add }];
}

function stride({ length, headSize, table }: Garden, odds: number): Part[] {
  const period = strideOf(length);
  const codes = table('stride', () => strideCodes(length, headSize, period));
  const add = rows(codes, headSize, same);
  const gain = gainFor(length, Math.max(1, length / period), headSize, odds);
  return [{ width: headSize, gain, query: add, key: add }];
}

const always = () => true;

function previousAndFirst(garden: Garden, odds: number): Part[] {
  const previous = position(garden, odds, garden.headSize - SINK_WIDTH, before);
  // The same score for either: they share the weight.
  return [previous, { ...sink(garden, odds, always), gain: previous.gain }];
}

function blockAndDiagonal(garden: Garden, odds: number): Part[] {
  const width = garden.headSize - BLOCKS;
  const own = position(garden, odds, width);
  // The query's own key has the block's score as well: this much more, and it weighs as much as its block.
  const gain = gainFor(garden.length, BLOCKS, width, 1);
  return [{ ...own, gain }, block(garden, odds)];
}

/** What a head can be made to do; a source with fewer heads takes the first of them. */
export const plantedKinds: readonly PlantedKind[] = [
  { name: 'induction', parts: induction },
  {
    name: 'previous token',
    parts: (garden, odds) => [position(garden, odds, garden.headSize, before)],
  },
  { name: 'diagonal', parts: (garden, odds) => [position(garden, odds, garden.headSize)] },
  { name: 'first token', parts: (garden, odds) => [sink(garden, odds, always)] },
  { name: 'block', parts: (garden, odds) => [block(garden, odds)] },
  { name: 'local', parts: local },
  { name: 'same token', parts: content },
  { name: 'stride', parts: stride },
  { name: 'uniform', noise: 0.1, parts: () => [] },
  { name: 'noise', noise: 2, parts: () => [] },
  { name: 'previous and first token', parts: previousAndFirst },
  { name: 'block and diagonal', parts: blockAndDiagonal },
];
