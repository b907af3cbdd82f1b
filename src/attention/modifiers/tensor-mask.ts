import biasWgsl from '../../../shaders/modifiers/bias.wgsl?raw';
import biasMaskWgsl from '../../../shaders/modifiers/bias_mask.wgsl?raw';
import maskWgsl from '../../../shaders/modifiers/tensor_mask.wgsl?raw';
import { InputError } from '../input-error';
import type { Shape } from '../layout';
import type { MaskModifier, ModifierEntry, ScoreModifier } from './modifier';

/**
 * Where in a tensor of rank 1 to 4 the element of (batch, head, query, key) stands. Dimensions broadcast
 * from the right; extents of 1 repeat; keys past a last extent longer than 1 do not exist (to ONNX, nor do
 * keys past one of 1: onnx-masking.ts sees to that).
 */
class Broadcast {
  /** Steps for batch, head, query and key; 0 where the tensor repeats. */
  readonly strides: readonly number[];
  readonly keys: number;

  constructor(
    private readonly name: string,
    private readonly dims: readonly number[],
    length: number,
  ) {
    const count = dims.reduce((product, extent) => product * extent, 1);
    const whole = dims.every((extent) => Number.isInteger(extent) && extent > 0);
    if (!whole || dims.length < 1 || dims.length > 4 || count !== length) {
      const allowed = `1 to 4 extents above 0 for ${length} values`;
      throw new InputError(`${name} dims`, dims, allowed);
    }
    const strides = [0, 0, 0, 0];
    let step = 1;
    for (let i = dims.length - 1; i >= 0; i--) {
      if (dims[i] > 1) strides[4 - dims.length + i] = step;
      step *= dims[i];
    }
    this.strides = strides;
    this.keys = dims[dims.length - 1];
  }

  index(batch: number, head: number, query: number, key: number): number {
    const [b, h, q, k] = this.strides;
    return batch * b + head * h + query * q + key * k;
  }

  /** Whether the tensor has a value for a key; a single column applies to all keys. */
  covers(key: number): boolean {
    return this.keys === 1 || key < this.keys;
  }

  validate({ batch, heads, queryLength, keyLength }: Shape): void {
    const full = [batch, heads, queryLength, keyLength].slice(4 - this.dims.length);
    const fits = this.dims.every((extent, i) => {
      const isLast = i === this.dims.length - 1;
      return extent === 1 || extent === full[i] || (isLast && extent < full[i]);
    });
    if (!fits) throw new InputError(`${this.name} dims`, this.dims, `broadcastable to ${full}`);
  }

  /** The five integers that shaders/shared/modifiers.wgsl reads. */
  get integers(): readonly number[] {
    return [...this.strides, this.keys === 1 ? 2 ** 30 : this.keys];
  }
}

/** A boolean mask as a tensor: true (not 0) where a query sees a key. Broadcasts to (B, H, S, L). */
export function tensorMask(
  dims: readonly number[],
  values: ArrayLike<number | boolean>,
): MaskModifier {
  const broadcast = new Broadcast('mask', dims, values.length);
  const bytes = new Uint8Array(Math.ceil(values.length / 4) * 4);
  for (let i = 0; i < values.length; i++) bytes[i] = values[i] ? 1 : 0;
  return {
    kind: 'mask',
    name: 'tensor_mask',
    wgsl: maskWgsl,
    integers: broadcast.integers,
    data: new Uint32Array(bytes.buffer),
    visible: (batch, head, query, key) =>
      broadcast.covers(key) && bytes[broadcast.index(batch, head, query, key)] !== 0,
    sameForAllHeads: broadcast.strides[0] === 0 && broadcast.strides[1] === 0,
    validate: (shape) => broadcast.validate(shape),
  };
}

/** A bias as a tensor: what it adds to the scores, and the keys that it hides with −∞. */
export interface TensorBias {
  readonly score: ScoreModifier;
  readonly mask: MaskModifier;
}

/**
 * Values added to the scores, as float32, after any soft cap; −∞ hides a key, and so does being past the
 * last column. Broadcasts to (B, H, S, L): a bias for each key has dims [L].
 */
export function tensorBias(dims: readonly number[], numbers: ArrayLike<number>): TensorBias {
  const broadcast = new Broadcast('bias', dims, numbers.length);
  const values = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
  const common = {
    integers: broadcast.integers,
    data: values,
    validate: (shape: Shape) => broadcast.validate(shape),
  };
  return {
    score: {
      ...common,
      kind: 'score',
      name: 'bias',
      wgsl: biasWgsl,
      slope: 1,
      score: (score, ...at) => score + values[broadcast.index(...at)],
    },
    mask: {
      ...common,
      kind: 'mask',
      name: 'bias_mask',
      wgsl: biasMaskWgsl,
      visible: (batch, head, query, key) =>
        broadcast.covers(key) && values[broadcast.index(batch, head, query, key)] !== -Infinity,
    },
  };
}

const exampleValues = (size: number, value: (query: number, key: number) => number) =>
  Float32Array.from({ length: size * size }, (_, i) => value(Math.floor(i / size), i % size));

export const tensorMaskEntry = {
  label: 'Boolean mask, rank 1–4',
  call: 'tensorMask(dims, values)',
  description: 'A tensor that is true where a query sees a key.',
  examples: (size) => {
    const checks = exampleValues(size, (query, key) => ((query >> 2) + (key >> 2)) % 2);
    return [{ label: 'boolean tensor', mask: tensorMask([size, size], checks) }];
  },
} as const satisfies ModifierEntry;

export const tensorBiasEntry = {
  label: 'Additive mask, rank 1–4',
  call: 'bias: tensorBias(dims, values)',
  description: 'A tensor that is added to the scores; −∞ hides a key.',
  examples: (size) => {
    const ramp = exampleValues(size, (_query, key) => (key < 4 ? -Infinity : key / 6));
    const { mask, score } = tensorBias([size, size], ramp);
    return [{ label: 'bias tensor, −∞ hides', mask, scoreModifiers: [score] }];
  },
} as const satisfies ModifierEntry;
