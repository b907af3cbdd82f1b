import { html, nothing, svg } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatFixed } from '../../../../ui/format-number';
import { apply, rotate, scoresUnderSharedMap, rotateInPlanes } from '../../model/linear-map';
import { type Matrix, products } from '../../model/matrix';
import { scientific } from '../../parts/computed-by';
import '../../parts/number-table';
import { renderArrow } from '../../parts/plane/arrows';
import { contextOf } from '../../parts/plane/context';
import { labelPositions, renderLabel, planeStyles } from '../../parts/plane/word-plane';
import { LessonSection } from '../../parts/section';
import '../../parts/tex-formula';
import { frameAround } from './linear-map-svg';
import { headsStyles } from './styles';

/** Queries and keys that turn together keep all their dot products; queries that turn alone do not. */
@customElement('lesson-head-rotation')
export class HeadRotation extends LessonSection {
  static override styles = [...LessonSection.styles, planeStyles, headsStyles];

  override render() {
    const { rotation: turn, rotateKeys: turnKeys } = this.state;
    return html`
      <figure>
        <div class="controls">
          ${this.slider('Turned by', turn, (rotation) => ({ rotation }), { min: -180, max: 180, step: 1, format: (value) => `${formatFixed(value, 0)}°` })}
          <label class="check"
            ><input
              type="checkbox"
              .checked=${turnKeys}
              @change=${(event: Event) =>
                this.patch({ rotateKeys: (event.target as HTMLInputElement).checked })}
            />the keys turn along</label
          >
        </div>
        <div class="beside">${this.renderPlane()} ${this.renderScores()}</div>
        <tex-formula
          .tex=${
            turnKeys
              ? String.raw`\begin{aligned}(\htmlClass{query}{Rq}) \cdot (\htmlClass{key}{Rk}) &= \htmlClass{query}{q}^{\top} R^{\top} R\, \htmlClass{key}{k} \\ &= \htmlClass{query}{q} \cdot \htmlClass{key}{k}, \quad \text{as } R^{\top} R = 1\end{aligned}`
              : String.raw`(\htmlClass{query}{Rq}) \cdot \htmlClass{key}{k} = \htmlClass{query}{q}^{\top} R^{\top} \htmlClass{key}{k} ${turn === 0 ? '=' : String.raw`\neq`} \htmlClass{query}{q} \cdot \htmlClass{key}{k}`
          }
        ></tex-formula>
        <figcaption id="caption">${this.caption()}</figcaption>
      </figure>
    `;
  }

  /** The sentence's words under the map above, as queries and as keys, before the turn and after it. */
  private get turned() {
    const { map, rotation: turn, rotateKeys: turnKeys } = this.state;
    const { names, words } = contextOf(this.state);
    const before = apply(
      map,
      words.map(({ point }) => point),
    );
    const queries = apply(rotate((turn * Math.PI) / 180), before);
    return { names, before, queries, keys: turnKeys ? queries : before };
  }

  private renderPlane() {
    const { queryPosition: asks, rotation: turn, rotateKeys: turnKeys } = this.state;
    const { names, before, queries, keys } = this.turned;
    const frame = frameAround(before, 400);
    const origin = [0, 0];
    const [label, ...labels] = labelPositions(frame, [
      { text: `${names[asks]} asks`, at: queries[asks] },
      ...names.map((text, i) => ({ text, at: keys[i] })),
    ]);
    const name = (text: string, at: readonly number[], kind: string, place: typeof label) => svg`
      <g class=${kind} transform=${frame.translate(at)}>${renderLabel(text, place)}</g>
    `;
    return svg`
      <svg class="plane boxed" viewBox=${frame.viewBox} role="img" aria-label="Queries and keys as arrows" aria-describedby="caption">
        <g class="axes">
          <line x2=${frame.width} y1=${frame.y(0)} y2=${frame.y(0)} />
          <line y2=${frame.height} x1=${frame.x(0)} x2=${frame.x(0)} />
        </g>
        ${
          turn === 0
            ? nothing
            : svg`${turnKeys ? before.map((key) => renderArrow(frame, origin, key, 'key ghost', 4)) : nothing}
              ${renderArrow(frame, origin, before[asks], 'query ghost', 5)}`
        }
        ${keys.map((key) => renderArrow(frame, origin, key, 'key', 5))}
        ${renderArrow(frame, origin, queries[asks], 'query', 7)}
        ${names.map((text, i) =>
          turnKeys && i === asks ? nothing : name(text, keys[i], 'key', labels[i]),
        )}
        ${name(`${names[asks]} asks`, queries[asks], 'query', label)}
      </svg>
    `;
  }

  private get scores(): { before: Matrix; after: Matrix } {
    const { before, queries, keys } = this.turned;
    return { before: products(before, before), after: products(queries, keys) };
  }

  private renderScores() {
    const { queryPosition: asks } = this.state;
    const { names } = this.turned;
    const { before, after } = this.scores;
    return html`
      <number-table
        name="Scores of ${names[asks]}"
        corner="key"
        .rowNames=${names}
        .columnNames=${['before', 'turned', 'change']}
        .values=${names.map((_, i) => [
          before[asks][i],
          after[asks][i],

          after[asks][i] - before[asks][i],
        ])}
      ></number-table>
    `;
  }

  private caption() {
    const { rotation: turn, rotateKeys: turnKeys, sentence, x, wq, wk } = this.state;
    const { before, after } = this.scores;
    const most = (scores: Matrix) => Math.max(...scores.flat());
    const change = Math.max(
      ...before.flatMap((row, i) => row.map((score, j) => Math.abs(score - after[i][j]))),
    );
    const size = wq[0].length;
    const own = scoresUnderSharedMap(x, wq, wk, rotateInPlanes(size, (turn * Math.PI) / 180));
    return html`
      The words of the sentence under the map above are queries and keys at once.
      ${turnKeys ? 'Both turned' : 'The queries alone turned'} by ${formatFixed(turn, 0)}°, the
      largest of all ${before.length ** 2} scores goes from ${formatFixed(most(before))} to
      ${formatFixed(most(after))}, and the largest change of any is
      ${
        change === 0
          ? '0.'
          : change < 1e-9
            ? html`${scientific(change)}, which is rounding.`
            : `${formatFixed(change)}.`
      }
      ${
        turnKeys
          ? html`The same holds for “${sentence}”, with its queries and keys of ${size} values
            turned in pairs: the largest score is ${formatFixed(most(own.before))} before and
            ${formatFixed(most(own.after))} after. A rotation that queries and keys share teaches a
            head nothing.`
          : nothing
      }
    `;
  }
}
