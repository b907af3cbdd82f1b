import { css, svg, nothing } from 'lit';
import { formatFixed } from '../../../../ui/format-number';
import { axisHandle, valueByKey } from '../../../../ui/interaction/axis-handle';
import { type RecallAtDistance, type Recall, SYMBOLS } from './fixed-state';
import { countWords } from '../../model/sentence';
import { distanceAt, MAX_DISTANCE, GRID_DISTANCES, distanceFraction } from './recall-run';

export const recallChartStyles = css`
  .recall {
    --state: var(--series-8);
  }

  .recall text {
    font-size: 13px;
  }

  .recall .word {
    font-size: 15px;
    font-weight: 550;
  }

  .axes .chance {
    stroke: var(--edge);
    stroke-dasharray: 2 4;
  }

  .state {
    color: var(--state);
  }

  .attention {
    color: var(--weight);
  }

  .curve polyline,
  .chain,
  .link {
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
  }

  .curve path {
    stroke: currentcolor;
    stroke-width: 1.5;
  }

  .curve rect,
  .curve circle,
  .reading rect,
  .reading circle {
    fill: currentcolor;
  }

  .recall .name,
  .recall .reading text {
    fill: currentcolor;
    font-weight: 600;
  }

  .reading text {
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 4;
  }

  .chain {
    color: var(--state);
    stroke-dasharray: 4 4;
  }

  .link {
    color: var(--weight);
  }

  .recall.state .curve.state polyline,
  .recall.state .chain,
  .recall.weight .curve.attention polyline,
  .recall.weight .link {
    stroke-width: 5;
  }
`;

interface WordPair {
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

const FIRST_Y = 20;
const SECOND_Y = 66;
const MAX_NAME_LENGTH = 14;

const shortName = (name: string) =>
  name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH - 1)}…` : name;
const widthOf = (name: string) => Math.max(44, 20 + 8.6 * shortName(name).length);

/** Two words, and what joins them: a direct link, and a chain through all words in between. */
function renderWordPair(words: WordPair) {
  const { names, distance, recall, x } = words;
  const [from, to] = [x(0), x(distance)];
  const firstEnd = from + widthOf(names[0]) - 20;
  // Beside the first word there is room for a bow; below it the way is straight.
  const link =
    to > firstEnd + 16
      ? `M${firstEnd} ${FIRST_Y - 4}C${to} ${FIRST_Y - 4} ${to} ${FIRST_Y} ${to} ${SECOND_Y - 15}`
      : `M${to} ${FIRST_Y + 8}V${SECOND_Y - 15}`;
  // What is hardly recalled is hardly seen, and never quite gone.
  const seen = (share: number | undefined) => Math.max(0.1, share ?? 1);
  return svg`
    <g aria-hidden="true">
      <path
        class="chain"
        d="M${from} ${FIRST_Y + 8}V${SECOND_Y}H${to}"
        stroke-opacity=${seen(recall?.state.right)}
      />
      <path
        class="link"
        d=${link}
        stroke-opacity=${seen(recall?.attention.right)}
      />
      <text class="word" x=${from - 6} y=${FIRST_Y}>${shortName(names[0])}</text>
    </g>
    ${renderHandle(words)}
  `;
}

/** The second word, to be dragged along the axis. */
function renderHandle({ names, distance, x, width, bottom, move, settle }: WordPair) {
  const [first, second] = names;
  const px = x(distance);
  const wide = widthOf(second);
  const left = Math.min(Math.max(0, px - wide / 2), width - wide) - px;
  return axisHandle({
    x: px,
    y: SECOND_Y,
    label: `Where ${second} stands, after ${first}`,
    min: 0,
    max: MAX_DISTANCE,
    value: distance,
    valueText: `${countWords(distance)} in between`,
    drawing: svg`
      <path class="down" d="M0 15V${bottom - SECOND_Y}" />
      <rect class="pill" x=${left} y="-15" width=${wide} height="30" rx="6" />
      <text class="word" x=${left + wide / 2} y="5" text-anchor="middle">${shortName(second)}</text>
    `,
    fromX: (at) => distanceAt((at - x(0)) / (x(MAX_DISTANCE) - x(0))),
    byKey: (key) => valueByKey(key, distance, 0, MAX_DISTANCE, GRID_DISTANCES),
    move,
    settle,
  });
}

interface RecallChart extends Pick<WordPair, 'names' | 'distance' | 'move' | 'settle'> {
  /** Of the picture, in pixels of the page. */
  readonly width: number;
  readonly curve: readonly RecallAtDistance[];
  /** What the prose points at: "state" or "weight". */
  readonly hovered: string;
}

const TOP = 112;
const PLOT = 200;
const LEFT = 50;
const RIGHT = 30;
const HEIGHT = TOP + PLOT + 46;
const MECHANISMS = ['state', 'attention'] as const;

type Mechanism = (typeof MECHANISMS)[number];
type AxisScale = (value: number) => number;

const y: AxisScale = (share) => TOP + PLOT * (1 - share);

/** Recall by distance, both ways, and above it the two words: the second can be dragged. */
export function renderRecallChart(chart: RecallChart) {
  const { width, curve, hovered, distance } = chart;
  const x: AxisScale = (far) => LEFT + (width - LEFT - RIGHT) * distanceFraction(far);
  const recall = curve.find((one) => one.distance === distance);
  return svg`
    <svg
      class="recall ${hovered}"
      viewBox="0 0 ${width} ${HEIGHT}"
      role="group"
      aria-labelledby="recall-told"
    >
      ${renderAxes(width, x)} ${renderWordPair({ ...chart, x, recall, bottom: y(0) })}
      ${MECHANISMS.map((way) => renderCurve(way, curve, x))}
      ${recall ? MECHANISMS.map((way) => renderReading(way, recall, x(distance), width)) : nothing}
    </svg>
  `;
}

const renderAxes = (width: number, x: AxisScale) => svg`
  <g class="axes" aria-hidden="true">
    ${[0, 0.5, 1].map(
      (share) => svg`
        <path class="line" d="M${LEFT} ${y(share)}H${width - RIGHT}" />
        <text class="soft-fill" x=${LEFT - 8} y=${y(share) + 5} text-anchor="end">${share * 100} %</text>
      `,
    )}
    ${GRID_DISTANCES.filter((_, i) => i % 2 === 0 || width > 560).map(
      (far) =>
        svg`<text class="soft-fill" x=${x(far)} y=${y(0) + 20} text-anchor="middle">${far}</text>`,
    )}
    <text class="soft-fill" x=${(LEFT + width - RIGHT) / 2} y=${y(0) + 40} text-anchor="middle">
      words in between
    </text>
    <path class="chance" d="M${LEFT} ${y(1 / SYMBOLS)}H${width - RIGHT}" />
    <text class="soft-fill" x=${LEFT + 4} y=${y(1 / SYMBOLS) - 6}>guessing, 1 in ${SYMBOLS}</text>
  </g>
