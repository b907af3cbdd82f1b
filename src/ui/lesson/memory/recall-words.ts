import { svg } from 'lit';
import type { RecallAtDistance } from '../../../lessons/fixed-state';
import { countWords } from '../sequences/tasks';
import { distanceAt, distanceByKey } from './recall-axis';

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
        d="M${firstEnd} ${FIRST - 4}C${Math.max(firstEnd, to)} ${FIRST - 4} ${to} ${FIRST} ${to} ${SECOND - 15}"
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
  const follow = (event: PointerEvent) => {
    const target = event.currentTarget as SVGGElement;
    if (!target.hasPointerCapture(event.pointerId)) return;
    const toPicture = target.ownerSVGElement!.getScreenCTM()!.inverse();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(toPicture);
    move(distanceAt((at.x - x(0)) / (x(512) - x(0))));
  };
  const press = (event: KeyboardEvent) => {
    const next = distanceByKey(distance, event.key);
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(next);
    settle();
  };
  return svg`
    <g
      class="drag-point second"
      role="slider"
      tabindex="0"
      aria-label="Where ${second} stands, after ${first}"
      aria-valuemin="0"
      aria-valuemax="512"
      aria-valuenow=${distance}
      aria-valuetext="${countWords(distance)} in between"
      transform="translate(${px} ${SECOND})"
      @pointerdown=${(event: PointerEvent) => {
        event.preventDefault();
        const target = event.currentTarget as SVGGElement;
        target.setPointerCapture(event.pointerId);
        target.focus();
      }}
      @pointermove=${follow}
      @pointerup=${settle}
      @pointercancel=${settle}
      @keydown=${press}
    >
      <path class="down" d="M0 15V${bottom - SECOND}" />
      <rect class="pill" x=${left} y="-15" width=${wide} height="30" rx="6" />
      <text class="word" x=${left + wide / 2} y="5" text-anchor="middle">${short(second)}</text>
    </g>
  `;
}
