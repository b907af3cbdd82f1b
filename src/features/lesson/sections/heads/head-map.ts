import { html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../ui/format-number';
import { memoizeLast } from '../../../../ui/memoize-last';
import { combine, type PlaneMap, apply, determinant, singularValues } from '../../model/linear-map';
import { identity, type Vector } from '../../model/matrix';
import { fourHeads, bestRatio, separation, topicClusters } from './separation';
import type { CellSelector } from '../../parts/number-table';
import '../../parts/number-table';
import { renderArrow } from '../../parts/plane/arrows';
import { dragPoint, pointText, PlaneFrame } from '../../parts/plane/frame';
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

export const sameMap = (a: PlaneMap, b: PlaneMap): boolean => String(a) === String(b);

/** Maps to begin with, and maps to put after the present one. */
const renderPresets = (map: PlaneMap, set: (map: PlaneMap) => void) => html`
  <div class="presets row baseline tight" role="group" aria-label="Maps to begin with">
    <span class="what soft">Begin with</span>
    ${presets.map(
      (start) =>
        html`<button
          type="button"
          aria-pressed=${sameMap(start.map, map)}
          @click=${() => set(start.map)}
        >
          ${start.name}
        </button>`,
    )}
  </div>
  <div class="presets row baseline tight" role="group" aria-label="Maps to put after it">
    <span class="what soft">then also</span>
    ${fourHeads
      .slice(0, 3)
      .map(
        (head) =>
          html`<button type="button" @click=${() => set(combine(map, head.map))}>
            ${head.name}
          </button>`,
      )}
  </div>
`;

const frame = new PlaneFrame({ left: -5, right: 5, bottom: -5, top: 5 });
const still = identity(2) as unknown as PlaneMap;

/** A map of the plane to drag, and how well it keeps the topics apart. */
@customElement('lesson-head-map')
export class HeadMap extends LessonSection {
  static override styles = [...LessonSection.styles, planeStyles, headsStyles];

  /** What the prose points at. */
  @property() highlighted = '';
  /** The word that is pointed at; −1 for none. */
  @state() private place = -1;
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
        ${renderGrid(frame, still, 'plain')}${renderGrid(frame, map, 'mapped')}${renderUnitSquare(frame, map)}
        ${renderClusters(
          frame,
          { words, points: mapped, labels },
          { markSize: 4, named: true, point: (place) => (this.place = place) },
        )}
        ${renderHighlightedSpread(frame, { words, points: mapped, labels }, this.highlighted)}
        ${
          this.place < 0
            ? nothing
            : svg`<line stroke="var(--ink)" stroke-dasharray="3 3"
                x1=${frame.x(points[this.place][0])} y1=${frame.y(points[this.place][1])}
                x2=${frame.x(mapped[this.place][0])} y2=${frame.y(mapped[this.place][1])}
              />`
        }
        ${this.renderBasis(0, '(1, 0)')}${this.renderBasis(1, '(0, 1)')}
      </svg>
    `;
  }

  /** A column of the map as an arrow with a handle. */
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
        @number-change=${({
          detail,
        }: CustomEvent<{ row: number; column: number; value: number }>) => {
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
        places="2"
        .rowNames=${words}
        .columnNames=${['x', 'y', 'new x', 'new y']}
        .values=${points.map((point, i) => [...point, ...mapped[i]])}
        .highlighted=${this.place < 0 ? null : { row: this.place }}
        @cell-point=${({ detail }: CustomEvent<CellSelector | null>) =>
          (this.place = detail?.row ?? -1)}
      ></number-table>
    `;
  }

  private formula(): string {
    const { points, labels } = this.words;
    const { between, within, ratio } = separation(apply(this.state.map, points), labels);
    const tex = (value: number) => formatFixed(value).replace('−', '-').replaceAll(',', '{,}');
    return String.raw`\begin{aligned}\text{separation} &= \frac{\text{between topics}}{\text{within topics}} \\[0.4em] &= \frac{${tex(between)}}{${tex(within)}} = ${Number.isFinite(ratio) ? tex(ratio) : String.raw`\text{undefined}`}\end{aligned}`;
  }

  private caption() {
    const { map } = this.state;
    const [large, small] = singularValues(map);
    const area = determinant(map);
    const { words, points, labels } = this.words;
    const now = separation(apply(map, points), labels).ratio;
    const before = separation(points, labels).ratio;
    const same = Math.abs(now - before) < 1e-9 * before;
    return html`
      (1, 0) goes to ${pointText([map[0][0], map[1][0]])}, (0, 1) to
      ${pointText([map[0][1], map[1][1]])}. A circle becomes an ellipse, ${formatFixed(large, 2)}
      times as long and ${formatFixed(small, 2)} times as wide; areas are multiplied by
      ${formatFixed(Math.abs(area), 2)}${
        area < 0 ? ', and the plane is turned over' : area === 0 ? ': the plane is flat' : ''
      }.
      ${
        Number.isFinite(now)
          ? html`The topics’ separation is ${formatFixed(now)},
            ${same ? 'just as without a map' : html`without a map ${formatFixed(before)}`}. No map
            gets beyond ${formatFixed(this.ceiling(this.words))}, and to get there it must flatten
            the plane to a line.`
          : html`Nothing is left to be separated.`
      }
      ${
        this.place < 0
          ? nothing
          : html`<strong>${words[this.place]}</strong> goes from ${pointText(points[this.place])} to
              ${pointText(apply(map, points)[this.place])}.`
      }
    `;
  }
}
