import { html, svg } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { apply, type PlaneMap } from '../../model/linear-map';
import type { Matrix } from '../../model/matrix';
import {
  type Clusters,
  fourHeads,
  mixHeads,
  rankHeads,
  separation,
  topicClusters,
} from './separation';
import { LessonSection } from '../../parts/section';
import { frameAround, mapTable, renderClusters, renderGrid } from './linear-map-svg';
import { headsStyles } from './styles';

/** What the deck leaves out: heads side by side, and an output matrix that mixes them. */
@customElement('lesson-head-mix')
export class HeadMix extends LessonSection {
  static override styles = headsStyles;

  override render() {
    const mixed = mixHeads(fourHeads, this.state.mix);
    const clusters = topicClusters(this.state.pointOverrides);
    const points = apply(mixed, clusters.points);
    return html`
      <div class="prose">
        <h4>What the deck leaves out</h4>
        <p>
          A transformer does not choose: it keeps all heads. What they find is laid side by side
          (concatenation), and an output matrix W<sub>O</sub>, learned like the rest, mixes it.
        </p>
        <tex-formula
          .tex=${String.raw`\text{output} = [\, h_1 \;\; h_2 \;\; h_3 \;\; h_4 \,]\; W_O`}
        ></tex-formula>
        <p>
          In general each value of each head has a weight of its own in W<sub>O</sub>. The simplest
          kind has one number a head; with these four you mix the four maps into one.
        </p>
      </div>
      <figure>
        <div class="auto-columns">
          ${renderPlane(mixed, { ...clusters, points })}
          <div class="stack">
            ${fourHeads.map(({ name }, i) => this.renderSlider(name, i))} ${this.renderError()}
            ${mapTable('The mixed map', mixed)}
          </div>
        </div>
        <figcaption id="caption">${this.caption(clusters, points)}</figcaption>
      </figure>
    `;
  }

  private renderSlider(name: string, head: number) {
    const { mix } = this.state;
    return this.slider(name, mix[head], (share) => ({ mix: mix.with(head, share) }), {
      min: -1,
      max: 1,
      step: 0.05,
      format: (value) => formatFixed(value, 2),
    });
  }

  private caption({ points, labels }: Clusters, mapped: Matrix) {
    const { mix } = this.state;
    const { ratio } = separation(mapped, labels);
    const [best] = rankHeads(fourHeads, points, labels);
    const sum = mix.map((share, i) => `${formatDecimal(share)} · ${fourHeads[i].name}`).join(' + ');
    return html`
      ${sum}:
      ${
        Number.isFinite(ratio)
          ? html`the mix separates the topics by ${formatFixed(ratio)}, ${best.name} alone by
            ${formatFixed(best.separation.ratio)}.`
          : html`nothing is left to be separated.`
      }
    `;
  }
}

function renderPlane(map: PlaneMap, clusters: Clusters) {
  const frame = frameAround(clusters.points, 400);
  return svg`
    <svg class="plane boxed" viewBox=${frame.viewBox} role="img" aria-label="The words under the mixed map" aria-describedby="caption">
      ${renderGrid(frame, map)} ${renderClusters(frame, clusters, { markSize: 4, named: true })}
    </svg>
  `;
}
