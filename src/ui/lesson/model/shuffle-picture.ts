import { html, svg } from 'lit';
import type { Moved } from '../../../lessons/seq2seq/shuffle';
import { digits } from '../digits';

const ROW = 26;
const TOP = 24;
const LEFT = 96;
const RIGHT = 216;
const BAR = 300;
const WIDTH = 400;
/** Of the longest bar: rounding alone is none. */
const LEAST = 0.01;

/** Words in their own order, lines to where they stand now, and how far each one's output has moved. */
export function shufflePicture(moved: readonly Moved[], shuffled: readonly string[]) {
  const height = TOP + moved.length * ROW;
  const y = (place: number) => TOP + (place + 0.5) * ROW;
  const longest = Math.max(...moved.map(({ distance }) => distance), LEAST);
  return html`
    <svg
      class="shuffle"
      viewBox="0 0 ${WIDTH} ${height}"
      role="img"
      aria-labelledby="shuffle-caption"
    >
      ${svg`
        <text class="head" x=${LEFT} y="12" text-anchor="end">own order</text>
        <text class="head" x=${RIGHT} y="12">as read</text>
        <text class="head" x=${BAR} y="12">output moved by</text>
        ${moved.map(
          ({ word, before, after }) => svg`
            <text x=${LEFT} y=${y(before) + 5} text-anchor="end">${word}</text>
            <path d="M${LEFT + 8} ${y(before)}C${LEFT + 60} ${y(before)} ${RIGHT - 60} ${y(after)} ${RIGHT - 8} ${y(after)}" />
          `,
        )}
        ${shuffled.map((word, place) => svg`<text x=${RIGHT} y=${y(place) + 5}>${word}</text>`)}
        ${moved.map(
          ({ after, distance }) => svg`
            <rect x=${BAR} y=${y(after) - 6} width=${(40 * distance) / longest} height="12" />
            <text class="number" x=${WIDTH} y=${y(after) + 5} text-anchor="end">${digits(distance)}</text>
          `,
        )}
      `}
    </svg>
  `;
}
