import { html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { button } from '../../../../ui/controls/fields';
import {
  combine,
  type PlaneMap,
  apply,
  determinant,
  sameMap,
  singularValues,
  stretch,
} from '../../model/linear-map';
import type { Matrix } from '../../model/matrix';
import {
  type Clusters,
  fourHeads,
  bestRatio,
  type Separation,
  separation,
  topicClusters,
} from './separation';
import { texDigits } from '../../parts/arithmetic';
import type { TableCell } from '../../parts/number-table';
import { renderArrow } from '../../parts/plane/arrows';
import { dragPoint, planeLine, pointText, PlaneFrame } from '../../parts/plane/frame';
import { LessonSection } from '../../parts/section';
import { mapTable, renderClusters, renderGrid, renderUnitSquare } from './linear-map-svg';
import { headsStyles } from './styles';

const IDENTITY_MAP = stretch(1, 1);

const presets = [{ name: 'no map', map: IDENTITY_MAP }, ...fourHeads];

const frame = new PlaneFrame({ left: -5, right: 5, bottom: -5, top: 5 });

/** A linear map of the plane to drag, and how well it separates the topics. */
@customElement('lesson-head-map')
export class HeadMap extends LessonSection {
  static override styles = headsStyles;

  /** The hovered term of the prose: "between" or "within". */
  @property() highlighted = '';
  /** Index of the hovered word; −1 for none. */
  @state() private hoveredWord = -1;

  override render() {
    const { map, pointOverrides } = this.state;
    const plain = topicClusters(pointOverrides);
    const points = apply(map, plain.points);
    return html`
      <figure>
        <div class="auto-columns">
          ${this.renderPlane(plain, points)}
          <div class="stack">
            ${this.renderPresets()}
            ${mapTable('The map', map, ({ row, column, value }) => this.setEntry(row, column, value))}
            ${this.renderError()}
            <tex-formula .tex=${separationFormula(separation(points, plain.labels))}></tex-formula>
          </div>
        </div>
        <details>
          <summary>All words under the map</summary>
          ${this.renderWords(plain, points)}
        </details>
        <figcaption id="caption">${this.caption(plain, points)}</figcaption>
      </figure>
    `;
  }

  private renderPresets() {
    const { map } = this.state;
    const set = (map: PlaneMap) => this.patch({ map });
    return html`
      <div class="presets row baseline gap-1" role="group" aria-label="Maps to begin with">
        <span class="soft">Begin with</span>
        ${presets.map((preset) =>
          button(preset.name, () => set(preset.map), { pressed: sameMap(preset.map, map) }),
        )}
      </div>
      <div class="presets row baseline gap-1" role="group" aria-label="Maps to put after it">
        <span class="soft">then also</span>
        ${fourHeads.slice(0, 3).map((head) => button(head.name, () => set(combine(map, head.map))))}
      </div>
    `;
  }

  private setEntry(row: number, column: number, value: number) {
    const map: Matrix = this.state.map;
    this.patch({ map: map.with(row, map[row].with(column, value)) as unknown as PlaneMap });
  }

  private renderPlane(plain: Clusters, points: Matrix) {
    const { map } = this.state;
    const { hoveredWord: hovered, highlighted } = this;
    return svg`
      <svg class="plane boxed" viewBox=${frame.viewBox} role="group" aria-label="The plane and its words under the map" aria-describedby="caption">
        ${renderGrid(frame, IDENTITY_MAP, 'var(--line)')}${renderGrid(frame, map)}${renderUnitSquare(frame, map)}
        ${renderClusters(frame, { ...plain, points }, { markSize: 4, named: true, highlighted, hover: (word) => (this.hoveredWord = word) })}
        ${
          hovered < 0
            ? nothing
            : svg`<g stroke="var(--ink)" stroke-dasharray="3 3">${planeLine(frame, plain.points[hovered], points[hovered], '')}</g>`
        }
        ${this.renderBasis(0, '(1, 0)')}${this.renderBasis(1, '(0, 1)')}
      </svg>
    `;
  }

  private renderBasis(column: 0 | 1, name: string) {
    const { map } = this.state;
    const at = map.map((row) => row[column]);
    return svg`
      ${renderArrow(frame, [0, 0], at, 'basis', 6)}
        ${dragPoint({
          frame,
          at,
          label: `Where ${name} goes`,
          drawing: svg`<circle r="7" fill="var(--paper)" stroke="var(--accent)" stroke-width="2.5" />
            <text class="halo" fill="var(--accent)" font-weight="600" x="11" y="-8">${name}</text>`,
          move: ([x, y]) =>
            this.patch(
              { map: [map[0].with(column, x), map[1].with(column, y)] as unknown as PlaneMap },
              'drag',
            ),
          settle: () => this.lesson.endDrag(),
        })}
    `;
  }

  private renderWords(plain: Clusters, points: Matrix) {
    return html`
      <number-table
        name="Words under the map"
        corner="word"
        decimals="2"
        .rowNames=${plain.words}
        .columnNames=${['x', 'y', 'new x', 'new y']}
        .values=${plain.points.map((point, i) => [...point, ...points[i]])}
        .highlighted=${this.hoveredWord < 0 ? null : { row: this.hoveredWord }}
        @cell-point=${({ detail }: CustomEvent<TableCell | null>) =>
          (this.hoveredWord = detail?.row ?? -1)}
      ></number-table>
    `;
  }

  private caption({ words, points, labels }: Clusters, mapped: Matrix) {
    const { map } = this.state;
    const [large, small] = singularValues(map);
    const area = determinant(map);
    const mappedRatio = separation(mapped, labels).ratio;
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
            map gets beyond ${formatFixed(bestRatio(points, labels))}, and to get there it must
            flatten the plane to a line.`
          : html`Nothing is left to be separated.`
      }
      ${
        this.hoveredWord < 0
          ? nothing
          : html`<strong>${words[this.hoveredWord]}</strong> goes from
              ${pointText(points[this.hoveredWord])} to ${pointText(mapped[this.hoveredWord])}.`
      }
    `;
  }
}

const separationFormula = ({ between, within, ratio }: Separation) =>
  String.raw`\begin{aligned}\text{separation} &= \frac{\text{between topics}}{\text{within topics}} \\[0.4em] &= \frac{${texDigits(between)}}{${texDigits(within)}} = ${Number.isFinite(ratio) ? texDigits(ratio) : String.raw`\text{undefined}`}\end{aligned}`;
