import { InputError } from '../../../attention/input-error';
import type { Vector } from './matrix';

/**
 * A similarity of 0 still counts: e⁰ = 1. Every further word takes its share of the weight, however unrelated to the
 * query, so the words that matter hold less and less.
 */
export interface DilutionOptions {
  /** Scores of the words whose weight is wanted. */
  readonly kept: Vector;
  /** Scores of other words that are not 0. */
  readonly others?: Vector;
  readonly temperature?: number;
}

/** The weight of Prisoner (1) and Cell (.75) is wanted; The (.2) is the only other word that scores. */
export const deckDilution: DilutionOptions = { kept: [1, 0.75], others: [0.2] };

/** A million keys of four values are 16 MiB as float32, and more words than dilution needs to show. */
export const MAX_DILUTION_WORDS = 2 ** 20;

/** Σ e^kept / (Σ e^kept + Σ e^others + the words that score 0): a formula for any n. */
export function dilutedShare(words: number, options: DilutionOptions = deckDilution): number {
  const { kept, others = [], temperature = 1 } = options;
  const zeros = zeroScores(words, options);
  const power = (scores: Vector) =>
    scores.reduce((sum, score) => sum + Math.exp(score / temperature), 0);
  return power(kept) / (power(kept) + power(others) + zeros);
}

/** The scores: `kept`, `others`, and zeros up to `words`. */
export function dilutionScores(words: number, options: DilutionOptions = deckDilution): number[] {
  const zeros = zeroScores(words, options);
  return [...options.kept, ...(options.others ?? []), ...Array.from({ length: zeros }, () => 0)];
}

/**
 * By how much the kept scores would all have to grow to hold `share` of the weight among `words` words. It grows as
 * ln n, which is why models learn larger products for longer texts.
 */
export function scoreLeadNeeded(
  words: number,
  share: number,
  options: DilutionOptions = deckDilution,
) {
  if (!(share > 0 && share < 1)) throw new InputError('share', share, 'a number between 0 and 1');
  const now = dilutedShare(words, options);
  const { temperature = 1 } = options;
  return temperature * (Math.log(share / (1 - share)) - Math.log(now / (1 - now)));
}

function zeroScores(words: number, { kept, others = [] }: DilutionOptions): number {
  const min = kept.length + others.length;
  if (!Number.isInteger(words) || words < min || words > MAX_DILUTION_WORDS) {
    throw new InputError('words', words, `a whole number from ${min} to ${MAX_DILUTION_WORDS}`);
  }
  return words - min;
}
