import { svg } from 'lit';
import type { RecallAtDistance } from '../../../lessons/fixed-state';
import { axisHandle, valueByKey } from '../axis-handle';
import { countWords } from '../sequences/tasks';
import { distanceAt, FARTHEST, GRID } from './recall-axis';

export interface RecallWords {
  /** The words that belong together, as they stand. */
  readonly names: readonly [string, string];
  readonly distance: number;
  readonly recall: RecallAtDistance | undefined;
  /** Where distances stand in the picture, how wide it is, and where its axis is. */
  readonly x: (distance: number) => number;
  readonly width: number;
  readonly bottom: number;
  readonly move: (distance: number) => void;
  readonly settle: () => void;
}

const FIRST = 20;
const SECOND = 66;
const LONGEST = 14;

const short = (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);
const widthOf = (name: string) => Math.max(44, 20 + 8.6 * short(name).length);

/** Two words, and what joins them: a direct link, and a chain through all words in between. */
export function recallWords(words: RecallWords) {
  const { names, distance, recall, x } = words;
  const [from, to] = [x(0), x(distance)];
  const firstEnd = from + widthOf(names[0]) - 20;
  // Beside the first word there is room for a bow; below it the way is straight.
  const link =
    to > firstEnd + 16
      ? `M${firstEnd} ${FIRST - 4}C${to} ${FIRST - 4} ${to} ${FIRST} ${to} ${SECOND - 15}`
      : `M${to} ${FIRST + 8}V${SECOND - 15}`;
  // What is hardly recalled is hardly seen, and never quite gone.
  const seen = (share: number | undefined) => Math.max(0.1, share ?? 1);
  return svg`
    <g aria-hidden="true">
      <path
        class="chain"
        d="M${from} ${FIRST + 8}V${SECOND}H${to}"
        stroke-opacity=${seen(recall?.state.right)}
      />
      <path
        class="link"
        d=${link}
        stroke-opacity=${seen(recall?.attention.right)}
      />
      <text class="word" x=${from - 6} y=${FIRST}>${short(names[0])}</text>
    </g>
    ${handle(words)}
  `;
}

/** The second word, to be dragged along the axis. */
function handle({ names, distance, x, width, bottom, move, settle }: RecallWords) {
  const [first, second] = names;
  const px = x(distance);
  const wide = widthOf(second);
  const left = Math.min(Math.max(0, px - wide / 2), width - wide) - px;
  return axisHandle({
    x: px,
    y: SECOND,
    label: `Where ${second} stands, after ${first}`,
    least: 0,
    most: FARTHEST,
    value: distance,
    valueText: `${countWords(distance)} in between`,
    drawing: svg`
      <path class="down" d="M0 15V${bottom - SECOND}" />
      <rect class="pill" x=${left} y="-15" width=${wide} height="30" rx="6" />
      <text class="word" x=${left + wide / 2} y="5" text-anchor="middle">${short(second)}</text>
    `,
    fromX: (at) => distanceAt((at - x(0)) / (x(FARTHEST) - x(0))),
    byKey: (key) => valueByKey(key, distance, 0, FARTHEST, GRID),
    move,
    settle,
  });
}
