import { InputError } from '../../../../attention/input-error';
import { namesOfHeads, type HeadsSource, type SourceShape } from '../source';
import { inductionMarks } from '../sources/planted-tokens';
import { elementCount, type FileTensor } from './tensor-file';

/** A tensor's dimensions, a letter each: L layers, B batch elements, H heads, S tokens, D values of a row. */
export type Axes = string;

export interface TensorExtents {
  readonly layers: number;
  readonly batches: number;
  readonly heads: number;
  readonly length: number;
  readonly size: number;
}

/** Usual orders of dimensions by their number, most common first. */
export const ORDERS: Readonly<Record<number, readonly Axes[]>> = {
  2: ['SD'],
  3: ['HSD', 'SHD'],
  4: ['BHSD', 'BSHD', 'LHSD', 'LSHD'],
  5: ['LBHSD', 'LBSHD'],
};

export function tensorExtents(axes: Axes, shape: readonly number[]): TensorExtents {
  const extent = (letter: string) => (axes.includes(letter) ? shape[axes.indexOf(letter)] : 1);
  return {
    layers: extent('L'),
    batches: extent('B'),
    heads: extent('H'),
    length: extent('S'),
    size: extent('D'),
  };
}

const AXIS_NAMES: Readonly<Record<string, string>> = {
  L: 'layers',
  B: 'batch',
  H: 'heads',
  S: 'tokens',
  D: 'values',
};

/** "(heads, tokens, values)" */
export const describeAxes = (axes: Axes): string =>
  `(${[...axes].map((letter) => AXIS_NAMES[letter]).join(', ')})`;

export interface Proposal extends SourceShape {
  readonly explanation: string;
  /** What was left out, a sentence each. */
  readonly notes: readonly string[];
  readonly axes: Axes;
  /** One for each layer, or one for all layers. */
  readonly query: readonly FileTensor[];
  readonly key: readonly FileTensor[];
  readonly value?: readonly FileTensor[];
  /** Batch elements; a source shows one of them. */
  readonly batches: number;
  readonly queryTokens?: readonly string[];
  readonly keyTokens?: readonly string[];
}

export interface Inference {
  /** Most likely first. */
  readonly proposals: readonly Proposal[];
  /** Why there is none, or why tensors were not used, a sentence each. */
  readonly issues: readonly string[];
}

/** "q (12, 64, 32)" */
export const describeTensor = ({ name, shape }: FileTensor): string =>
  `${name} (${shape.join(', ')})`;

/** The heads of one batch element. @throws InputError for one that does not exist. */
export function sourceFromProposal(proposal: Proposal, batch = 0): HeadsSource {
  const { layers, batches, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = proposal;
  if (!Number.isInteger(batch) || batch < 0 || batch >= batches) {
    throw new InputError('batch', batch, `a whole number from 0 to ${batches - 1}`);
  }
  const { axes, query, key, value, explanation } = proposal;
  const tensors = [...query, ...key, ...(value ?? [])];
  const files = new Set(tensors.map(({ file }) => file.replace(/(\.npz)\/.*$/i, '$1')));
  const tokens = (given: readonly string[] | undefined, length: number) =>
    given ?? Array.from({ length }, (_, i) => String(i));
  const named = proposal.queryTokens !== undefined && queryLength === keyLength;
  const element = batches > 1 ? ` Batch element ${batch}.` : '';
  return {
    name: [...files].join(', '),
    note: `Your own tensors: ${explanation}${element}`,
    layers,
    heads,
    kvHeads,
    queryLength,
    keyLength,
    headSize,
    valueSize,
    query: gatherTensor(query, axes, batch),
    key: gatherTensor(key, axes, batch),
    value: value && gatherTensor(value, axes, batch),
    queryTokens: tokens(proposal.queryTokens, queryLength),
    keyTokens: tokens(proposal.keyTokens, keyLength),
    headNames: namesOfHeads(layers, heads),
    marks: named ? inductionMarks(proposal.queryTokens) : undefined,
  };
}

function gatherTensor(tensors: readonly FileTensor[], axes: string, batch: number): Float32Array {
  const [{ shape }] = tensors;
  const { layers, heads, length, size } = tensorExtents(axes, shape);
  /** Elements between neighbours along an axis. */
  const stride = (letter: string) =>
    axes.includes(letter) ? elementCount(shape.slice(axes.indexOf(letter) + 1)) : 0;
  const strides = { layer: stride('L'), batch: stride('B'), head: stride('H'), row: stride('S') };
  const gathered = new Float32Array(tensors.length * layers * heads * length * size);
  let to = 0;
  for (const tensor of tensors) {
    const values = tensor.read();
    for (let layer = 0; layer < layers; layer++) {
      for (let head = 0; head < heads; head++) {
        const start = layer * strides.layer + batch * strides.batch + head * strides.head;
        for (let row = 0; row < length; row++) {
          const from = start + row * strides.row;
          gathered.set(values.subarray(from, from + size), to);
          to += size;
        }
      }
    }
  }
  return gathered;
}
