import { formatCounted } from '../../../../numeric/format';
import {
  type Axes,
  describeAxes,
  tensorExtents,
  ORDERS,
  describeTensor,
  type TensorExtents,
  type Inference,
  type Proposal,
} from './proposal';
import type { FileContents, FileTexts } from './tensor-file';
import { findSets, type TensorSet } from './tensor-sets';

const MAX_HEAD_SIZE = 256;
const MAX_LENGTH = 2 ** 20;
/** 1 GiB of float32. */
const MAX_VALUES = 2 ** 28;

/**
 * Which of the files' tensors are queries, keys and values, and what their dimensions mean. Names decide the roles and
 * shapes the dimensions; where both leave several possibilities, there are several proposals.
 */
export function proposeSources(files: readonly FileContents[]): Inference {
  const tensors = files.flatMap((file) => file.tensors);
  const texts = files.flatMap((file) => file.texts);
  const refusals = files.flatMap((file) => file.skipped);
  if (tensors.length === 0) {
    return {
      proposals: [],
      issues: [...refusals, 'No numeric tensors found: queries and keys are needed.'],
    };
  }
  const sets = findSets(tensors);
  refusals.push(...sets.refusals);
  const rated = sets.found.flatMap((set, index) => {
    const read = readSet(set, texts);
    refusals.push(...read.issues);
    return read.proposals.map((proposal) => ({
      proposal,
      rating: rate(proposal, texts) - 100 * index,
    }));
  });
  const proposals = rated.toSorted((a, b) => b.rating - a.rating).map(({ proposal }) => proposal);
  return { proposals, issues: refusals };
}

/** A set with dimensions in one order. */
interface Reading {
  readonly axes: Axes;
  readonly set: TensorSet;
  readonly query: TensorExtents;
  readonly key: TensorExtents;
  readonly layers: number;
}

function readSet(set: TensorSet, texts: readonly FileTexts[]): Inference {
  const [query] = set.query;
  const [key] = set.key;
  const both = `${describeTensor(query)} and ${describeTensor(key)}`;
  const orders = ORDERS[query.shape.length] ?? [];
  if (query.shape.length !== key.shape.length || orders.length === 0) {
    return withIssue(`${both} must have the same number of dimensions, 2 to 5.`);
  }
  const proposals: Proposal[] = [];
  const reasons: string[] = [];
  for (const axes of orders) {
    // With a tensor for each layer, layers cannot also be a dimension.
    if (set.query.length > 1 && axes.includes('L')) continue;
    if (axes.startsWith('L') && axes.length === 4 && query.shape[0] === 1) continue;
    const extents = tensorExtents(axes, query.shape);
    const layers = extents.layers * set.query.length;
    const reading = { axes, set, query: extents, key: tensorExtents(axes, key.shape), layers };
    const reason = reasonAgainst(reading);
    if (reason)
      reasons.push(`read as ${describeAxes(axes)}, cannot be queries and keys: ${reason}`);
    else proposals.push(propose(reading, texts));
  }
  return proposals.length > 0 ? { proposals, issues: [] } : withIssue(`${both}, ${reasons[0]}.`);
}

const withIssue = (reason: string): Inference => ({ proposals: [], issues: [reason] });

function reasonAgainst({ query, key, layers }: Reading): string | undefined {
  if ([...Object.values(query), ...Object.values(key)].includes(0)) return 'a dimension is 0';
  if (query.size !== key.size) return `rows of ${query.size} and of ${key.size} values`;
  if (query.size > MAX_HEAD_SIZE)
    return `rows of ${query.size} values, where at most ${MAX_HEAD_SIZE} are supported`;
  if (query.batches !== key.batches) return `${query.batches} and ${key.batches} batch elements`;
  if (query.layers !== key.layers) return `${query.layers} and ${key.layers} layers`;
  if (query.heads % key.heads !== 0)
    return `${query.heads} query heads do not share ${key.heads} key heads`;
  if (Math.max(query.length, key.length) > MAX_LENGTH) return `more than ${MAX_LENGTH} tokens`;
  const values = layers * query.size * Math.max(query.heads * query.length, key.heads * key.length);
  if (values > MAX_VALUES)
    return `${values} values of a batch element, where at most ${MAX_VALUES} are supported`;
  return undefined;
}

