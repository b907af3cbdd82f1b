import { InputError } from '../../attention/input-error';
import { namesOfHeads } from '../head-names';
import type { HeadsSource } from '../source';
import { inductionMarks } from '../sources/planted-tokens';
import { extentsOf, stridesOf } from './axes';
import type { NamedTensor } from './contents';
import type { Proposal } from './proposal';

/**
 * The heads that a proposal sees, of one batch element.
 * @throws InputError for a batch element that there is not.
 */
export function sourceFromProposal(proposal: Proposal, batch = 0): HeadsSource {
  const { layers, batches, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = proposal;
  if (!Number.isInteger(batch) || batch < 0 || batch >= batches) {
    throw new InputError('batch', batch, `a whole number from 0 to ${batches - 1}`);
  }
  const { axes, query, key, value, explanation } = proposal;
  const files = [...new Set([...query, ...key, ...(value ?? [])].map(({ file }) => file))];
  const tokens = (given: readonly string[] | undefined, length: number) =>
    given ?? Array.from({ length }, (_, i) => String(i));
  const named = proposal.queryTokens !== undefined && queryLength === keyLength;
  const place = batches > 1 ? ` Batch element ${batch}.` : '';
  return {
    name: files
      .map((file) => file.replace(/(\.npz)\/.*$/i, '$1'))
      .filter(unique)
      .join(', '),
    note: `Your own tensors: ${explanation}${place}`,
    layers,
    heads,
    kvHeads,
    queryLength,
    keyLength,
    headSize,
    valueSize,
    query: gather(query, axes, batch),
    key: gather(key, axes, batch),
    value: value && gather(value, axes, batch),
    queryTokens: tokens(proposal.queryTokens, queryLength),
    keyTokens: tokens(proposal.keyTokens, keyLength),
    headNames: namesOfHeads(layers, heads),
    marks: named ? inductionMarks(proposal.queryTokens) : undefined,
  };
}

const unique = <T>(one: T, i: number, all: readonly T[]) => all.indexOf(one) === i;

/** Row-major (layers, heads, tokens, values) of one batch element. */
function gather(tensors: readonly NamedTensor[], axes: string, batch: number): Float32Array {
  const [{ shape }] = tensors;
  const { layers, heads, length, size } = extentsOf(axes, shape);
  const strides = stridesOf(axes, shape);
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
