import { causal } from './causal';
import { and, or } from './combine';
import { keyLengths } from './key-lengths';
import type { Mask } from './modifier';
import type { Offset } from './offset';
import { slidingWindow } from './sliding-window';

/** Masks that are others joined. */

/** Prefix language model: the prefix sees itself whole, what follows is causal (Raffel et al., "T5", 2020). */
export const prefixLm = (prefix: number | readonly number[], offset: Offset = 0): Mask =>
  or(keyLengths(prefix), causal(offset));

/**
 * A causal window that keeps the first `sinks` keys in sight, as streaming models do (Xiao et al.,
 * "Efficient streaming language models with attention sinks", 2023).
 */
export const windowWithSinks = (left: number, sinks: number, offset: Offset = 0): Mask =>
  and(causal(offset), or(keyLengths(sinks), slidingWindow(left, 0, offset)));
