import { InputError } from '../../../attention/input-error';
import type { LessonState } from './state';

/** A question that a learner answers before the result is shown. */
export interface Question {
  readonly id: string;
  /** Of the deck's list of systems. */
  readonly row: number;
  readonly ask: (state: LessonState) => string;
  readonly answer: (state: LessonState) => Answer;
}

/** A number to guess within a tolerance, or one of some choices. */
export type Answer =
  | {
      readonly kind: 'number';
      readonly value: number;
      /** The least is 0. */
      readonly max: number;
      /** The tolerance: a difference, or a factor for quantities that span magnitudes. */
      readonly within: { readonly difference: number } | { readonly factor: number };
    }
  | { readonly kind: 'choice'; readonly value: string; readonly choices: readonly string[] };

/** A number from 0 to `max`; shares by default. */
export const numberAnswer = (
  value: number,
  within: { readonly difference: number } | { readonly factor: number },
  max = 1,
): Answer => ({ kind: 'number', value, max, within });

export const DIRECTIONS = ['less', 'the same', 'more'] as const;

/** Changes of less than a billionth are rounding. */
export function changeAnswer(before: number, after: number): Answer {
  const same = Math.abs(after - before) <= 1e-9 * Math.max(1, Math.abs(before));
  const value = DIRECTIONS[same ? 1 : after < before ? 0 : 2];
  return { kind: 'choice', value, choices: DIRECTIONS };
}

/** Whether a guess is right. @throws InputError for a guess that is not a possible answer. */
export function isRight(answer: Answer, guess: number | string): boolean {
  if (answer.kind === 'choice') {
    if (answer.choices.includes(String(guess))) return guess === answer.value;
    throw new InputError('guess', guess, answer.choices.join(', '));
  }
  const { value, max, within } = answer;
  if (typeof guess !== 'number' || !(guess >= 0 && guess <= max)) {
    throw new InputError('guess', guess, `a number from 0 to ${max}`);
  }
  return 'factor' in within
    ? guess >= value / within.factor && guess <= value * within.factor
    : Math.abs(guess - value) <= within.difference;
}