function propose(reading: Reading, texts: readonly FileTexts[]): Proposal {
  const { axes, set, query, key, layers } = reading;
  const notes: string[] = [];
  const value = valueOf(reading, notes);
  const queryTokens = tokensFor('query', query.length, texts);
  const keyTokens = tokensFor('key', key.length, texts);
  for (const { name, texts: list } of texts) {
    if (list === queryTokens || list === keyTokens) continue;
    notes.push(`${name} has ${list.length} texts, which is not the number of tokens: ignored.`);
  }
  return {
    explanation: explain(reading),
    notes,
    axes,
    query: set.query,
    key: set.key,
    value,
    layers,
    batches: query.batches,
    heads: query.heads,
    kvHeads: key.heads,
    queryLength: query.length,
    keyLength: key.length,
    headSize: query.size,
    valueSize: value ? tensorExtents(axes, value[0].shape).size : 0,
    queryTokens,
    keyTokens,
  };
}

/** Values must match the keys in everything but the size of rows; else they are ignored. */
function valueOf({ axes, set, key }: Reading, notes: string[]): TensorSet['value'] {
  const { value } = set;
  if (!value) return undefined;
  const [one] = value;
  const { size, ...others } = tensorExtents(axes, one.shape);
  const fits =
    one.shape.length === axes.length &&
    Object.entries(others).every(([name, n]) => key[name as keyof TensorExtents] === n);
  const complete = value.length === set.key.length && size > 0 && size <= MAX_HEAD_SIZE;
  if (fits && complete) return value;
  const [keys] = set.key;
  notes.push(`${describeTensor(one)} does not match ${describeTensor(keys)} as values: ignored.`);
  return undefined;
}

/** A list of as many texts as there are tokens, preferably one named for this role. */
function tokensFor(role: 'query' | 'key', length: number, texts: readonly FileTexts[]) {
  const [own, other] = role === 'query' ? [/quer/i, /key/i] : [/key/i, /quer/i];
  const fitting = texts.filter(
    ({ name, texts: list }) => list.length === length && !other.test(name),
  );
  return (fitting.find(({ name }) => own.test(name)) ?? fitting[0])?.texts;
}

function explain({ axes, set, query, key, layers }: Reading): string {
  const layered = layers > 1 ? `${layers} layers of ` : '';
  const heads = formatCounted(query.heads, 'head');
  const shared = key.heads === query.heads ? '' : ` on ${formatCounted(key.heads, 'key head')}`;
  const tokens =
    query.length === key.length
      ? formatCounted(query.length, 'token')
      : `${formatCounted(query.length, 'query', 'queries')} and ${formatCounted(key.length, 'key')}`;
  const seen = `${layered}${heads}${shared} over ${tokens}, head size ${query.size}`;
  const batches = query.batches > 1 ? `, ${query.batches} batch elements to choose from` : '';
  const guess = set.guessedFrom ? `, by ${set.guessedFrom}` : '';
  const names = `${describeTensor(set.query[0])} as queries and ${describeTensor(set.key[0])} as keys`;
  return `${names}${guess}, read as ${describeAxes(axes)}: ${seen}${batches}.`;
}

/** How likely a proposal is. Matching tokens count most; sequences are mostly longer than there are heads. */
function rate(proposal: Proposal, texts: readonly FileTexts[]): number {
  const { heads, queryLength, keyLength, layers, batches, headSize, value, axes } = proposal;
  let rating = -0.1 * (ORDERS[axes.length] ?? []).indexOf(axes);
  if (texts.length > 0 && proposal.queryTokens) rating += 8;
  if (texts.length > 0 && proposal.keyTokens) rating += 4;
  if (queryLength === keyLength) rating += 2;
  if (heads <= queryLength || heads === 1) rating += 2;
  if (heads <= 128) rating += 1;
  if (Number.isInteger(Math.log2(headSize))) rating += 0.5;
  if (value) rating += 0.5;
  if (axes.startsWith('B') && batches > 64) rating -= 1;
  if (axes.startsWith('L') && layers > 128) rating -= 1;
  return rating;
}
