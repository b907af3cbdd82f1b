/** Unit roundoff: half the distance from 1 to the next number, the largest relative error of one rounding. */
export const unitRoundoff = { f32: 2 ** -24, f16: 2 ** -11 } as const;

/** Half the distance between subnormal numbers: the absolute error of a result that underflows. */
export const underflowUnit = { f32: 2 ** -150, f16: 2 ** -25 } as const;

/**
 * How rounding errors of a long sum add up.
 * - `worst-case`: every error has the same sign. γₙ = n·u / (1 − n·u): always true, and rarely near.
 * - `random`: errors are independent with mean zero, as they are for random inputs. Then n errors stay
 *   below λ·√n·u except with probability 2·exp(−λ²/2) (Higham and Mary, "A new approach to probabilistic
 *   rounding error analysis", SIAM J. Sci. Comput. 41, 2019).
 */
export type ErrorModel = 'worst-case' | 'random';

/** λ for the random model: one sum in 10¹³ would exceed the bound by chance. */
const CONFIDENCE = 8;

/** Relative error of a sum or dot product of `terms` numbers, for unit roundoff `unit`. */
export function accumulatedError(terms: number, unit: number, model: ErrorModel): number {
  const errors = model === 'random' ? Math.min(CONFIDENCE * Math.sqrt(terms), terms) : terms;
  return (errors * unit) / Math.max(1 - errors * unit, Number.EPSILON);
}
