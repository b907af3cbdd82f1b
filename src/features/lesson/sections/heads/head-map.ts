import { html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { memoizeLast } from '../../../../ui/memoize-last';
import {
  combine,
  type PlaneMap,
  apply,
  determinant,
  sameMap,
  singularValues,
} from '../../model/linear-map';
import { type Vector } from '../../model/matrix';
import { fourHeads, bestRatio, separation, topicClusters } from './separation';
import { button } from '../../parts/fields';
import { texDigits } from '../../parts/arithmetic';
import type { CellEdit, CellSelector } from '../../parts/number-table';
import '../../parts/number-table';
import { renderArrow } from '../../parts/plane/arrows';
import { dragPoint, planeLine, pointText, PlaneFrame } from '../../parts/plane/frame';
import { planeStyles } from '../../parts/plane/word-plane';
import { LessonSection } from '../../parts/section';
import '../../parts/tex-formula';
import {
  renderClusters,
  renderGrid,
  renderHighlightedSpread,
  renderUnitSquare,
} from './linear-map-svg';
import { headsStyles } from './styles';

const IDENTITY_MAP: PlaneMap = [
  [1, 0],
  [0, 1],
];

const presets: readonly { readonly name: string; readonly map: PlaneMap }[] = [
  { name: 'no map', map: IDENTITY_MAP },
  ...fourHeads,
];

const renderPresets = (map: PlaneMap, set: (map: PlaneMap) => void) => html`
  <div class="presets row baseline tight" role="group" aria-label="Maps to begin with">
    <span class="what soft">Begin with</span>
    ${presets.map((preset) =>
      button(preset.name, () => set(preset.map), { pressed: sameMap(preset.map, map) }),
    )}
  </div>
  <div class="presets row baseline tight" role="group" aria-label="Maps to put after it">
    <span class="what soft">then also</span>
    ${fourHeads.slice(0, 3).map((head) => button(head.name, () => set(combine(map, head.map))))}
  </div>
`;

const frame = new PlaneFrame({ left: -5, right: 5, bottom: -5, top: 5 });

/** A linear map of the plane to drag, and how well it separates the topics. */
@customElement('lesson-head-map')
export class HeadMap extends LessonSection {
  static override styles = [...LessonSection.styles, planeStyles, headsStyles];

  /** The hovered term of the prose: "between" or "within". */
  @property() highlighted = '';
  /** Index of the hovered word; −1 for none. */
  @state() private hoveredWord = -1;
  private readonly clusters = memoizeLast(topicClusters);
  private readonly ceiling = memoizeLast((clusters: ReturnType<typeof topicClusters>) =>
    bestRatio(clusters.points, clusters.labels),
  );

  override render() {
    return html`
      <figure>
        <div class="beside">
          ${this.renderPlane()}
          <div class="numbers stack">
            ${renderPresets(this.state.map, (map) => this.patch({ map }))} ${this.renderMatrix()}
            ${this.renderError()}
            <tex-formula .tex=${this.formula()}></tex-formula>
          </div>
        </div>
        <details>
          <summary>All words under the map</summary>
          ${this.renderWords()}
        </details>
        <figcaption id="caption">${this.caption()}</figcaption>
      </figure>
    `;
  }

  private get words() {
    return this.clusters(this.state.pointOverrides);
  }

  private renderPlane() {
    const { map } = this.state;
    const { words, points, labels } = this.words;
    const mapped = apply(map, points);
    return svg`
      <svg class="plane boxed" viewBox=${frame.viewBox} role="group" aria-label="The plane and its words under the map" aria-describedby="caption">
        ${renderGrid(frame, IDENTITY_MAP, 'plain')}${renderGrid(frame, map, 'mapped')}${renderUnitSquare(frame, map)}
        ${renderClusters(
          frame,
          { words, points: mapped, labels },
          { markSize: 4, named: true, hover: (word) => (this.hoveredWord = word) },
        )}
        ${renderHighlightedSpread(frame, { words, points: mapped, labels }, this.highlighted)}
        ${
          this.hoveredWord < 0
            ? nothing
            : svg`<g stroke="var(--ink)" stroke-dasharray="3 3">${planeLine(frame, points[this.hoveredWord], mapped[this.hoveredWord], '')}</g>`
        }
        ${this.renderBasis(0, '(1, 0)')}${this.renderBasis(1, '(0, 1)')}
      </svg>
    `;
  }

  private renderBasis(column: 0 | 1, name: string) {
    const { map } = this.state;
    const at: Vector = [map[0][column], map[1][column]];
    return svg`
      ${renderArrow(frame, [0, 0], at, 'basis', 6)}
      <g class="basis-end">
        ${dragPoint({
          frame,
          at,
          label: `Where ${name} goes`,
          drawing: svg`<circle class="dot" r="7" />
            <text class="name" x="11" y="-8">${name}</text>`,
          move: ([x, y]) => {
            const next = [0, 1].map((row) =>
              map[row].map((value, i) => (i === column ? [x, y][row] : value)),
            ) as unknown as PlaneMap;
            this.patch({ map: next }, 'drag');
          },
          settle: () => this.lesson.endDrag(),
        })}
      </g>
    `;
  }

  private renderMatrix() {
    const { map } = this.state;
    return html`
      <number-table
        name="The map"
        editable
        .rowNames=${['new x', 'new y']}
        .columnNames=${['x', 'y']}
        .values=${map}
        @number-change=${({ detail }: CustomEvent<CellEdit>) => {
          const next = map.map((row, i) =>
            row.map((old, j) => (i === detail.row && j === detail.column ? detail.value : old)),
          ) as unknown as PlaneMap;
          this.patch({ map: next });
        }}
      ></number-table>
    `;
  }

  private renderWords() {
    const { words, points } = this.words;
    const mapped = apply(this.state.map, points);
    return html`
      <number-table
        name="Words under the map"
        corner="word"
        decimals="2"
        .rowNames=${words}
        .columnNames=${['x', 'y', 'new x', 'new y']}
        .values=${points.map((point, i) => [...point, ...mapped[i]])}
        .highlighted=${this.hoveredWord < 0 ? null : { row: this.hoveredWord }}
        @cell-point=${({ detail }: CustomEvent<CellSelector | null>) =>
          (this.hoveredWord = detail?.row ?? -1)}
      ></number-table>
    `;
  }

  private formula(): string {
    const { points, labels } = this.words;
    const { between, within, ratio } = separation(apply(this.state.map, points), labels);
    return String.raw`\begin{aligned}\text{separation} &= \frac{\text{between topics}}{\text{within topics}} \\[0.4em] &= \frac{${texDigits(between)}}{${texDigits(within)}} = ${Number.isFinite(ratio) ? texDigits(ratio) : String.raw`\text{undefined}`}\end{aligned}`;
  }

  private caption() {
    const { map } = this.state;
    const [large, small] = singularValues(map);
    const area = determinant(map);
    const { words, points, labels } = this.words;
    const mappedRatio = separation(apply(map, points), labels).ratio;
    const plainRatio = separation(points, labels).ratio;
    const isSame = Math.abs(mappedRatio - plainRatio) < 1e-9 * plainRatio;
    return html`
      (1, 0) goes to ${pointText([map[0][0], map[1][0]])}, (0, 1) to
      ${pointText([map[0][1], map[1][1]])}. A circle becomes an ellipse, ${formatFixed(large, 2)}
      times as long and ${formatFixed(small, 2)} times as wide; areas are multiplied by
      ${formatFixed(Math.abs(area), 2)}${
        area < 0 ? ', and the plane is turned over' : area === 0 ? ': the plane is flat' : ''
      }.
      ${
        Number.isFinite(mappedRatio)
          ? html`The topics’ separation is ${formatFixed(mappedRatio)},
            ${isSame ? 'just as without a map' : html`without a map ${formatFixed(plainRatio)}`}. No
            map gets beyond ${formatFixed(this.ceiling(this.words))}, and to get there it must
            flatten the plane to a line.`
          : html`Nothing is left to be separated.`
      }
      ${
        this.hoveredWord < 0
          ? nothing
          : html`<strong>${words[this.hoveredWord]}</strong> goes from
              ${pointText(points[this.hoveredWord])} to
              ${pointText(apply(map, points)[this.hoveredWord])}.`
      }
    `;
  }
}
