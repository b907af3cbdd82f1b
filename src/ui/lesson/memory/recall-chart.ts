import { nothing, svg } from 'lit';
import { type Recall, type RecallAtDistance, SYMBOLS } from '../../../lessons/fixed-state';
import { digits } from '../digits';
import { axisPlace, GRID } from './recall-axis';
import { recallWords, type RecallWords } from './recall-words';

export interface RecallChart extends Pick<RecallWords, 'names' | 'distance' | 'move' | 'settle'> {
  /** Of the picture, in pixels of the page. */
  readonly width: number;
  readonly curve: readonly RecallAtDistance[];
  /** What the prose points at: "state" or "weight". */
  readonly pointed: string;
}

const TOP = 112;
const PLOT = 200;
const LEFT = 50;
const RIGHT = 30;
const HEIGHT = TOP + PLOT + 46;
const WAYS = ['state', 'attention'] as const;

type Way = (typeof WAYS)[number];
type Place = (value: number) => number;

const y: Place = (share) => TOP + PLOT * (1 - share);

/** Recall by distance, both ways, and above it the two words: the second can be dragged. */
export function recallChart(chart: RecallChart) {
  const { width, curve, pointed, distance } = chart;
  const x: Place = (far) => LEFT + (width - LEFT - RIGHT) * axisPlace(far);
  const recall = curve.find((one) => one.distance === distance);
  return svg`
    <svg
      class="recall ${pointed}"
      viewBox="0 0 ${width} ${HEIGHT}"
      role="group"
      aria-labelledby="recall-told"
    >
      ${axes(width, x)} ${recallWords({ ...chart, x, recall, bottom: y(0) })}
      ${WAYS.map((way) => line(way, curve, x))}
      ${recall ? WAYS.map((way) => reading(way, recall, x(distance), width)) : nothing}
    </svg>
  `;
}

const axes = (width: number, x: Place) => svg`
  <g class="axes" aria-hidden="true">
    ${[0, 0.5, 1].map(
      (share) => svg`
        <path d="M${LEFT} ${y(share)}H${width - RIGHT}" />
        <text x=${LEFT - 8} y=${y(share) + 5} text-anchor="end">${share * 100} %</text>
      `,
    )}
    ${GRID.filter((_, i) => i % 2 === 0 || width > 560).map(
      (far) => svg`<text x=${x(far)} y=${y(0) + 20} text-anchor="middle">${far}</text>`,
    )}
    <text x=${(LEFT + width - RIGHT) / 2} y=${y(0) + 40} text-anchor="middle">
      words in between
    </text>
    <path class="chance" d="M${LEFT} ${y(1 / SYMBOLS)}H${width - RIGHT}" />
    <text x=${LEFT + 4} y=${y(1 / SYMBOLS) - 6}>guessing, 1 in ${SYMBOLS}</text>
  </g>
`;

/** One way's curve, with a standard error up and down from each point. */
function line(way: Way, curve: readonly RecallAtDistance[], x: Place) {
  if (curve.length === 0) return nothing;
  const at = curve.map((one) => ({ px: x(one.distance), recall: one[way] }));
  return svg`
    <g class="line ${way}" aria-hidden="true">
      <polyline
        points=${at.map(({ px, recall }) => `${px.toFixed(1)},${y(recall.right).toFixed(1)}`).join(' ')}
      />
      ${at.map(({ px, recall }) => [errorBar(px, recall), mark(way, px, y(recall.right), 4)])}
    </g>
    ${name(way, at)}
  `;
}

/** Squares for the state, discs for the link. */
const mark = (way: Way, px: number, py: number, size: number) =>
  way === 'state'
    ? svg`<rect x=${px - size} y=${py - size} width=${2 * size} height=${2 * size} />`
    : svg`<circle cx=${px} cy=${py} r=${size} />`;

const errorBar = (px: number, { right, rightError }: Recall) => {
  const [low, high] = [Math.max(0, right - rightError), Math.min(1, right + rightError)];
  return svg`<path d="M${px} ${y(high)}V${y(low)}" />`;
};

/** Its name stands where the curve falls, or at its right end. */
function name(way: Way, at: readonly { readonly px: number; readonly recall: Recall }[]) {
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
function reading(way: Way, recall: RecallAtDistance, px: number, width: number) {
  const { right } = recall[way];
  // Off its own curve: that of the state falls to the right, that of the link is level.
  const isLeft = way === 'state' ? px > 110 : px > width - 100;
  return svg`
    <g class="reading ${way}" aria-hidden="true">
      ${mark(way, px, y(right), 7)}
      <text
        x=${isLeft ? px - 14 : px + 14}
        y=${y(right) + (way === 'state' ? 20 : -10)}
        text-anchor=${isLeft ? 'end' : 'start'}
      >${digits(right)}</text>
    </g>
  `;
}
