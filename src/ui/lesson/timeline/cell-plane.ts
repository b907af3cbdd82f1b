import { css, svg } from 'lit';
import type { Matrix } from '../../../lessons/matrix';
import type { LessonState } from '../../../lessons/state';
import {
  labelPlaces,
  planeFrame,
  renderLabel,
  renderRegions,
  topicLabels,
  topicMark,
  topicNames,
  wordsOfTopic,
} from '../plane/word-plane';
import type { CellPoint } from './eras';

/** The word *cell* among the topics, once for each sentence: together, or where each sentence takes it. */
export function cellPlane(
  { moved }: LessonState,
  cells: readonly CellPoint[],
  /** Where they are drawn, on their way there. */
  shown: Matrix,
  isInContext: boolean,
) {
  const words = topicNames.flatMap((topic) => wordsOfTopic(topic, moved));
  const { placed } = cells[0];
  const names = isInContext ? cells.map(nameOf) : ['cell, in every sentence'];
  const places = labelPlaces(
    planeFrame,
    names.map((text, i) => ({ text, at: cells[i].point })),
    [...words.map(({ point }) => point), placed],
    { fontSize: 14 },
  );
  return svg`
    <svg class="plane cells" viewBox=${planeFrame.viewBox} role="img" aria-labelledby="timeline-told">
      ${renderRegions(planeFrame, moved)}
      ${words.map(
        ({ point, topic }) => svg`
          <g class="landmark ${topic}" transform="translate(${planeFrame.x(point[0])} ${planeFrame.y(point[1])})">
            ${topicMark(topic, 3)}
          </g>`,
      )}
      ${shown.map(
        ([x, y], i) => svg`<line
          class="way ${cells[i].topic}"
          x1=${planeFrame.x(placed[0])} y1=${planeFrame.y(placed[1])}
          x2=${planeFrame.x(x)} y2=${planeFrame.y(y)}
        />`,
      )}
      <circle class="placed" cx=${planeFrame.x(placed[0])} cy=${planeFrame.y(placed[1])} r="5" />
      ${cells.map(
        ({ topic }, i) => svg`
          <g class="at ${isInContext ? topic : 'none'}" transform="translate(${planeFrame.x(shown[i][0])} ${planeFrame.y(shown[i][1])})">
            <circle r="7" />
          </g>`,
      )}
      ${names.map((name, i) => {
        const [x, y] = isInContext ? shown[i] : cells[0].point;
        return svg`<g class="named" transform="translate(${planeFrame.x(x)} ${planeFrame.y(y)})">
          ${renderLabel(name, places[i])}
        </g>`;
      })}
    </svg>
  `;
}

const nameOf = ({ topic }: CellPoint) =>
  `cell, ${topic === 'none' ? 'in your sentence' : `among ${topicLabels[topic]}`}`;

export const cellPlaneStyles = css`
  .cells .way {
    stroke: var(--topic, var(--ink));
    stroke-width: 1.5;
  }

  .cells .placed {
    fill: var(--paper);
    stroke: var(--edge);
    stroke-width: 1.5;
  }

  .cells .at circle {
    fill: var(--topic, var(--ink));
    stroke: var(--paper);
    stroke-width: 2;
  }

  .cells .at.none circle {
    fill: var(--ink);
  }

  .plane.cells .named text {
    font-size: 14px;
    font-weight: 600;
  }
`;
