import { css, nothing, svg } from 'lit';
import { distance, type Matrix, type Vector } from '../../model/matrix';
import type { LessonState } from '../../model/state';
import { renderArrow } from '../../parts/plane/arrows';
import { type SentenceContext, firstPositions } from '../../parts/plane/context';
import { type PlaneFrame, fittingFrame, planeLine } from '../../parts/plane/frame';
import {
  labelPositions,
  renderAxes,
  renderLabel,
  renderRegions,
  topicMark,
} from '../../parts/plane/word-plane';

export const othersStyles = css`
  /* The table is the wider one. */
  @media (min-width: 75rem) {
    .beside {
      grid-template-columns: 3fr 4fr;
    }
  }

  .plane.near {
    overflow: hidden;
    border: 1px solid var(--line);
  }

  .controls {
    gap: var(--space-1);
  }

  :is(.controls, .sentence) button[aria-pressed='true'] {
    box-shadow: inset 0 -2px var(--accent);
    background: var(--surface);
  }

  .sentence button[aria-pressed='true'] {
    box-shadow: inset 0 2px var(--query);
  }

  .arrow.output line {
    stroke-width: 1.5;
  }

  .plane .link {
    stroke: var(--weight);
    stroke-linecap: round;
    opacity: 0.3;
  }

  .plane .link.hovered {
    opacity: 0.85;
  }

  .plane .ghost circle {
    fill: var(--topic);
    opacity: 0.5;
  }

  .plane .word.query text {
    fill: var(--query);
    font-weight: 600;
  }

  .plane[data-highlighted='query'] .ring {
    stroke-width: 5;
  }

  .plane[data-highlighted='weight'] .link {
    opacity: 0.75;
  }

  .plane[data-highlighted='output'] .arrow.output line {
    stroke-width: 3;
  }
`;

interface OthersPicture {
  readonly context: SentenceContext;
  readonly state: LessonState;
  /** Where the words are at rest, and where they are now. */
  readonly target: Matrix;
  readonly now: Matrix;
  readonly hovered: number;
  readonly highlighted: string;
}

export function renderOthersPlane(picture: OthersPicture) {
  const {
    context: { words, byQuery },
    state: { pointOverrides, queryPosition },
    target,
    now,
    highlighted,
  } = picture;
  const positions = firstPositions(picture.context);
  const before: Matrix = words.map(({ point }) => point);
  const frame = fittingFrame([...before, ...byQuery.map(({ point }) => point)]);
  const isAfter = target.some((point, i) => point !== before[i]);
  const labels = labelPositions(
    frame,
    positions.map((i) => ({ text: words[i].word, at: target[i] })),
    isAfter ? before : [],
  );
  return svg`
      <svg class="plane near" data-highlighted=${highlighted} viewBox=${frame.viewBox} role="img" aria-label="The words of the sentence in the plane, ${isAfter ? 'after' : 'before'} attention" aria-describedby="caption">
        ${renderAxes(frame)}${renderRegions(frame, pointOverrides)}
        ${renderLinks(frame, picture)}
        ${positions.map((i) => renderMove(frame, before[i], now[i], words[i].topic))}
        ${positions.map((i, n) => {
          const isQuery = words[i].word === words[queryPosition].word;
          const [x, y] = now[i];
          return svg`<g class="word ${words[i].topic} ${isQuery ? 'query' : ''}" transform=${frame.translate([x, y])}>
            ${isQuery ? svg`<circle class="ring role-line" r="9" />` : nothing}
            ${topicMark(words[i].topic, 4.5)}${renderLabel(words[i].word, labels[n])}
          </g>`;
        })}
      </svg>
    `;
}

/** Lines from the querying word to the words it attends to, as thick as the weights. */
function renderLinks(
  frame: PlaneFrame,
  { context: { words, byQuery }, state: { queryPosition }, hovered }: OthersPicture,
) {
  return words.map(({ point }, i) => {
    const weight = byQuery[queryPosition].weights[i];
    if (weight < 0.001) return nothing;
    return svg`<g stroke-width=${(weight * 16).toFixed(2)}>${planeLine(
      frame,
      words[queryPosition].point,
      point,
      `link ${i === hovered ? 'hovered' : ''}`,
    )}</g>`;
  });
}

function renderMove(frame: PlaneFrame, from: Vector, to: Vector, topic: string) {
  if (distance(from, to) < 0.02) return nothing;
  return svg`
      <g class="ghost ${topic}" transform=${frame.translate(from)}>
        <circle r="2.5" />
      </g>
      ${renderArrow(frame, from, to, 'output', 4)}
    `;
}
