import { scaleSymlog } from 'd3-scale';
import { svg, nothing } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { axisHandle } from '../../../../ui/interaction/axis-handle';
import { countWords } from '../../model/sentence';
import { type RecallAtDistance, SYMBOLS } from './fixed-state';
import { MAX_DISTANCE, GRID_DISTANCES } from './recall-run';

interface RecallChart {
  /** In pixels. */
  readonly width: number;
  /** The two words, in the order of the sentence. */
  readonly names: readonly [string, string];
  readonly distance: number;
  readonly curve: readonly RecallAtDistance[];
  /** The hovered term of the prose: "state" or "weight". */
  readonly hovered: string;
  readonly move: (distance: number) => void;
  readonly settle: () => void;
}

/** Each with the term of the prose that highlights it. */
const mechanisms = [
  { key: 'state', term: 'state', name: 'fixed size', color: 'var(--series-8)' },
  { key: 'attention', term: 'weight', name: 'direct link', color: 'var(--weight)' },
] as const;

type Mechanism = (typeof mechanisms)[number];

const FIRST_Y = 20;
const SECOND_Y = 66;
const TOP = 112;
const PLOT = 200;
const LEFT = 50;
const RIGHT = 30;
const HEIGHT = TOP + PLOT + 46;
const MAX_NAME_LENGTH = 14;

/** Distances to pixels of a picture of this width: logarithmic in 1 + distance, so that 0 has a position too. */
export const distanceScale = (width: number) =>
  scaleSymlog([0, MAX_DISTANCE], [LEFT, width - RIGHT]).clamp(true);

type DistanceScale = ReturnType<typeof distanceScale>;

const y = (share: number) => TOP + PLOT * (1 - share);

const shortName = (name: string) =>
  name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH - 1)}…` : name;
const widthOf = (name: string) => Math.max(44, 20 + 8.6 * shortName(name).length);

export function renderRecallChart(chart: RecallChart) {
  const { width, names, curve, hovered, distance, move, settle } = chart;
  const x = distanceScale(width);
  const recall = curve.find((one) => one.distance === distance);
  return svg`
    <svg
      class="recall"
      font-size="13"
      viewBox="0 0 ${width} ${HEIGHT}"
      role="group"
      aria-labelledby="recall-caption"
    >
      <g aria-hidden="true">
        ${renderAxes(width, x)}
        ${mechanisms.map((mechanism) => renderLink(mechanism, chart, x, recall))}
        <text font-size="15" font-weight="550" x=${x(0) - 6} y=${FIRST_Y}>${shortName(names[0])}</text>
      </g>
      <g font-weight="550">
        ${axisHandle({
          scale: x,
          value: distance,
          stops: GRID_DISTANCES,
          label: `Where ${names[1]} stands, after ${names[0]}`,
          valueText: `${countWords(distance)} in between`,
          text: shortName(names[1]),
          pillWidth: widthOf(names[1]),
          y: SECOND_Y,
          bottom: y(0),
          width,
          move,
          settle,
        })}
      </g>
      <g aria-hidden="true">
        ${curve.length > 0 ? mechanisms.map((mechanism) => renderCurve(mechanism, curve, x, hovered)) : nothing}
        ${recall ? mechanisms.map((mechanism) => renderReading(mechanism, recall, x(distance), width)) : nothing}
      </g>
    </svg>
  `;
}

const renderAxes = (width: number, x: DistanceScale) => svg`
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
`;

/** From the first word to the second, as opaque as recall is likely: a chain through the state, or a direct link. */
function renderLink(
  { key, term, color }: Mechanism,
  { names, distance, hovered }: RecallChart,
  x: DistanceScale,
  recall: RecallAtDistance | undefined,
) {
  const [from, to] = [x(0), x(distance)];
  const firstEnd = from + widthOf(names[0]) - 20;
  const chain = `M${from} ${FIRST_Y + 8}V${SECOND_Y}H${to}`;
  // A curve from beside the first word, or a straight line from below it if there is no room.
  const link =
    to > firstEnd + 16
      ? `M${firstEnd} ${FIRST_Y - 4}C${to} ${FIRST_Y - 4} ${to} ${FIRST_Y} ${to} ${SECOND_Y - 15}`
      : `M${to} ${FIRST_Y + 8}V${SECOND_Y - 15}`;
  return svg`<path
    fill="none"
    stroke=${color}
    stroke-width=${hovered === term ? 5 : 2}
    stroke-dasharray=${key === 'state' ? '4 4' : nothing}
    stroke-opacity=${Math.max(0.1, recall?.[key].right ?? 1)}
    d=${key === 'state' ? chain : link}
  />`;
}

/** Recall of one mechanism, with a standard error above and below each point. */
function renderCurve(
  mechanism: Mechanism,
  curve: readonly RecallAtDistance[],
  x: DistanceScale,
  hovered: string,
) {
  const { key, term, name, color } = mechanism;
  const at = curve.map((one) => ({ px: x(one.distance), ...one[key] }));
  const last = at[at.length - 1];
  // The name is where the state's curve falls, or at the right end.
  const named = (key === 'state' && at.find(({ right }) => right < 0.6)) || last;
  const isEnd = named.px === last.px;
  return svg`
    <g fill=${color}>
      <polyline
        fill="none"
        stroke=${color}
        stroke-width=${hovered === term ? 5 : 2}
        points=${at.map(({ px, right }) => `${px.toFixed(1)},${y(right).toFixed(1)}`).join(' ')}
      />
      ${at.map(({ px, right, rightError }) => {
        const [low, high] = [Math.max(0, right - rightError), Math.min(1, right + rightError)];
        return svg`
          <path stroke=${color} stroke-width="1.5" d="M${px} ${y(high)}V${y(low)}" />
          ${renderMark(mechanism, px, y(right), 4)}`;
      })}
      <text
        font-weight="600"
        x=${isEnd ? named.px : named.px + 12}
        y=${y(named.right) + (isEnd ? 24 : -4)}
        text-anchor=${isEnd ? 'end' : 'start'}
      >${name}</text>
    </g>
  `;
}

const renderMark = ({ key }: Mechanism, px: number, py: number, size: number) =>
  key === 'state'
    ? svg`<rect x=${px - size} y=${py - size} width=${2 * size} height=${2 * size} />`
    : svg`<circle cx=${px} cy=${py} r=${size} />`;

function renderReading(mechanism: Mechanism, recall: RecallAtDistance, px: number, width: number) {
  const { key, color } = mechanism;
  const { right } = recall[key];
  // Beside its own curve: the state's falls to the right, the link's is level.
  const isLeft = key === 'state' ? px > 110 : px > width - 100;
  return svg`
    <g fill=${color}>
      ${renderMark(mechanism, px, y(right), 7)}
      <text
        class="halo"
        font-weight="600"
        x=${isLeft ? px - 14 : px + 14}
        y=${y(right) + (key === 'state' ? 20 : -10)}
        text-anchor=${isLeft ? 'end' : 'start'}
      >${formatFixed(right)}</text>
    </g>
  `;
}
