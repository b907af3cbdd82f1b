import { greatest } from 'd3-array';
import { svg } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import type { WordMove } from '../../model/seq2seq/shuffle';
import type { ModelResult } from './model-run';

/** Upper bound of float32 rounding through a layer; real changes are a thousand times larger. */
const ROUNDING_ERROR = 1e-5;

/** "3.0 × 10⁻⁸", for plain text. */
export function formatScientific(value: number): string {
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

export function describeShuffle({ request, moved, decoderDifference, order }: ModelResult): string {
  const { positions } = request;
  if (order.every((position, i) => position === i)) {
    return `The words are in their own order${positions ? '' : ', and are not told where they stand'}. Shuffle them to see what changes.`;
  }
  const largest = Math.max(...moved.map((one) => one.largest));
  if (largest <= ROUNDING_ERROR) {
    const off = `at most ${formatScientific(largest)}`;
    return positions
      ? `With positions, shuffled: the encoder’s outputs differ by ${off}.`
      : `Without positions the encoder gives each word the same vector wherever it stands: numbers differ by ${off}, which is rounding, and the decoder’s by ${formatScientific(decoderDifference)}. To it, this is the same sentence.`;
  }
  const farthest = greatest(moved, ({ distance }) => distance)!;
  const why = positions ? 'With positions, where a word stands counts' : 'The order counts';
  return `${why}: outputs differ by up to ${formatFixed(largest)} in a value, most for ${farthest.word}, and what the decoder makes of them by up to ${formatFixed(decoderDifference)}.`;
}

const ROW = 26;
const TOP = 24;
const LEFT = 96;
const RIGHT = 216;
const BAR = 300;
const WIDTH = 400;
/** Distance drawn at full length if all are smaller, so that rounding alone shows no bar. */
const MIN_SCALE = 0.01;

export function renderShuffle(moved: readonly WordMove[]) {
  const height = TOP + moved.length * ROW;
  const y = (position: number) => TOP + (position + 0.5) * ROW;
  const longest = Math.max(...moved.map(({ distance }) => distance), MIN_SCALE);
  return svg`
    <svg class="shuffle chart" font-size="14" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="shuffle-caption">
      <text class="soft-fill" font-size="12" x=${LEFT} y="12" text-anchor="end">own order</text>
      <text class="soft-fill" font-size="12" x=${RIGHT} y="12">as read</text>
      <text class="soft-fill" font-size="12" x=${BAR} y="12">output moved by</text>
      ${moved.map(
        ({ word, before, after, distance }) => svg`
          <text x=${LEFT} y=${y(before) + 5} text-anchor="end">${word}</text>
          <path fill="none" stroke="var(--edge)" stroke-width="1.5" d="M${LEFT + 8} ${y(before)}C${LEFT + 60} ${y(before)} ${RIGHT - 60} ${y(after)} ${RIGHT - 8} ${y(after)}" />
          <text x=${RIGHT} y=${y(after) + 5}>${word}</text>
          <rect fill="var(--output)" x=${BAR} y=${y(after) - 6} width=${(40 * distance) / longest} height="12" />
          <text class="number" font-size="13" x=${WIDTH} y=${y(after) + 5} text-anchor="end">${formatFixed(distance)}</text>
        `,
      )}
    </svg>
  `;
}
