import {
  type ErrorModel,
  accumulatedError,
  underflowUnit,
  unitRoundoff,
} from '../numeric/rounding';
import type { ElementType } from '../numeric/float16';
import type { Problem } from './problem';

/** Magnitudes of one row, from the reference, in float64. */
export interface RowMagnitudes {
  /** Number of visible keys. */
  readonly keys: number;
  /** Largest |scale| · ‖q‖ · ‖k‖ over visible keys: no partial sum of a score is larger. */
  readonly scoreSize: number;
  /** Largest |score| after modifiers. */
  readonly modifiedSize: number;
  /** Largest visible score minus the smallest, after modifiers. */
  readonly scoreSpread: number;
}

export interface BoundOptions {
  readonly type: ElementType;
  readonly headSize: number;
  /** Number of score modifiers, and the product of their slopes. */
  readonly modifiers: number;
  readonly slope: number;
  readonly model: ErrorModel;
}

/** What a problem's bounds depend on besides the magnitudes of a row. */
export const boundOptionsOf = (
  { type, shape, scoreModifiers }: Problem,
  model: ErrorModel = 'random',
): BoundOptions => ({
  type,
  headSize: shape.headSize,
  slope: scoreModifiers.reduce((slope, modifier) => slope * modifier.slope, 1),
  modifiers: scoreModifiers.length,
  model,
});

/** Errors that WGSL allows (section "Floating point accuracy"), in ulp; 1 ulp = 2u. */
const EXP2_ULPS = 3;
const EXP2_ULPS_PER_UNIT = 2;
const DIVISION_ULPS = 2.5;
/**
 * Roundings of a score modifier, at the size of the scores that it takes and gives. The soft cap has the
 * most: 5u of the score for a division, which the slope of tanh shrinks, 12.7u of the result for tanh
 * (shaders/modifiers/softcap.wgsl, at 0.625) and u for a product: together never above 8.3u of both sizes.
 * Biases round once or twice.
 */
const MODIFIER_ROUNDINGS = 9;

/**
 * Bound on the error of one row of the output of a float32 kernel, as a factor of Σⱼ wⱼ·|vⱼ|, where w are
 * the row's exact weights. Any order of summation, tiling or chunking stays within it.
 *
 * With ŝ = s + δ the computed score, ŵ = w·(1 + θ), and |θ| ≤ |δ| + (error of exp2). The output is a ratio
 * whose numerator and denominator share the θ of each key, so they count twice at most; the two sums, the
 * rescalings and the division add their own roundings.
 *
 * - score: a dot product of D terms, plus the rounding of the query, which is scaled where scores are modified,
 *   and of the scale: γ(D + 2)·size. Differences of scores are turned to units of log 2 after the maximum is
 *   subtracted: their three roundings are of the size of the difference;
 * - exp2: WGSL grants 3 + 2·|x| units in the last place; x reaches the spread of the scores, but keys more
 *   than 24 + log₂(keys) below the maximum weigh less than one rounding error together;
 * - sums: `keys` terms each, and each may be rescaled at every new maximum (another rounding and exp2, so
 *   the number of terms is doubled).
 */
export function outputErrorFactor(row: RowMagnitudes, options: BoundOptions): number {
  const unit = unitRoundoff.f32;
  const sums = accumulatedError(2 * row.keys, unit, options.model);
  return 2 * weightError(row, options) + 2 * sums + 2 * DIVISION_ULPS * unit;
}

/** Bound on the absolute error of a row's log-sum-exp. */
export function logSumExpError(row: RowMagnitudes, value: number, options: BoundOptions): number {
  const unit = unitRoundoff.f32;
  const sums = accumulatedError(2 * row.keys, unit, options.model);
  // log: 3 ulp, or 2^-21 absolute near 1; then a multiplication and an addition.
  const logarithm = 2 ** -21 + 6 * unit * Math.log(Math.max(row.keys, 2));
  return weightError(row, options) + sums + logarithm + 4 * unit * Math.abs(value);
}

/** The absolute error of storing a result: underflow, and the rounding of the storage type. */
export function storageError(value: number, type: ElementType): number {
  return unitRoundoff[type] * Math.abs(value) + underflowUnit[type] + 2 ** -126;
}

function weightError(row: RowMagnitudes, options: BoundOptions): number {
  const unit = unitRoundoff.f32;
  const score = accumulatedError(options.headSize + 2, unit, options.model) * row.scoreSize;
  const exponent = Math.min(row.scoreSpread * Math.LOG2E, 24 + Math.log2(Math.max(row.keys, 1)));
  const exponential = (EXP2_ULPS + EXP2_ULPS_PER_UNIT * exponent) * 2 * unit;
  // The difference is rounded, and so are the unit and their product.
  const difference = 3 * unit * exponent;
  const sizes = row.scoreSize + row.modifiedSize;
  const modification = MODIFIER_ROUNDINGS * unit * options.modifiers * sizes;
  return options.slope * score + exponential + difference + modification;
}
