import { css, svg, nothing } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { axisHandle, valueByKey } from '../../../../ui/interaction/axis-handle';
import { type RecallAtDistance, type Recall, SYMBOLS } from './fixed-state';
import { countWords } from '../../model/sentence';
import { distanceAt, MAX_DISTANCE, GRID_DISTANCES, distanceFraction } from './recall-run';

export const recallChartStyles = css`
  .recall {
    --state: var(--series-8);
  }

  .state,
  .chain {
    color: var(--state);
  }

  .attention,
  .link {
    color: var(--weight);
  }

  .curve polyline,
  .chain,
  .link {
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
  }

  .chain {
    stroke-dasharray: 4 4;
  }

  .recall :is(.name, .reading text) {
    fill: currentcolor;
    font-weight: 600;
  }

  .reading text {
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 4;
  }

  .recall.state :is(.curve.state polyline, .chain),
  .recall.weight :is(.curve.attention polyline, .link) {
    stroke-width: 5;
  }
`;

interface WordPair {
  readonly names: readonly [string, string];
  readonly distance: number;
  readonly recall: RecallAtDistance | undefined;
  /** From distances to the picture's x, its width, and the y of its axis. */
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

function renderWordPair(words: WordPair) {
  const { names, distance, recall, x } = words;
  const [from, to] = [x(0), x(distance)];
  const firstEnd = from + widthOf(names[0]) - 20;
  // A curve from beside the first word, or a straight line from below it if there is no room.
  const link =
    to > firstEnd + 16
      ? `M${firstEnd} ${FIRST_Y - 4}C${to} ${FIRST_Y - 4} ${to} ${FIRST_Y} ${to} ${SECOND_Y - 15}`
      : `M${to} ${FIRST_Y + 8}V${SECOND_Y - 15}`;
  // As opaque as the recall is likely, and never quite invisible.
  const opacity = (share: number | undefined) => Math.max(0.1, share ?? 1);
  return svg`
    <g aria-hidden="true">
      <path
        class="chain"
        d="M${from} ${FIRST_Y + 8}V${SECOND_Y}H${to}"
        stroke-opacity=${opacity(recall?.state.right)}
      />
      <path
        class="link"
        d=${link}
        stroke-opacity=${opacity(recall?.attention.right)}
      />
      <text font-size="15" font-weight="550" x=${from - 6} y=${FIRST_Y}>${shortName(names[0])}</text>
    </g>
    ${renderHandle(words)}
  `;
}

function renderHandle({ names, distance, x, width, bottom, move, settle }: WordPair) {
  const [first, second] = names;
  const px = x(distance);
  const pillWidth = widthOf(second);
  const left = Math.min(Math.max(0, px - pillWidth / 2), width - pillWidth) - px;
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
      <rect class="pill" x=${left} y="-15" width=${pillWidth} height="30" rx="6" />
      <text font-size="15" font-weight="550" x=${left + pillWidth / 2} y="5" text-anchor="middle">${shortName(second)}</text>
    `,
    fromX: (at) => distanceAt((at - x(0)) / (x(MAX_DISTANCE) - x(0))),
    byKey: (key) => valueByKey(key, distance, 0, MAX_DISTANCE, GRID_DISTANCES),
    move,
    settle,
  });
}

interface RecallChart extends Pick<WordPair, 'names' | 'distance' | 'move' | 'settle'> {
  /** In pixels. */
  readonly width: number;
  readonly curve: readonly RecallAtDistance[];
  /** The hovered term of the prose: "state" or "weight". */
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

export function renderRecallChart(chart: RecallChart) {
  const { width, curve, hovered, distance } = chart;
  const x: AxisScale = (distance) => LEFT + (width - LEFT - RIGHT) * distanceFraction(distance);
  const recall = curve.find((one) => one.distance === distance);
  return svg`
    <svg
      class="recall ${hovered}"
      font-size="13"
      viewBox="0 0 ${width} ${HEIGHT}"
      role="group"
      aria-labelledby="recall-caption"
    >
      ${renderAxes(width, x)} ${renderWordPair({ ...chart, x, recall, bottom: y(0) })}
      ${MECHANISMS.map((mechanism) => renderCurve(mechanism, curve, x))}
      ${recall ? MECHANISMS.map((mechanism) => renderReading(mechanism, recall, x(distance), width)) : nothing}
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
      (distance) =>
        svg`<text class="soft-fill" x=${x(distance)} y=${y(0) + 20} text-anchor="middle">${distance}</text>`,
    )}
    <text class="soft-fill" x=${(LEFT + width - RIGHT) / 2} y=${y(0) + 40} text-anchor="middle">
      words in between
    </text>
    <path stroke="var(--edge)" stroke-dasharray="2 4" d="M${LEFT} ${y(1 / SYMBOLS)}H${width - RIGHT}" />
    <text class="soft-fill" x=${LEFT + 4} y=${y(1 / SYMBOLS) - 6}>guessing, 1 in ${SYMBOLS}</text>
  </g>
