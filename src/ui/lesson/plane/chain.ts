import { nothing, svg } from 'lit';
import type { Matrix, Vector } from '../../../lessons/matrix';
import { plainDigits } from '../digits';
import type { PlaneFrame } from '../plane-frame';
import { renderArrow } from './arrows';
import { fittingFrame } from './fitting-frame';
import { labelPlaces, renderLabel } from './word-plane';

export interface ChainPicture {
  /** One a word, or empty for one that is left out. */
  readonly names: readonly string[];
  /** Where each arrow ends, as drawn now and once all is still. */
  readonly now: Matrix;
  readonly still: Matrix;
  readonly pointed: number;
  readonly label: string;
}

/** Arrows head to tail from the origin, each with its word, as large as they fit. */
export function renderChain({ names, now, still, pointed, label }: ChainPicture) {
  const frame = fittingFrame([[0, 0], ...still.slice(0, names.length)]);
  const end = still[still.length - 1];
  const arrows = names.flatMap((text, i) => {
    if (!text) return [];
    const from: Vector = still[i - 1] ?? [0, 0];
    return [{ i, text, at: [(from[0] + still[i][0]) / 2, (from[1] + still[i][1]) / 2] as Vector }];
  });
  const places = labelPlaces(frame, [{ text: label, at: end }, ...arrows], still);
  const shownEnd = now[now.length - 1];
  return svg`
    ${renderScale(frame)}
    ${arrows.map(({ i }) =>
      renderArrow(frame, now[i - 1] ?? [0, 0], now[i], i === pointed ? 'part pointed' : 'part', 6),
    )}
    ${arrows.map(
      ({ i, text, at }, n) => svg`<g
        class="summand ${i === pointed ? 'pointed' : ''}"
        transform="translate(${frame.x(at[0])} ${frame.y(at[1])})"
      >${renderLabel(text, places[n + 1])}</g>`,
    )}
    <g class="moved" transform="translate(${frame.x(shownEnd[0])} ${frame.y(shownEnd[1])})">
      <circle r="7" />${renderLabel(label, places[0])}
    </g>
  `;
}

/** The largest of 1, 2 or 5 times a power of ten that is not above `most`. */
export function roundUnit(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const [unit] = [5, 2, 1].filter((times) => times * power <= most * (1 + 1e-9));
  return unit * power;
}

/** Axes where they pass, and a measure of how far the picture is enlarged. */
function renderScale(frame: PlaneFrame) {
  const { left, right, bottom, top } = frame.range;
  const unit = roundUnit((right - left) / 3);
  const [x, y] = [frame.width - 8, frame.height - 10];
  return svg`
    <rect class="paper" width=${frame.width} height=${frame.height} />
    <g class="axes">
      ${left <= 0 && right >= 0 ? svg`<line y2=${frame.height} x1=${frame.x(0)} x2=${frame.x(0)} />` : nothing}
      ${bottom <= 0 && top >= 0 ? svg`<line x2=${frame.width} y1=${frame.y(0)} y2=${frame.y(0)} />` : nothing}
    </g>
    <text class="title" x="10" y="20">the sum, enlarged</text>
    <g class="measure">
      <path d="M${x - unit * frame.unit} ${y - 4} v8 M${x} ${y - 4} v8 M${x - unit * frame.unit} ${y} H${x}" />
      <text x=${x - (unit * frame.unit) / 2} y=${y - 6} text-anchor="middle">${plainDigits(unit)}</text>
    </g>
  `;
}