`;

/** One way's curve, with a standard error up and down from each point. */
function renderCurve(way: Mechanism, curve: readonly RecallAtDistance[], x: AxisScale) {
  if (curve.length === 0) return nothing;
  const at = curve.map((one) => ({ px: x(one.distance), recall: one[way] }));
  return svg`
    <g class="curve ${way}" aria-hidden="true">
      <polyline
        points=${at.map(({ px, recall }) => `${px.toFixed(1)},${y(recall.right).toFixed(1)}`).join(' ')}
      />
      ${at.map(({ px, recall }) => [renderErrorBar(px, recall), renderMark(way, px, y(recall.right), 4)])}
    </g>
    ${renderName(way, at)}
  `;
}

/** Squares for the state, discs for the link. */
const renderMark = (way: Mechanism, px: number, py: number, size: number) =>
  way === 'state'
    ? svg`<rect x=${px - size} y=${py - size} width=${2 * size} height=${2 * size} />`
    : svg`<circle cx=${px} cy=${py} r=${size} />`;

const renderErrorBar = (px: number, { right, rightError }: Recall) => {
  const [low, high] = [Math.max(0, right - rightError), Math.min(1, right + rightError)];
  return svg`<path d="M${px} ${y(high)}V${y(low)}" />`;
};

/** Its name stands where the curve falls, or at its right end. */
function renderName(
  way: Mechanism,
  at: readonly { readonly px: number; readonly recall: Recall }[],
) {
  const text = way === 'state' ? 'fixed size' : 'direct link';
  const last = at[at.length - 1];
  const falls = at.find(({ recall }) => recall.right < 0.6);
  const isLeft = way === 'state' || !falls || last.recall.right >= 0.6;
  const { px, recall } = isLeft && falls && way === 'state' ? falls : last;
  const isEnd = px === last.px;
  return svg`<text
    class="name ${way}"
    aria-hidden="true"
    x=${isEnd ? px : px + 12}
    y=${y(recall.right) + (isEnd ? 24 : -4)}
    text-anchor=${isEnd ? 'end' : 'start'}
  >${text}</text>`;
}

/** The share at the distance that is asked about. */
function renderReading(way: Mechanism, recall: RecallAtDistance, px: number, width: number) {
  const { right } = recall[way];
  // Off its own curve: that of the state falls to the right, that of the link is level.
  const isLeft = way === 'state' ? px > 110 : px > width - 100;
  return svg`
    <g class="reading ${way}" aria-hidden="true">
      ${renderMark(way, px, y(right), 7)}
      <text
        x=${isLeft ? px - 14 : px + 14}
        y=${y(right) + (way === 'state' ? 20 : -10)}
        text-anchor=${isLeft ? 'end' : 'start'}
      >${formatFixed(right)}</text>
    </g>
  `;
}
