import { css, html } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { styled } from '../../../../ui/styled';
import type { Vector } from '../../model/matrix';
import { type PointOverrides, topicDistances } from '../../model/word-points';
import { topicLabels, topicMark, topicNames } from '../../parts/plane/word-plane';

export const topicDistancesStyles = css`
  .distances {
    display: grid;
    grid-template-columns: max-content minmax(4rem, 1fr) max-content;
    gap: var(--space-2) var(--space-3);
    align-items: center;
    max-width: 28rem;
  }

  .distances .topic {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
  }

  svg.key-mark {
    width: 0.9rem;
    height: 0.9rem;
    fill: var(--topic);
  }

  .distances .track {
    position: relative;
    height: 0.75rem;
    background: var(--surface);
  }

  .distances .bar {
    position: absolute;
    inset: 0 auto 0 0;
    background: var(--topic);
  }

  .distances .tick {
    position: absolute;
    top: -0.2rem;
    bottom: -0.2rem;
    width: 2px;
    background: var(--ink);
  }
`;

/** At the end of the track. */
const MAX_DISTANCE = 6;

/** Mean distances to the topics' words as bars, each with a tick where it was `before`. */
export function renderTopicDistances(
  point: Vector,
  before: Vector,
  pointOverrides: PointOverrides,
) {
  const now = topicDistances(point, pointOverrides);
  const was = topicDistances(before, pointOverrides);
  const share = (value: number) => `${(Math.min(1, value / MAX_DISTANCE) * 100).toFixed(2)}%`;
  return html`
    <div class="distances">
      ${topicNames.map(
        (topic) => html`
          <span class="topic ${topic}"
            ><svg class="key-mark" viewBox="-7 -7 14 14" aria-hidden="true">
              ${topicMark(topic, 5)}</svg
            >${topicLabels[topic]}</span
          >
          <span class="track ${topic}">
            <span class="bar" ${styled({ width: share(now[topic]) })}></span>
            <span class="tick" ${styled({ left: share(was[topic]) })}></span>
          </span>
          <span class="number">${formatFixed(now[topic], 2)}</span>
        `,
      )}
    </div>
  `;
}
