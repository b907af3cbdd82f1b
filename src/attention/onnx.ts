import { Cleanup } from '../webgpu/buffers';
import type { Gpu } from '../webgpu/device';
import { attention } from './attention';
import { concatenate } from './concatenate';
import { InputError } from './input-error';
import type { Layout } from './layout';
import { causal } from './modifiers/causal';
import { and } from './modifiers/combine';
import { keyLengths } from './modifiers/key-lengths';
import type { Mask } from './modifiers/modifier';
import type { Offset } from './modifiers/offset';
import { UNBOUNDED, slidingWindow } from './modifiers/sliding-window';
import { type TensorBias, tensorBias, tensorMask } from './modifiers/tensor-mask';
import { type ScoreStage, scoreMap } from './score-map';
import type { Tensor } from './tensor';

/** Attributes of the ONNX operator `Attention`, opsets 23 to 25, by their own names. */
export interface OnnxAttributes {
  readonly is_causal?: number;
  readonly scale?: number;
  readonly softcap?: number;
  readonly q_num_heads?: number;
  readonly kv_num_heads?: number;
  readonly left_window_size?: number;
  readonly right_window_size?: number;
  /** 0 scaled scores, 1 after the soft cap, 2 after the bias, 3 probabilities. */
  readonly qk_matmul_output_mode?: number;
  /** Taken, and met by all: softmax always runs in float32. Not float64 (11). */
  readonly softmax_precision?: number;
}

/** A mask on the host: boolean (not 0 = attend), or float32 values to add. */
export interface OnnxMask {
  readonly dims: readonly number[];
  readonly type: 'bool' | 'float';
  readonly values: ArrayLike<number>;
}

export interface OnnxInputs {
  readonly Q: Tensor;
  readonly K: Tensor;
  readonly V: Tensor;
  readonly attn_mask?: OnnxMask;
  readonly past_key?: Tensor;
  readonly past_value?: Tensor;
  readonly nonpad_kv_seqlen?: readonly number[];
}

export interface OnnxOutputs {
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

const STAGES: readonly ScoreStage[] = ['scaled', 'capped', 'masked', 'weights'];
const FLOAT64 = 11;

/**
 * The ONNX operator `Attention`. 3-D inputs are read by strides; caches and `present` outputs are 4-D. All
 * outputs are yours to destroy.
 * @throws InputError for inputs that do not go together; what `attention` throws.
 */
export async function onnxAttention(
  gpu: Gpu,
  inputs: OnnxInputs,
  attributes: OnnxAttributes = {},
  options: OnnxOptions = {},
): Promise<OnnxOutputs> {
  const { q_num_heads: heads, kv_num_heads: kvHeads } = attributes;
  if (attributes.softmax_precision === FLOAT64) {
    throw new InputError('softmax_precision', FLOAT64, '1, 10 or 16: WGSL has no float64');
  }
  if (Boolean(inputs.past_key) !== Boolean(inputs.past_value)) {
    throw new InputError(
      'past_value',
      inputs.past_value && 'given',
      'past_key and past_value together',
    );
  }
  const results = new Cleanup();
  try {
    const query = asFour('Q', inputs.Q, heads);
    const key = asFour('K', inputs.K, kvHeads);
    const value = asFour('V', inputs.V, kvHeads);
    const present_key = results.add(
      await concatenate(gpu, inputs.past_key ?? null, key.tensor, key.layout),
    );
    const present_value = results.add(
      await concatenate(gpu, inputs.past_value ?? null, value.tensor, value.layout),
    );
    const common = {
      query: query.tensor,
      key: present_key,
      value: present_value,
      scale: attributes.scale,
      softcap: attributes.softcap || undefined,
      ...onnxMasking(inputs, attributes, query.length),
      layout: { query: query.layout, output: query.layout },
      signal: options.signal,
    };
    const mode = attributes.qk_matmul_output_mode ?? 0;
    if (!STAGES[mode]) throw new InputError('qk_matmul_output_mode', mode, '0, 1, 2 or 3');
    const { output, logSumExp } = await attention(gpu, {
      ...common,
      kernel: options.kernel,
      logSumExp: options.wantScores && STAGES[mode] === 'weights',
    });
    results.add(output);
    let qk_matmul_output: Tensor | undefined;
    try {
      if (options.wantScores) {
        qk_matmul_output = results.add(
          await scoreMap(gpu, { ...common, stage: STAGES[mode], logSumExp }),
        );
      }
    } finally {
      logSumExp?.destroy();
    }
    return { Y: output, present_key, present_value, qk_matmul_output };
  } catch (error) {
    results.destroy();
    throw error;
  }
}

/** Sees a 3-D tensor (B, S, heads · size) as the 4-D tensor that it is by strides. */
function asFour(name: string, tensor: Tensor, heads: number | undefined) {
  const { shape } = tensor;
  if (shape.length === 4) return { tensor, layout: 'bhsd' as Layout, length: shape[2] };
  const [batch, length, hidden] = shape;
  if (shape.length !== 3 || !heads || hidden % heads !== 0) {
    const allowed = '4 extents, or 3 with a number of heads that divides the last';
    throw new InputError(`${name} shape`, `[${shape}] with ${heads ?? 'no'} heads`, allowed);
  }
  const four = { ...tensor, shape: [batch, length, heads, hidden / heads] };
  return { tensor: four, layout: 'bshd' as Layout, length };
}

/** What the operator's inputs and attributes say of who sees whom. */
export function onnxMasking(
  {
    attn_mask,
    past_key,
    nonpad_kv_seqlen: lengths,
  }: Pick<OnnxInputs, 'attn_mask' | 'nonpad_kv_seqlen'> & {
    readonly past_key?: Pick<Tensor, 'shape'>;
  },
  attributes: OnnxAttributes,
  queryLength: number,
): { mask?: Mask; bias?: TensorBias } {
  if (lengths && past_key) {
    throw new InputError('nonpad_kv_seqlen', lengths, 'nothing together with past_key');
  }
  const offset: Offset = lengths
    ? lengths.map((length) => length - queryLength)
    : (past_key?.shape[2] ?? 0);
  const masks: Mask[] = [];
  if (attributes.is_causal) masks.push(causal(offset));
  const left = windowSide('left_window_size', attributes.left_window_size);
  const right = windowSide('right_window_size', attributes.right_window_size);
  if (left !== UNBOUNDED || right !== UNBOUNDED) masks.push(slidingWindow(left, right, offset));
  if (lengths) masks.push(keyLengths(lengths));
  if (attn_mask?.type === 'bool') masks.push(tensorMask(attn_mask.dims, attn_mask.values));
  const bias =
    attn_mask?.type === 'float'
      ? tensorBias(attn_mask.dims, Float32Array.from(attn_mask.values))
      : undefined;
  return { mask: masks.length > 0 ? and(...masks) : undefined, bias };
}

/** A window's side; −1 means no bound. */
function windowSide(name: string, size = -1): number {
  if (!Number.isInteger(size) || size < -1)
    throw new InputError(name, size, 'a whole number from -1 on');
  return size === -1 ? UNBOUNDED : size;
}
