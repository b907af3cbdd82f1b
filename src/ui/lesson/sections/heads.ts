import { html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { apply, determinant, type PlaneMap, singularValues } from '../../../lessons/linear-map';
import type { Vector } from '../../../lessons/matrix';
import { questions } from '../../../lessons/predict';
import { bestRatio, separation, topicClusters } from '../../../lessons/separation';
import { digits } from '../digits';
import { dragPoint } from '../drag-point';
import '../heads/head-mix';
import '../heads/head-ranking';
import '../heads/head-rotation';
import { headsStyles } from '../heads/heads.css';
import { renderPresets } from '../heads/map-presets';
import { renderClusters, renderGrid, renderUnitSquare } from '../heads/warp';
import { LessonSection } from '../lesson-section';
import '../number-table';
import { renderArrow } from '../plane/arrows';
import { planeStyles } from '../plane/plane.css';
import { PlaneFrame } from '../plane-frame';
import '../predict-first';
import { remember } from '../remember';
import '../tex-formula';

const frame = new PlaneFrame({ left: -5, right: 5, bottom: -5, top: 5 });
const still: PlaneMap = [
  [1, 0],
  [0, 1],
];
const rotation = questions.find(({ id }) => id === 'rotation')!;

/** Row 9 of the deck: several heads, each with a map of its own; which are worth having. */
@customElement('lesson-heads')
export class LessonHeads extends LessonSection {
  static override styles = [...LessonSection.styles, planeStyles, headsStyles];

  /** The word that is pointed at; −1 for none. */
  @state() private place = -1;
  private readonly clusters = remember(topicClusters);
  private readonly ceiling = remember((clusters: ReturnType<typeof topicClusters>) =>
    bestRatio(clusters.points, clusters.labels),
  );

  override render() {
    return html`
      <div class="prose">
        <p>
          One head looks at the words from one side: a word that is near in one sense may be far in
          another. So the deck makes several embeddings of each word, by linear maps that shear,
          stretch or rotate the plane, or combine these, and gives each to a head of its own.
        </p>
        <p>
          A linear map of the plane is four numbers: where (1, 0) goes, and where (0, 1) goes. Drag
          the two, and the rest must follow.
        </p>
      </div>
      <figure>
        <div class="beside">
          ${this.renderPlane()}
          <div class="numbers">
            ${renderPresets(this.state.map, (map) => this.attempt(() => this.lesson.set({ map })))}
            ${this.renderMatrix()} ${this.renderTrouble()}
            <tex-formula .tex=${this.formula()}></tex-formula>
          </div>
        </div>
        <figcaption id="caption">${this.caption()}</figcaption>
      </figure>
      <div class="prose">
        <p>
          Which head is the best? The one with “the best separation of clusters”, says the deck, and
          gives no measure. A usual one is above: how far the topics’ centres are apart, over how
          wide the topics are themselves, both as sums of squared distances.
        </p>
      </div>
      <lesson-head-ranking .lesson=${this.lesson}></lesson-head-ranking>
      <lesson-head-mix .lesson=${this.lesson}></lesson-head-mix>
      <div class="prose">
        <p>
          One of the four maps changed nothing, and a head has more ways to be idle than one. What
          happens to attention itself when its queries and its keys are turned?
        </p>
      </div>
      <predict-first .question=${rotation} .lessonState=${this.state}>
        <lesson-head-rotation .lesson=${this.lesson}></lesson-head-rotation>
      </predict-first>
      <div class="prose">
        <p>
          Nobody chooses these maps by hand: training does. What heads look for then is best seen in
          weights of real size: <a href="#heads">see twelve heads at work</a>. What exactly a head
          computes from queries and keys is the next chapter.
        </p>
      </div>
    `;
  }

  private get words() {
    return this.clusters(this.state.moved);
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
          { markSize: 4, point: (place) => (this.place = place) },
        )}
        ${
          this.place < 0
            ? nothing
            : svg`<line class="way"
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
            this.lesson.set({ map: next }, 'drag');
          },
          settle: () => this.lesson.drop(),
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
          this.attempt(() => this.lesson.set({ map: next }));
        }}
      ></number-table>
    `;
  }

  private formula(): string {
    const { points, labels } = this.words;
    const { between, within, ratio } = separation(apply(this.state.map, points), labels);
    const tex = (value: number) => digits(value).replace('−', '-').replaceAll(',', '{,}');
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
      (1, 0) goes to ${pair([map[0][0], map[1][0]])}, (0, 1) to ${pair([map[0][1], map[1][1]])}. A
      circle becomes an ellipse, ${digits(large, 2)} times as long and ${digits(small, 2)} times as
      wide; areas are multiplied by
      ${digits(Math.abs(area), 2)}${
        area < 0 ? ', and the plane is turned over' : area === 0 ? ': the plane is flat' : ''
      }.
      ${
        Number.isFinite(now)
          ? html`The topics’ separation is ${digits(now)},
            ${same ? 'just as without a map' : html`without a map ${digits(before)}`}. No map gets
            beyond ${digits(this.ceiling(this.words))}, and to get there it must flatten the plane
            to a line.`
          : html`Nothing is left to be separated.`
      }
      ${
        this.place < 0
          ? nothing
          : html`<strong>${words[this.place]}</strong> goes from ${pair(points[this.place])} to
              ${pair(apply(map, points)[this.place])}.`
      }
    `;
  }
}

const pair = ([x, y]: Vector): string => `(${digits(x, 2)}, ${digits(y, 2)})`;

declare global {
  interface HTMLElementTagNameMap {
    'lesson-heads': LessonHeads;
  }
}
