import { html, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { apply, sameMap } from '../../model/linear-map';
import { listOf } from '../../model/sentence';
import {
  type Clusters,
  fourHeads,
  type RankedHead,
  rankHeads,
  separation,
  topicClusters,
} from './separation';
import { LessonSection } from '../../parts/section';
import { span } from '../../parts/track';
import { frameAround, renderClusters, renderGrid } from './linear-map-svg';
import { headsStyles } from './styles';

@customElement('lesson-head-ranking')
export class HeadRanking extends LessonSection {
  static override styles = headsStyles;

  /** The hovered term of the prose: "between" or "within". */
  @property() highlighted = '';
  override render() {
    const { map, pointOverrides } = this.state;
    const clusters = topicClusters(pointOverrides);
    const { points, labels } = clusters;
    const own = fourHeads.some((head) => sameMap(head.map, map)) ? [] : [{ name: 'yours', map }];
    const heads = rankHeads([...fourHeads, ...own], points, labels);
    const plain = separation(points, labels).ratio;
    const max = Math.max(...heads.map((head) => finite(head.separation.ratio)), plain);
    return html`
      <figure>
        <ol class="ranking plain-list stack">
          ${heads.map((head) => html`<li>${this.renderHead(head, clusters, plain, max)}</li>`)}
        </ol>
        <figcaption>${this.caption(heads, plain)}</figcaption>
        <p class="soft small">
          The four kinds of map are the deck’s, their numbers are ours. Choose one, and it is the
          map above.
        </p>
      </figure>
    `;
  }

  private renderHead(head: RankedHead, clusters: Clusters, plain: number, max: number) {
    const points = apply(head.map, clusters.points);
    const frame = frameAround(points, 160);
    const { highlighted } = this;
    const share = (ratio: number) => finite(ratio) / max;
    return html`
      <button
        type="button"
        class="stack gap-1"
        aria-pressed=${sameMap(head.map, this.state.map)}
        @click=${() => this.patch({ map: head.map })}
      >
        ${svg`<svg class="plane boxed" viewBox=${frame.viewBox} aria-hidden="true">
          ${renderGrid(frame, head.map)}
          ${renderClusters(frame, { ...clusters, points }, { markSize: 2.4, highlighted })}
        </svg>`}
        <span class="row between"
          ><span>${head.name}</span
          ><span class="number">${formatFixed(head.separation.ratio)}</span></span
        >
        <span class="track">
          <i ${span(0, share(head.separation.ratio))}></i>
          <i class="tick" ${span(share(plain), 1)}></i>
        </span>
      </button>
    `;
  }

  private caption(heads: readonly RankedHead[], plain: number) {
    const [best] = heads;
    const worse = heads.filter(({ separation: { ratio } }) => ratio < plain * (1 - 1e-9));
    const same = heads.filter(
      ({ separation: { ratio } }) => Math.abs(ratio - plain) <= plain * 1e-9,
    );
    return html`
      Best first:
      ${heads.map(
        ({ name, separation: { ratio } }, i) =>
          html`${i > 0 ? ', ' : ''}${name} ${formatFixed(ratio)}`,
      )}.
      The tick is ${formatFixed(plain)}, without a map.
      ${best.separation.ratio > plain ? html`<em>${best.name}</em> is the best.` : ''}
      ${same.map(
        ({ name }) =>
          html`<em>${name}</em> is worth exactly as much as no map: it changes no distance relative
            to another.`,
      )}
      ${worse.length === 0 ? '' : `Worse than no map: ${listOf(worse.map(({ name }) => name))}.`}
    `;
  }
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
