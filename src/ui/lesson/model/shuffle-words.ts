import { digits } from '../digits';
import type { ModelResult } from './model-run';

/** What float32 may lose on the way through a layer; a change is a thousand times as large. */
export const ROUNDING = 1e-5;

/** 3 × 10⁻⁸, as text. */
export function scientific(value: number): string {
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(1).split('e');
  const raised = [...exponent].map((character) => SUPERSCRIPT[character]).join('');
  return `${mantissa}\u00a0×\u00a010${raised}`;
}

const SUPERSCRIPT: Readonly<Record<string, string>> = {
  '+': '',
  '-': '⁻',
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹'].map((raised, digit) => [String(digit), raised])),
};

/** What the shuffle has changed, and what not. */
export function shuffleInWords({ request, moved, decoded, order }: ModelResult): string {
  const { positions } = request;
  if (order.every((place, i) => place === i)) {
    return `The words are in their own order${positions ? '' : ', and are not told where they stand'}. Shuffle them to see what changes.`;
  }
  const largest = Math.max(...moved.map((one) => one.largest));
  if (largest <= ROUNDING) {
    const off = `at most ${scientific(largest)}`;
    return positions
      ? `With positions, shuffled: the encoder’s outputs differ by ${off}.`
      : `Without positions the encoder gives each word the same vector wherever it stands: numbers differ by ${off}, which is rounding, and the decoder’s by ${scientific(decoded)}. To it, this is the same sentence.`;
  }
  const most = moved.reduce((a, b) => (b.distance > a.distance ? b : a));
  const why = positions ? 'With positions, where a word stands counts' : 'The order counts';
  return `${why}: outputs differ by up to ${digits(largest)} in a value, most for ${most.word}, and what the decoder makes of them by up to ${digits(decoded)}.`;
}
