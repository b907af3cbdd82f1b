import { html, nothing } from 'lit';
import type { Vector } from '../../../lessons/matrix';
import { type Moved, topicDistances } from '../../../lessons/plane';
import { styled } from '../../styled';
import { digits } from '../digits';
import { topicLabels, topicMark, topicNames } from './word-plane';

/** The longest bar. */
const MOST = 6;

/** Mean distances to the topics' words as bars, each with a tick where it was `before`. */
export function renderTopicDistances(point: Vector, before: Vector | null, moved: Moved) {
  const now = topicDistances(point, moved);
  const was = before && topicDistances(before, moved);
  const share = (value: number) => `${(Math.min(1, value / MOST) * 100).toFixed(2)}%`;
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
            ${was ? html`<span class="tick" ${styled({ left: share(was[topic]) })}></span>` : nothing}
          </span>
          <span class="number">${digits(now[topic], 2)}</span>
        `,
      )}
    </div>
  `;
}
