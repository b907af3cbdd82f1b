import { nothing, svg } from 'lit';
import { formatDecimal } from '../../../../ui/format-number';
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
  /** One a word, or empty for one that is left out. */
  readonly names: readonly string[];
  /** Where each arrow ends, as drawn now and once all is still. */
  readonly now: Matrix;
  readonly still: Matrix;
  readonly hovered: number;
  readonly label: string;
}

/** Arrows head to tail from the origin, each with its word, as large as they fit. */
export function renderChain({ names, now, still, hovered, label }: ChainPicture) {
  const frame = fittingFrame([[0, 0], ...still.slice(0, names.length)]);
  const end = still[still.length - 1];
  const arrows = names.flatMap((text, i) => {
    if (!text) return [];
    const from: Vector = still[i - 1] ?? [0, 0];
    return [{ i, text, at: [(from[0] + still[i][0]) / 2, (from[1] + still[i][1]) / 2] as Vector }];
  });
  const places = labelPositions(frame, [{ text: label, at: end }, ...arrows], still);
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
        transform="translate(${frame.x(at[0])} ${frame.y(at[1])})"
      >${renderLabel(text, places[n + 1])}</g>`,
    )}
    <g class="moved" transform="translate(${frame.x(shownEnd[0])} ${frame.y(shownEnd[1])})">
      <circle r="7" />${renderLabel(label, places[0])}
    </g>
  `;
}

/** The largest of 1, 2 or 5 times a power of ten that is not above `most`. */
export function roundUnit(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  const [unit] = [5, 2, 1].filter((times) => times * power <= limit * (1 + 1e-9));
  return unit * power;
}

/** Axes where they pass, and a measure of how far the picture is enlarged. */
function renderScale(frame: PlaneFrame) {
  const { left, right, bottom, top } = frame.range;
  const unit = roundUnit((right - left) / 3);
  const [x, y] = [frame.width - 8, frame.height - 10];
  return svg`
    <rect class="line" width=${frame.width} height=${frame.height} />
    <g class="axes">
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
  /** Where the arrows end now; the last is where they lead. */
  readonly chain: Matrix;
  /** The word that is pointed at; −1 for none. */
  readonly hovered: number;
  /** What the prose points at. */
  readonly highlighted: string;
  readonly move: (word: string, at: [number, number]) => void;
  readonly settle: () => void;
}

/** The sentence in the plane: its words to drag, the arrows of the sum, and where they lead. */
export function renderContextPlane(picture: ContextPicture) {
  const { context, state, chain, hovered: place, highlighted } = picture;
  const { words, names, byQuery: all, subject: mover } = context;
  const { pointOverrides: moved, excluded: without } = state;
  const { arrows, point } = all[mover];
  const shown = chain[chain.length - 1];
  const places = firstPositions(context);
  const label = `${names[mover]}, in this sentence`;
  const labels = labelPositions(
    planeFrame,
    [
      { text: label, at: point },
      ...places.map((i) => ({ text: words[i].word, at: words[i].point })),
    ],
    chain,
  );
  return svg`
      <svg class="plane" data-highlighted=${highlighted} viewBox=${planeFrame.viewBox} role="group" aria-label="The sentence in the plane" aria-describedby="caption">
        ${renderAxes(planeFrame)}${renderRegions(planeFrame, moved)}
        ${renderLandmarks(
          words.map(({ word }) => word),
          moved,
        )}
        ${place < 0 ? nothing : renderArrow(planeFrame, [0, 0], words[place].point, 'whole')}
        ${renderArrow(planeFrame, words[mover].point, shown, 'output dashed', 6)}
        ${arrows.map((_, i) =>
          without.includes(i)
            ? nothing
            : renderArrow(
                planeFrame,
                chain[i - 1] ?? [0, 0],
                chain[i],
                i === place ? 'part value hovered' : 'part value',
              ),
        )}
        ${places.map((i, n) => renderWord(picture, i, labels[n + 1]))}
        <g class="moved" transform="translate(${planeFrame.x(shown[0])} ${planeFrame.y(shown[1])})">
          <circle r="7" />${renderLabel(label, labels[0])}
        </g>
      </svg>
    `;
}

/** Words of the plane that are not in the sentence: marks alone. */
function renderLandmarks(present: readonly string[], moved: PointOverrides) {
  return placedWords
    .filter(({ word, topic }) => topic !== 'none' && !present.includes(word))
    .map((word) => {
      const [x, y] = pointOf(word, moved);
      return svg`<g class="landmark far ${word.topic}" transform="translate(${planeFrame.x(x)} ${planeFrame.y(y)})">
          ${topicMark(word.topic, 3)}
        </g>`;
    });
}

function renderWord(
  { context: { words }, hovered: place, move, settle }: ContextPicture,
  i: number,
  label: LabelPosition,
) {
  const { word, topic, point } = words[i];
  const isPointed = place >= 0 && words[place].word === word;
  return svg`<g class="word value ${topic} ${isPointed ? 'hovered' : ''}">
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