`;

/** Recall of one mechanism, with a standard error above and below each point. */
function renderCurve(mechanism: Mechanism, curve: readonly RecallAtDistance[], x: AxisScale) {
  if (curve.length === 0) return nothing;
  const at = curve.map((one) => ({ px: x(one.distance), recall: one[mechanism] }));
  return svg`
    <g class="curve ${mechanism}" aria-hidden="true">
      <polyline
        points=${at.map(({ px, recall }) => `${px.toFixed(1)},${y(recall.right).toFixed(1)}`).join(' ')}
      />
      ${at.map(({ px, recall }) => [renderErrorBar(px, recall), renderMark(mechanism, px, y(recall.right), 4)])}
    </g>
    ${renderName(mechanism, at)}
  `;
}

const renderMark = (mechanism: Mechanism, px: number, py: number, size: number) =>
  mechanism === 'state'
    ? svg`<rect fill="currentcolor" x=${px - size} y=${py - size} width=${2 * size} height=${2 * size} />`
    : svg`<circle fill="currentcolor" cx=${px} cy=${py} r=${size} />`;

const renderErrorBar = (px: number, { right, rightError }: Recall) => {
  const [low, high] = [Math.max(0, right - rightError), Math.min(1, right + rightError)];
  return svg`<path stroke="currentcolor" stroke-width="1.5" d="M${px} ${y(high)}V${y(low)}" />`;
};

/** The curve's name, where it falls or at its right end. */
function renderName(
  mechanism: Mechanism,
  at: readonly { readonly px: number; readonly recall: Recall }[],
) {
  const text = mechanism === 'state' ? 'fixed size' : 'direct link';
  const last = at[at.length - 1];
  const falls = at.find(({ recall }) => recall.right < 0.6);
  const isLeft = mechanism === 'state' || !falls || last.recall.right >= 0.6;
  const { px, recall } = isLeft && falls && mechanism === 'state' ? falls : last;
  const isEnd = px === last.px;
  return svg`<text
    class="name ${mechanism}"
    aria-hidden="true"
    x=${isEnd ? px : px + 12}
    y=${y(recall.right) + (isEnd ? 24 : -4)}
    text-anchor=${isEnd ? 'end' : 'start'}
  >${text}</text>`;
}

function renderReading(mechanism: Mechanism, recall: RecallAtDistance, px: number, width: number) {
  const { right } = recall[mechanism];
  // Beside its own curve: the state's falls to the right, the link's is level.
  const isLeft = mechanism === 'state' ? px > 110 : px > width - 100;
  return svg`
    <g class="reading ${mechanism}" aria-hidden="true">
      ${renderMark(mechanism, px, y(right), 7)}
      <text
        x=${isLeft ? px - 14 : px + 14}
        y=${y(right) + (mechanism === 'state' ? 20 : -10)}
        text-anchor=${isLeft ? 'end' : 'start'}
      >${formatFixed(right)}</text>
    </g>
  `;
}
