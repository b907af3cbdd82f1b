import { assertJoins } from '../concatenate';
import { InputError } from '../input-error';
import { type Layout, extentsOf } from '../layout';
import { causal } from '../modifiers/causal';
import { and } from '../modifiers/combine';
import { keyLengths } from '../modifiers/key-lengths';
import type { Mask, Offset } from '../modifiers/modifier';
import { UNBOUNDED, slidingWindow } from '../modifiers/sliding-window';
import { type TensorBias, tensorBias, tensorMask } from '../modifiers/tensor-mask';
import { type Tensor, assertUsable } from '../tensor';

/** Attributes of the ONNX operator `Attention`, opsets 23 to 25, by their own names. */
export interface OnnxAttributes {
  readonly is_causal?: number;
  readonly scale?: number;
  /** Soft cap if above 0; 0 means none. */
  readonly softcap?: number;
  /** For 3-D inputs. 4-D inputs carry it in their shape; there it may be repeated but must agree. */
  readonly q_num_heads?: number;
  readonly kv_num_heads?: number;
  /** Keys before a query's own position; −1 for no bound. */
  readonly left_window_size?: number;
  readonly right_window_size?: number;
  /** 0 scaled scores, 1 after the soft cap, 2 after the bias, 3 probabilities. */
  readonly qk_matmul_output_mode?: number;
  /** float32 (1), float16 (10) or bfloat16 (16). All are satisfied, as softmax always runs in float32. */
  readonly softmax_precision?: number;
}

/** A mask in host memory: boolean (nonzero = attend), or values to add, converted to float32. */
export interface OnnxMask {
  readonly dims: readonly number[];
  readonly type: 'bool' | 'float';
  readonly values: ArrayLike<number | boolean>;
}

export interface OnnxInputs {
  /** (B, H, S, D), or (B, S, H · D); K and V have the same rank. */
  readonly Q: Tensor;
  readonly K: Tensor;
  readonly V: Tensor;
  readonly attn_mask?: OnnxMask;
  /** (B, G, P, D), and past_value (B, G, P, E). P may be 0. */
  readonly past_key?: Tensor;
  readonly past_value?: Tensor;
  /** Number of valid keys for each batch element. */
  readonly nonpad_kv_seqlen?: ArrayLike<number | bigint>;
}

export interface OnnxOutputs {
  /** (B, H, S, E), or (B, S, H · E) for 3-D inputs. */
  readonly Y: Tensor;
  readonly present_key: Tensor;
  readonly present_value: Tensor;
  readonly qk_matmul_output?: Tensor;
}

export interface OnnxOptions {
  /** Also compute `qk_matmul_output`. */
  readonly wantScores?: boolean;
  readonly kernel?: string;
  readonly signal?: AbortSignal;
}

/** A tensor seen as 4-D, and the order of its dimensions. */
interface Arranged {
  readonly tensor: Tensor;
  readonly layout: Layout;
  readonly length: number;
}

interface OnnxOperands {
  readonly query: Arranged;
  readonly key: Arranged;
  readonly value: Arranged;
  readonly pastKey: Tensor | null;
  readonly pastValue: Tensor | null;
  /** Keys before the new ones. */
  readonly pastLength: number;
}

