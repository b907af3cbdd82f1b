import { InputError } from './input-error';
import { causal } from './modifiers/causal';
import { and } from './modifiers/combine';
import { keyLengths } from './modifiers/key-lengths';
import type { Mask } from './modifiers/modifier';
import type { Offset } from './modifiers/offset';
import { UNBOUNDED, slidingWindow } from './modifiers/sliding-window';
import { type TensorBias, tensorBias, tensorMask } from './modifiers/tensor-mask';
import type { OnnxAttributes, OnnxInputs, OnnxMask } from './onnx-types';

/** What hides keys, and what is added to the scores: the operator's bias. */
export interface OnnxMasking {
  readonly mask: Mask | undefined;
  readonly bias: TensorBias | undefined;
}

type MaskingInputs = Pick<OnnxInputs, 'attn_mask' | 'nonpad_kv_seqlen'> & {
  readonly past_key?: unknown;
};

export interface MaskedExtents {
  readonly batch: number;
  readonly queryLength: number;
  /** Of the new keys. */
  readonly keyLength: number;
  readonly pastLength: number;
}

/** @throws InputError, by the operator's own names. */
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
  // Keys past a short last extent are hidden, and to ONNX one of 1 is short like any other: its text makes
  // no exception, and its evaluator pads with -infinity before it broadcasts. A `tensorMask` repeats it.
  const covered = dims.at(-1) === 1 ? [keyLengths(1)] : [];
  return type === 'bool'
    ? { masks: [tensorMask(dims, values), ...covered] }
    : { masks: covered, bias: tensorBias(dims, values as ArrayLike<number>) };
}

/** Lengths as numbers: they are int64 in ONNX. */
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
    const allowed = `${batch} whole numbers, one a batch element, from 0 to ${keyLength}`;
    throw new InputError('nonpad_kv_seqlen', lengths, allowed);
  }
  return numbers;
}

/** A window's side. −1 means no bound, and so does what no key can be as far away as. */
function windowSide(name: string, size = -1): number {
  if (!Number.isInteger(size) || size < -1) {
    throw new InputError(name, size, 'a whole number from -1 on');
  }
  return size === -1 ? UNBOUNDED : Math.min(size, UNBOUNDED);
}
