import { nothing, svg } from 'lit';
import type { Matrix } from '../../model/matrix';
import type { LessonState } from '../../model/state';
import { placedWords, wordsOfTopic, topicNames } from '../../model/word-points';
import {
  labelPositions,
  planeFrame,
  renderLabel,
  renderRegions,
  topicLabels,
  topicMark,
} from '../../parts/plane/word-plane';
import { planeLine } from '../../parts/plane/frame';
import type { CellPoint } from './milestones';

const SIZE = 14;
const NAMES_WIDTH = 92;

/** Every word an axis of its own: a row of zeros each, with a single 1. */
export function renderOneHot() {
  const count = placedWords.length;
  const [width, height] = [NAMES_WIDTH + count * SIZE, count * SIZE];
  return svg`
    <svg class="plane" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="timeline-caption">
      ${placedWords.map(
        ({ word }, i) => svg`
          <text font-weight=${word === 'cell' ? 650 : nothing} x=${NAMES_WIDTH - 8} y=${i * SIZE + 11} text-anchor="end">${word}</text>
          <path stroke="var(--line)" stroke-width="3" stroke-dasharray="1 13" stroke-dashoffset="-6.5" d="M${NAMES_WIDTH} ${(i + 0.5) * SIZE}H${width}" />
          <rect
            fill=${word === 'cell' ? 'var(--output)' : 'var(--edge)'}
            x=${NAMES_WIDTH + i * SIZE + 1.5}
            y=${i * SIZE + 1.5}
            width=${SIZE - 3}
            height=${SIZE - 3}
            rx="2"
          />
        `,
      )}
    </svg>
  `;
}

/** The word *cell* among the topics: one point for all sentences, or a point for each. */
export function renderCellPlane(
  { pointOverrides }: LessonState,
  cells: readonly CellPoint[],
  /** Where they are drawn now. */
  shown: Matrix,
  isInContext: boolean,
) {
  const words = topicNames.flatMap((topic) => wordsOfTopic(topic, pointOverrides));
  const { placed } = cells[0];
  const names = isInContext ? cells.map(nameOf) : ['cell, in every sentence'];
  const labels = labelPositions(
    planeFrame,
    names.map((text, i) => ({ text, at: cells[i].point })),
    [...words.map(({ point }) => point), placed],
    { fontSize: 14 },
  );
  return svg`
    <svg class="plane" viewBox=${planeFrame.viewBox} role="img" aria-labelledby="timeline-caption">
      ${renderRegions(planeFrame, pointOverrides)}
      ${words.map(
        ({ point, topic }) => svg`
          <g class="landmark ${topic}" transform=${planeFrame.translate(point)}>
            ${topicMark(topic, 3)}
          </g>`,
      )}
      ${shown.map(
        (point, i) => svg`
          <g class=${cells[i].topic} stroke="var(--topic)" stroke-width="1.5">
            ${planeLine(planeFrame, placed, point, '')}
          </g>`,
      )}
      <circle transform=${planeFrame.translate(placed)} r="5" fill="var(--paper)" stroke="var(--edge)" stroke-width="1.5" />
      ${cells.map(({ topic }, i) => {
        const fill = isInContext && topic !== 'none' ? 'var(--topic)' : 'var(--ink)';
        return svg`<circle class=${topic} transform=${planeFrame.translate(shown[i])} r="7" fill=${fill} stroke="var(--paper)" stroke-width="2" />`;
      })}
      ${names.map((name, i) => {
        const at = isInContext ? shown[i] : cells[0].point;
        return svg`<g font-size="14" font-weight="600" transform=${planeFrame.translate(at)}>
          ${renderLabel(name, labels[i])}
        </g>`;
      })}
    </svg>
  `;
}

const nameOf = ({ topic }: CellPoint) =>
  `cell, ${topic === 'none' ? 'in your sentence' : `among ${topicLabels[topic]}`}`;
