import { nothing, svg } from 'lit';
import { formatDecimal } from '../../../../numeric/format';
import type { Matrix, Vector } from '../../model/matrix';
import type { LessonState } from '../../model/state';
import { type PointOverrides, placedWords, pointOf } from '../../model/word-points';
import { renderArrow } from '../../parts/plane/arrows';
import { type SentenceContext, firstPositions } from '../../parts/plane/context';
import { type PlaneFrame, fittingFrame, dragPoint } from '../../parts/plane/frame';
import type { LabelPosition } from '../../parts/plane/labels';
import {
  labelPositions,
  renderLabel,
  planeFrame,
  renderAxes,
  renderRegions,
  topicMark,
} from '../../parts/plane/word-plane';

interface ChainPicture {
  /** One a word; empty for a word that is left out. */
  readonly names: readonly string[];
  /** Where each arrow ends, as drawn now and at rest. */
  readonly now: Matrix;
  readonly atRest: Matrix;
  readonly hovered: number;
  readonly label: string;
}

/** Arrows head to tail from the origin, each with its word, as large as fits. */
export function renderChain({ names, now, atRest, hovered, label }: ChainPicture) {
  const frame = fittingFrame([[0, 0], ...atRest.slice(0, names.length)]);
  const end = atRest[atRest.length - 1];
  const arrows = names.flatMap((text, i) => {
    if (!text) return [];
    const from: Vector = atRest[i - 1] ?? [0, 0];
    return [
      { i, text, at: [(from[0] + atRest[i][0]) / 2, (from[1] + atRest[i][1]) / 2] as Vector },
    ];
  });
  const labelAt = labelPositions(frame, [{ text: label, at: end }, ...arrows], atRest);
  const shownEnd = now[now.length - 1];
  return svg`
    ${renderScale(frame)}
    ${arrows.map(({ i }) =>
      renderArrow(
        frame,
        now[i - 1] ?? [0, 0],
        now[i],
        i === hovered ? 'part value hovered' : 'part value',
        6,
      ),
    )}
    ${arrows.map(
      ({ i, text, at }, n) => svg`<g
        class="summand ${i === hovered ? 'hovered' : ''}"
        transform=${frame.translate(at)}
      >${renderLabel(text, labelAt[n + 1])}</g>`,
    )}
    <g class="moved" fill="var(--output)" font-weight="600" transform=${frame.translate(shownEnd)}>
      <circle stroke="var(--paper)" stroke-width="2" r="7" />${renderLabel(label, labelAt[0])}
    </g>
  `;
}

/** The largest of 1, 2 or 5 times a power of ten up to `limit`. */
export function roundUnit(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  const [unit] = [5, 2, 1].filter((times) => times * power <= limit * (1 + 1e-9));
  return unit * power;
}

/** The axes, where they cross the picture, and a bar of known length. */
function renderScale(frame: PlaneFrame) {
  const { left, right, bottom, top } = frame.range;
  const unit = roundUnit((right - left) / 3);
  const [x, y] = [frame.width - 8, frame.height - 10];
  return svg`
    <rect class="line" width=${frame.width} height=${frame.height} />
    <g stroke="var(--line)">
      ${left <= 0 && right >= 0 ? svg`<line y2=${frame.height} x1=${frame.x(0)} x2=${frame.x(0)} />` : nothing}
      ${bottom <= 0 && top >= 0 ? svg`<line x2=${frame.width} y1=${frame.y(0)} y2=${frame.y(0)} />` : nothing}
    </g>
    <text class="soft-fill" x="10" y="20">the sum, enlarged</text>
    <g class="measure">
      <path fill="none" stroke="var(--ink-soft)" d="M${x - unit * frame.unit} ${y - 4} v8 M${x} ${y - 4} v8 M${x - unit * frame.unit} ${y} H${x}" />
      <text class="soft-fill" x=${x - (unit * frame.unit) / 2} y=${y - 6} text-anchor="middle">${formatDecimal(unit)}</text>
    </g>
  `;
}

interface ContextPicture {
  readonly context: SentenceContext;
  readonly state: LessonState;
  readonly chain: Matrix;
  /** Position of the hovered word; −1 for none. */
  readonly hovered: number;
  readonly highlighted: string;
  readonly move: (word: string, at: [number, number]) => void;
  readonly settle: () => void;
}

export function renderContextPlane(picture: ContextPicture) {
  const { context, state, chain, hovered, highlighted } = picture;
  const { words, names, byQuery, subject } = context;
  const { pointOverrides, excluded } = state;
  const { arrows, point } = byQuery[subject];
  const end = chain[chain.length - 1];
  const positions = firstPositions(context);
  const label = `${names[subject]}, in this sentence`;
  const labels = labelPositions(
    planeFrame,
    [
      { text: label, at: point },
      ...positions.map((i) => ({ text: words[i].word, at: words[i].point })),
    ],
    chain,
  );
  return svg`
      <svg class="plane" data-highlighted=${highlighted} viewBox=${planeFrame.viewBox} role="group" aria-label="The sentence in the plane" aria-describedby="caption">
        ${renderAxes(planeFrame)}${renderRegions(planeFrame, pointOverrides)}
        ${renderLandmarks(
          words.map(({ word }) => word),
          pointOverrides,
        )}
        ${hovered < 0 ? nothing : renderArrow(planeFrame, [0, 0], words[hovered].point, 'unscaled')}
        ${renderArrow(planeFrame, words[subject].point, end, 'output dashed', 6)}
        ${arrows.map((_, i) =>
          excluded.includes(i)
            ? nothing
            : renderArrow(
                planeFrame,
                chain[i - 1] ?? [0, 0],
                chain[i],
                i === hovered ? 'part value hovered' : 'part value',
              ),
        )}
        ${positions.map((i, n) => renderWord(picture, i, labels[n + 1]))}
        <g class="moved" fill="var(--output)" font-weight="600" transform=${planeFrame.translate(end)}>
          <circle stroke="var(--paper)" stroke-width="2" r="7" />${renderLabel(label, labels[0])}
        </g>
      </svg>
    `;
}

function renderLandmarks(present: readonly string[], pointOverrides: PointOverrides) {
  return placedWords
    .filter(({ word, topic }) => topic !== 'none' && !present.includes(word))
    .map((word) => {
      const [x, y] = pointOf(word, pointOverrides);
      return svg`<g class="landmark ${word.topic}" opacity="0.45" transform=${planeFrame.translate([x, y])}>
          ${topicMark(word.topic, 3)}
        </g>`;
    });
}

function renderWord(
  { context: { words }, hovered, move, settle }: ContextPicture,
  i: number,
  label: LabelPosition,
) {
  const { word, topic, point } = words[i];
  const isHovered = hovered >= 0 && words[hovered].word === word;
  return svg`<g class="word value ${topic} ${isHovered ? 'hovered' : ''}">
      ${dragPoint({
        frame: planeFrame,
        at: point,
        label: `The word ${word}`,
        drawing: svg`${topicMark(topic)}${renderLabel(word, label)}`,
        move: (at) => move(word, at),
        settle,
      })}
    </g>`;
}