/** @throws InputError for tensors that are missing, destroyed or incompatible. */
export function readOperands(inputs: OnnxInputs, attributes: OnnxAttributes): OnnxOperands {
  const { Q, past_key: pastKey = null, past_value: pastValue = null } = inputs;
  for (const name of ['Q', 'K', 'V'] as const) {
    assertUsable(name, inputs[name]);
    // As in the reference evaluator: either all ranks are 4, or all are 3 and the attributes give the heads.
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

/** Views a 3-D tensor (B, S, heads · size) as 4-D by strides. */
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

/** The shape a tensor will have once appended to its cache: 4-D, heads first. */
export function joinedShape(
  { tensor, layout, length }: Arranged,
  { pastLength }: Pick<OnnxOperands, 'pastLength'>,
): Tensor {
  const { batch, heads, size } = extentsOf(tensor.shape, layout);
  return { ...tensor, shape: [batch, heads, pastLength + length, size] };
}

/** Views the output (B, S, H, E) of 3-D inputs as (B, S, H · E); the values have the same order. */
export function withRank(output: Tensor, rank: number): Tensor {
  if (rank === 4) return output;
  const [batch, length, heads, size] = output.shape;
  return { ...output, shape: [batch, length, heads * size] };
}

/** The operator's masking: what hides keys, and the bias added to the scores. */
interface OnnxMasking {
  readonly mask: Mask | undefined;
  readonly bias: TensorBias | undefined;
}

type MaskingInputs = Pick<OnnxInputs, 'attn_mask' | 'nonpad_kv_seqlen'> & {
  readonly past_key?: unknown;
};

interface MaskedExtents {
  readonly batch: number;
  readonly queryLength: number;
  readonly keyLength: number;
  readonly pastLength: number;
}

/** @throws InputError with the operator's own field names. */
export function readMasking(
  inputs: MaskingInputs,
  attributes: OnnxAttributes,
  { batch, queryLength, keyLength, pastLength }: MaskedExtents,
): OnnxMasking {
  const lengths = readLengths(inputs, batch, keyLength);
  const offset: Offset = lengths ? lengths.map((length) => length - queryLength) : pastLength;
  const masks: Mask[] = [];
  if (attributes.is_causal) masks.push(causal(offset));
  const left = windowSide('left_window_size', attributes.left_window_size);
  const right = windowSide('right_window_size', attributes.right_window_size);
  if (left !== UNBOUNDED || right !== UNBOUNDED) masks.push(slidingWindow(left, right, offset));
  if (lengths) masks.push(keyLengths(lengths));
  const tensor = inputs.attn_mask && readMask(inputs.attn_mask);
  if (tensor) masks.push(...tensor.masks);
  return { mask: masks.length > 0 ? and(...masks) : undefined, bias: tensor?.bias };
}

function readMask({ dims, type, values }: OnnxMask): { masks: Mask[]; bias?: TensorBias } {
  if (type !== 'bool' && type !== 'float') {
    throw new InputError('attn_mask type', type, "'bool' or 'float'");
  }
  // ONNX hides keys beyond a short last extent, and its text makes no exception for 1: the reference
  // evaluator pads
  // with −infinity before it broadcasts. `tensorMask` would repeat an extent of 1.
  const covered = dims.at(-1) === 1 ? [keyLengths(1)] : [];
  return type === 'bool'
    ? { masks: [tensorMask(dims, values), ...covered] }
    : { masks: covered, bias: tensorBias(dims, values as ArrayLike<number>) };
}

function readLengths(
  { nonpad_kv_seqlen: lengths, past_key }: MaskingInputs,
  batch: number,
  keyLength: number,
): readonly number[] | undefined {
  if (lengths === undefined) return undefined;
  if (past_key) throw new InputError('nonpad_kv_seqlen', lengths, 'nothing together with past_key');
  const isList = typeof lengths === 'object' && Number.isInteger(lengths?.length);
  const numbers = isList ? Array.from(lengths, Number) : [];
  const right = (n: number) => Number.isInteger(n) && n >= 0 && n <= keyLength;
  if (numbers.length !== batch || !numbers.every(right)) {
    const allowed = `${batch} whole numbers, one per batch element, from 0 to ${keyLength}`;
    throw new InputError('nonpad_kv_seqlen', lengths, allowed);
  }
  return numbers;
}

/** One side of a window. −1 means no bound; so does a size that no key can exceed. */
function windowSide(name: string, size = -1): number {
  if (!Number.isInteger(size) || size < -1) {
    throw new InputError(name, size, 'a whole number from -1 on');
  }
  return size === -1 ? UNBOUNDED : Math.min(size, UNBOUNDED);
}
