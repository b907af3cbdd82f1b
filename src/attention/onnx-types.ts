import type { Tensor } from './tensor';

/** Attributes of the ONNX operator `Attention`, opsets 23 to 25, by their own names. */
export interface OnnxAttributes {
  readonly is_causal?: number;
  readonly scale?: number;
  /** Caps where it is above 0; 0 is none. */
  readonly softcap?: number;
  /** For 3-D inputs. With 4-D ones, which tell it themselves, it may be repeated but not contradicted. */
  readonly q_num_heads?: number;
  readonly kv_num_heads?: number;
  /** Keys before a query's own position; −1 for all. */
  readonly left_window_size?: number;
  readonly right_window_size?: number;
  /** 0 scaled scores, 1 after the soft cap, 2 after the bias, 3 probabilities. */
  readonly qk_matmul_output_mode?: number;
  /** Float32 (1), float16 (10) or bfloat16 (16): met by all, as softmax always runs in float32. */
  readonly softmax_precision?: number;
}

/** A mask on the host: boolean (not 0 = attend), or values to add, which become float32. */
export interface OnnxMask {
  readonly dims: readonly number[];
  readonly type: 'bool' | 'float';
  readonly values: ArrayLike<number | boolean>;
}

export interface OnnxInputs {
  /** (B, H, S, D), or (B, S, H · D); K and V have as many extents. */
  readonly Q: Tensor;
  readonly K: Tensor;
  readonly V: Tensor;
  readonly attn_mask?: OnnxMask;
  /** (B, G, P, D), and past_value (B, G, P, E). P may be 0. */
  readonly past_key?: Tensor;
  readonly past_value?: Tensor;
  /** How many keys exist, one number a batch element. */
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
