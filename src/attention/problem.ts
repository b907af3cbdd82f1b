import type { ElementType } from '../numeric/float16';
import { InputError } from './input-error';
import { type Layouts, type OperandStrides, type Shape, operandStrides } from './layout';
import { and, isSameForAllHeads, isVisible, maskParts, visibleRange } from './modifiers/combine';
import type { Mask, ScoreModifier } from './modifiers/modifier';
import { softcap } from './modifiers/softcap';
import type { TensorBias } from './modifiers/tensor-mask';

export interface ProblemOptions {
  /** Multiplies every score; 1/√D by default. */
  readonly scale?: number;
  /** Which keys a query may see; all by default. */
  readonly mask?: Mask;
  /** Functions applied to the scaled scores, in order, before the mask. */
  readonly scoreModifiers?: readonly ScoreModifier[];
  /** Limits scores to ±softcap; a score modifier that runs first. */
  readonly softcap?: number;
  /** Values added to the scores after any soft cap; −∞ hides a key. See `tensorBias`. */
  readonly bias?: TensorBias;
  /** A learned logit per head that takes part in the softmax but carries no value. */
  readonly sinks?: readonly number[];
  /** Order of the tensors' dimensions; bhsd by default. */
  readonly layout?: Layouts;
  /** Storage type of operands and output; scores and sums are always float32. f32 by default. */
  readonly type?: ElementType;
}

/** A validated attention problem: everything but the values of the tensors. */
export interface Problem {
  readonly shape: Shape;
  readonly scale: number;
  readonly mask: Mask | undefined;
  readonly scoreModifiers: readonly ScoreModifier[];
  readonly sinks: Float32Array | undefined;
  readonly strides: OperandStrides;
  readonly type: ElementType;
}

/** Numbers reach the GPU as float32; larger ones would overflow when multiplied. */
const MAX_MAGNITUDE = 2 ** 126;
const SOFTCAPS = 'a finite number above 0, 2^-126 to 2^126';
const MAX_LENGTH = 2 ** 24;
const MAX_ROW_SIZE = 256;
const MAX_SEQUENCES = 2 ** 20;
const EXTENTS: readonly [keyof Shape, number][] = [
  ['batch', MAX_SEQUENCES],
  ['heads', MAX_SEQUENCES],
  ['kvHeads', MAX_SEQUENCES],
  ['queryLength', MAX_LENGTH],
  ['keyLength', MAX_LENGTH],
  ['headSize', MAX_ROW_SIZE],
  ['valueSize', MAX_ROW_SIZE],
];

/** @throws InputError naming the field, its value and what is allowed. */
export function createProblem(shape: Shape, options: ProblemOptions = {}): Problem {
  validateShape(shape);
  const { layout, type = 'f32', bias } = options;
  if (type !== 'f32' && type !== 'f16') throw new InputError('type', type, "'f32' or 'f16'");
  const scale = options.scale ?? 1 / Math.sqrt(shape.headSize);
  if (!(Number.isFinite(scale) && Math.abs(scale) <= MAX_MAGNITUDE)) {
    throw new InputError('scale', scale, 'a finite number, at most 2^126 in size');
  }
  const scoreModifiers = [...(options.scoreModifiers ?? [])];
  if (options.softcap !== undefined) {
    const isCap = options.softcap >= 1 / MAX_MAGNITUDE && options.softcap <= MAX_MAGNITUDE;
    if (!isCap) throw new InputError('softcap', options.softcap, SOFTCAPS);
    scoreModifiers.unshift(softcap(options.softcap));
  }
  if (bias) scoreModifiers.push(bias.score);
  const mask = bias && options.mask ? and(options.mask, bias.mask) : (bias?.mask ?? options.mask);
  for (const modifier of [...scoreModifiers, ...maskParts(mask)]) modifier.validate?.(shape);
  const sinks = options.sinks && Float32Array.from(options.sinks);
  if (sinks && (sinks.length !== shape.heads || !options.sinks.every(Number.isFinite))) {
    throw new InputError('sinks', options.sinks, `${shape.heads} finite numbers, one per head`);
  }
  const strides = operandStrides(shape, layout);
  return { shape, scale, mask, scoreModifiers, sinks, strides, type };
}

function validateShape(shape: Shape): void {
  for (const [field, largest] of EXTENTS) {
    const value = shape[field];
    if (!Number.isInteger(value) || value < 1 || value > largest) {
      throw new InputError(field, value, `a whole number from 1 to ${largest}`);
    }
  }
  if (shape.heads % shape.kvHeads !== 0) {
    throw new InputError('kvHeads', shape.kvHeads, `a divisor of heads, which is ${shape.heads}`);
  }
}

/** Number of visible (query, key) pairs over all heads and batch elements. */
export function visiblePairs(problem: Problem): number {
  const { shape, mask } = problem;
  const { batch, heads, queryLength, keyLength } = shape;
  if (!mask) return batch * heads * queryLength * keyLength;
  const alike = isSameForAllHeads(mask);
  const [batches, headsOfEach] = alike ? [1, 1] : [batch, heads];
  let pairs = 0;
  for (let b = 0; b < batches; b++) {
    for (let h = 0; h < headsOfEach; h++) {
      for (let i = 0; i < queryLength; i++) pairs += visibleKeys(problem, b, h, i);
    }
  }
  return alike ? pairs * batch * heads : pairs;
}

export function visibleKeys(problem: Problem, batch: number, head: number, query: number): number {
  const { mask, shape } = problem;
  const { first, end, exact } = visibleRange(mask, shape.keyLength, batch, head, query);
  if (exact) return end - first;
  let count = 0;
  for (let key = first; key < end; key++) {
    if (isVisible(mask, batch, head, query, key)) count++;
  }
  return count;
}

/** Floating-point operations of the two products: 2·(D + E) for each visible pair. */
export function floatingPointOperations(problem: Problem, pairs = visiblePairs(problem)): number {
  return 2 * (problem.shape.headSize + problem.shape.valueSize) * pairs;
}
