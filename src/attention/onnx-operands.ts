import { assertJoins } from './concatenate';
import { InputError } from './input-error';
import type { Layout } from './layout';
import type { OnnxAttributes, OnnxInputs } from './onnx-types';
import { type Tensor, assertUsable } from './tensor';

/** A tensor with four extents, whatever it had, and the order that they stand in. */
export interface Arranged {
  readonly tensor: Tensor;
  readonly layout: Layout;
  readonly length: number;
}

export interface OnnxOperands {
  readonly query: Arranged;
  readonly key: Arranged;
  readonly value: Arranged;
  readonly pastKey: Tensor | null;
  readonly pastValue: Tensor | null;
  /** Keys before the new ones. */
  readonly pastLength: number;
}

/** @throws InputError for tensors that are missing, destroyed, or do not go together. */
export function readOperands(inputs: OnnxInputs, attributes: OnnxAttributes): OnnxOperands {
  const { Q, past_key: pastKey = null, past_value: pastValue = null } = inputs;
  for (const name of ['Q', 'K', 'V'] as const) {
    assertUsable(name, inputs[name]);
    // As upstream's evaluator insists: heads are either extents of all, or attributes for all.
    const ranks = name === 'Q' ? [3, 4] : [Q.shape.length];
    const { shape } = inputs[name];
    if (!ranks.includes(shape.length) || shape.some((extent) => extent < 1)) {
      throw new InputError(`${name} shape`, shape, `${ranks.join(' or ')} extents above 0`);
    }
  }
  const query = arrange('Q', Q, 'q_num_heads', attributes);
  const key = arrange('K', inputs.K, 'kv_num_heads', attributes);
  const value = arrange('V', inputs.V, 'kv_num_heads', attributes);
  const pastLength = readPast(pastKey, pastValue, key, value);
  return { query, key, value, pastKey, pastValue, pastLength };
}

/** Sees a 3-D tensor (B, S, heads · size) as the 4-D tensor that it is by strides. */
function arrange(
  name: string,
  tensor: Tensor,
  field: 'q_num_heads' | 'kv_num_heads',
  { [field]: heads }: OnnxAttributes,
): Arranged {
  const { shape } = tensor;
  if (shape.length === 4) {
    if (heads !== undefined && heads !== shape[1]) {
      throw new InputError(field, heads, `${shape[1]}, as ${name} has, or nothing`);
    }
    return { tensor, layout: 'bhsd', length: shape[2] };
  }
  const [batch, length, hidden] = shape;
  if (!Number.isInteger(heads) || heads! < 1 || hidden % heads! !== 0) {
    const allowed = `a whole number that divides ${hidden}, the last extent of ${name}`;
    throw new InputError(field, heads, allowed);
  }
  const four = [batch, length, heads!, hidden / heads!];
  return { tensor: { ...tensor, shape: four }, layout: 'bshd', length };
}

/** Returns the length of the caches. */
function readPast(
  pastKey: Tensor | null,
  pastValue: Tensor | null,
  key: Arranged,
  value: Arranged,
): number {
  if (!pastKey && !pastValue) return 0;
  if (!pastKey) throw new InputError('past_key', undefined, 'a tensor, as past_value is given');
  if (!pastValue) throw new InputError('past_value', undefined, 'a tensor, as past_key is given');
  assertJoins('past_key', pastKey, key.tensor, key.layout);
  assertJoins('past_value', pastValue, value.tensor, value.layout);
  const [length, other] = [pastKey.shape[2], pastValue.shape[2]];
  if (other !== length) {
    throw new InputError('past_value length', other, `${length}, as of past_key`);
  }
  return length;
}

/** The tensor as it will be behind its cache, in shape alone: 4-D, heads first. */
export function joinedShape(
  { tensor, layout, length }: Arranged,
  { pastLength }: Pick<OnnxOperands, 'pastLength'>,
): Tensor {
  const [batch, second, third, size] = tensor.shape;
  const heads = layout === 'bhsd' ? second : third;
  return { ...tensor, shape: [batch, heads, pastLength + length, size] };
}

/** Sees the output (B, S, H, E) of 3-D inputs as (B, S, H · E): its values stand in that order. */
export function withRank(output: Tensor, rank: number): Tensor {
  if (rank === 4) return output;
  const [batch, length, heads, size] = output.shape;
  return { ...output, shape: [batch, length, heads * size] };
}
