import { css, html, svg } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { button } from '../../../../ui/controls/fields';
import { memoizeLast } from '../../../../ui/memoize-last';
import type { Vector } from '../../model/matrix';
import {
  fairestPoint,
  type PointOverrides,
  placedWords,
  topicDistances,
  pointOf,
  wordsOfTopic,
  topicNames,
} from '../../model/word-points';
import { field, pointsByWord } from '../../model/link-fields';
import { dragPoint, planeLine, pointText } from '../../parts/plane/frame';
import {
  labelPositions,
  planeFrame,
  renderLabel,
  renderRegions,
  topicLabels,
  topicMark,
} from '../../parts/plane/word-plane';
import { LessonSection, type Section } from '../../parts/section';
import { span } from '../../parts/track';

const cell = placedWords.find(({ word }) => word === 'cell')!;

/** A distance at the end of its track. */
const MAX_DISTANCE = 6;

const distancesStyles = css`
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
  }

  .distances .track {
    height: 0.75rem;
    background: var(--surface);
  }

  .distances i {
    background: var(--topic);
  }
`;

/** Row 6 of the deck: one word, three topics, and no place that suits them all. */
@customElement('lesson-place')
export class LessonPlace extends LessonSection {
  static override styles = distancesStyles;

  /** Depends on the other words alone, so it is not computed again while *cell* is dragged. */
  private readonly fairest = memoizeLast((others: string) =>
    fairestPoint(JSON.parse(others) as PointOverrides),
  );

  override render() {
    return html`
      <div class="prose">
        <p>
          A hundred numbers cannot be drawn; two can. So let each word be a point of a plane, words
          that are used alike close together: ${this.term('biology', 'biology')} at the top,
          ${this.term('department', 'departments')} at the lower left,
          ${this.term('prison', 'prisons')} at the lower right. Where do you put the word
          <em>cell</em>? Organisms are made of cells, departments form them, prisons lock them.
        </p>
        <p>
          Drag it, or move it with the arrow keys. Every step towards one meaning is a step away
          from another: a table that has one place for each word must settle for a compromise.
        </p>
        <p class="soft small">We placed these words by hand; the deck has no numbers here.</p>
      </div>
      <figure>
        <div class="auto-columns">
          ${this.renderPlane()}
          <div class="stack">
            <h4>Mean distance from <em>cell</em> to the words of</h4>
            ${this.renderDistances()}
            <p class="small soft">The ticks are where it stood at first.</p>
            <div>
              ${button('Put it back', () => this.moveTo(null), { disabled: !this.isMoved })}
            </div>
          </div>
        </div>
        <figcaption id="caption">${this.caption()}</figcaption>
      </figure>
    `;
  }

  private get cell(): Vector {
    return pointOf(cell, this.state.pointOverrides);
  }

  private get isMoved(): boolean {
    return Object.hasOwn(this.state.pointOverrides, 'cell');
  }

  private get others(): string {
    const { cell: _, ...others } = this.state.pointOverrides;
    return JSON.stringify(others);
  }

  private renderPlane() {
    const { pointOverrides } = this.state;
    const words = topicNames.flatMap((topic) => wordsOfTopic(topic, pointOverrides));
    const labels = labelPositions(
      planeFrame,
      words.map(({ word, point }) => ({ text: word, at: point })),
    );
    const at = this.cell;
    const fairest = this.fairest(this.others).point;
    return svg`
      <svg class="plane" data-highlighted=${this.hovered} viewBox=${planeFrame.viewBox} role="group" aria-label="Words as points of a plane" aria-describedby="caption">
        ${renderRegions(planeFrame, pointOverrides)}
        ${words.map(({ point, topic }) => planeLine(planeFrame, at, point, `to ${topic}`))}
        ${words.map(
          ({ word, point, topic }, i) => svg`
            <g class="landmark ${topic}" fill="var(--ink-soft)" transform=${planeFrame.translate(point)}>
              ${topicMark(topic)}${renderLabel(word, labels[i])}
            </g>`,
        )}
        <g transform=${planeFrame.translate(fairest)}>
          <path d="M-5 -5 L5 5 M-5 5 L5 -5" stroke="var(--ink)" stroke-width="1.5" />
          <text class="halo soft-fill" x="-10" y="4" text-anchor="end" font-style="italic">fairest</text>
        </g>
        <g font-size="14" font-weight="600">
          ${dragPoint({
            frame: planeFrame,
            at,
            label: 'The word cell',
            drawing: svg`<circle stroke="var(--paper)" stroke-width="2" r="8" />
              <text class="halo" y="-14" text-anchor="middle">cell</text>`,
            move: (point) => this.moveTo(point),
            settle: () => this.lesson.endDrag(),
          })}
        </g>
      </svg>
    `;
  }

  /** Mean distances to the topics' words, now and where *cell* stood at first. */
  private get distances() {
    const { pointOverrides } = this.state;
    return {
      now: topicDistances(this.cell, pointOverrides),
      was: topicDistances(cell.point, pointOverrides),
    };
  }

  private renderDistances() {
    const { now, was } = this.distances;
    const fraction = (distance: number) => Math.min(1, distance / MAX_DISTANCE);
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
              <i ${span(0, fraction(now[topic]))}></i>
              <i class="tick" ${span(fraction(was[topic]), 1)}></i>
            </span>
            <span class="number">${formatFixed(now[topic], 2)}</span>
          `,
        )}
      </div>
    `;
  }

  private caption() {
    const { now, was } = this.distances;
    const [nearest, , farthest] = topicNames.toSorted((a, b) => now[a] - now[b]);
    const changes = topicNames.map((topic) => {
      const by = now[topic] - was[topic];
      const change =
        Math.abs(by) < 0.005
          ? 'as far'
          : `${formatFixed(Math.abs(by), 2)} ${by < 0 ? 'nearer' : 'farther'}`;
      return `${topicLabels[topic]} ${change}`;
    });
    const { point, farthest: fairestDistance } = this.fairest(this.others);
    return html`
      <em>cell</em> is at ${pointText(this.cell)}. Nearest are ${wordsFor(nearest)},
      ${formatFixed(now[nearest], 2)} away in the mean; farthest ${wordsFor(farthest)},
      ${formatFixed(now[farthest], 2)}.
      ${this.isMoved ? html`From where it stood: ${changes.join(', ')}.` : ''} The fairest place is
      the × at ${pointText(point)}: even there one topic is ${formatFixed(fairestDistance, 2)} away,
      and nowhere are all three nearer than that.
    `;
  }

  /** null restores the word's first point. */
  private moveTo(point: [number, number] | null) {
    const { cell: _, ...others } = this.state.pointOverrides;
    if (point) this.patch({ pointOverrides: { ...others, cell: point } }, 'drag');
    else this.patch({ pointOverrides: others });
  }
}

const wordsFor = (topic: keyof typeof topicLabels) => `the words of ${topicLabels[topic]}`;

export const placeSection: Section = {
  id: 'place',
  title: 'Where do you put the word cell?',
  fields: [
    field({
      name: 'moved',
      key: 'pointOverrides',
      ...pointsByWord,
      allowed: 'words with their points, as in cell:0,2;jail:1,-1, or none',
    }),
  ],
};
