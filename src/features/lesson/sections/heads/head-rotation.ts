import { html, nothing, svg } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { checkbox } from '../../../../ui/controls/fields';
import { apply, rotate, scoresUnderSharedMap, rotateInPlanes } from '../../model/linear-map';
import { type Matrix, maxDifference, products } from '../../model/matrix';
import type { LessonState } from '../../model/state';
import { scientific } from '../../parts/computed-by';
import { renderArrow } from '../../parts/plane/arrows';
import { contextOf } from '../../parts/plane/context';
import { labelPositions, renderAxes, renderLabel } from '../../parts/plane/word-plane';
import { LessonSection } from '../../parts/section';
import { frameAround } from './linear-map-svg';
import { headsStyles } from './styles';

/** Rotating queries and keys together keeps their dot products; rotating queries alone does not. */
@customElement('lesson-head-rotation')
export class HeadRotation extends LessonSection {
  static override styles = headsStyles;

  override render() {
    const { rotation, rotateKeys } = this.state;
    const rotated = rotateWords(this.state);
    const before = products(rotated.before, rotated.before);
    const after = products(rotated.queries, rotated.keys);
    return html`
      <figure>
        <div class="controls">
          ${this.slider('Turned by', rotation, (rotation) => ({ rotation }), { min: -180, max: 180, step: 1, format: (value) => `${formatFixed(value, 0)}°` })}
          ${checkbox('the keys turn along', rotateKeys, () => this.patch({ rotateKeys: !rotateKeys }))}
        </div>
        <div class="auto-columns">
          ${this.renderPlane(rotated)} ${this.renderScores(rotated.names, before, after)}
        </div>
        <tex-formula
          .tex=${
            rotateKeys
              ? String.raw`\begin{aligned}(\htmlClass{query}{Rq}) \cdot (\htmlClass{key}{Rk}) &= \htmlClass{query}{q}^{\top} R^{\top} R\, \htmlClass{key}{k} \\ &= \htmlClass{query}{q} \cdot \htmlClass{key}{k}, \quad \text{as } R^{\top} R = 1\end{aligned}`
              : String.raw`(\htmlClass{query}{Rq}) \cdot \htmlClass{key}{k} = \htmlClass{query}{q}^{\top} R^{\top} \htmlClass{key}{k} ${rotation === 0 ? '=' : String.raw`\neq`} \htmlClass{query}{q} \cdot \htmlClass{key}{k}`
          }
        ></tex-formula>
        <figcaption id="caption">${this.caption(before, after)}</figcaption>
      </figure>
    `;
  }

  private renderPlane({ names, before, queries, keys }: ReturnType<typeof rotateWords>) {
    const { queryPosition, rotation, rotateKeys } = this.state;
    const frame = frameAround(before, 400);
    const origin = [0, 0];
    const texts = [
      { text: `${names[queryPosition]} asks`, at: queries[queryPosition] },
      ...names.map((text, i) => ({ text, at: keys[i] })),
    ];
    const labels = labelPositions(frame, texts);
    const [asking, ...others] = texts.map(
      (
        { text, at },
        i,
      ) => svg`<g fill=${i === 0 ? 'var(--query)' : 'var(--key)'} font-weight=${i === 0 ? 600 : nothing} transform=${frame.translate(at)}>
        ${renderLabel(text, labels[i])}
      </g>`,
    );
    return svg`
      <svg class="plane boxed" viewBox=${frame.viewBox} role="img" aria-label="Queries and keys as arrows" aria-describedby="caption">
        ${renderAxes(frame)}
        ${
          rotation === 0
            ? nothing
            : svg`${rotateKeys ? before.map((key) => renderArrow(frame, origin, key, 'key ghost', 4)) : nothing}
              ${renderArrow(frame, origin, before[queryPosition], 'query ghost', 5)}`
        }
        ${keys.map((key) => renderArrow(frame, origin, key, 'key', 5))}
        ${renderArrow(frame, origin, queries[queryPosition], 'query', 7)}
        ${others.filter((_, i) => !rotateKeys || i !== queryPosition)} ${asking}
      </svg>
    `;
  }

  private renderScores(names: readonly string[], before: Matrix, after: Matrix) {
    const { queryPosition } = this.state;
    const [old, turned] = [before[queryPosition], after[queryPosition]];
    return html`
      <number-table
        name="Scores of ${names[queryPosition]}"
        corner="key"
        .rowNames=${names}
        .columnNames=${['before', 'turned', 'change']}
        .values=${old.map((score, i) => [score, turned[i], turned[i] - score])}
      ></number-table>
    `;
  }

  private caption(before: Matrix, after: Matrix) {
    const { rotation, rotateKeys, sentence, x, wq, wk } = this.state;
    const maxOf = (scores: Matrix) => Math.max(...scores.flat());
    const change = maxDifference(before, after);
    const size = wq[0].length;
    const own = scoresUnderSharedMap(x, wq, wk, rotateInPlanes(size, (rotation * Math.PI) / 180));
    return html`
      The words of the sentence under the map above are queries and keys at once.
      ${rotateKeys ? 'Both turned' : 'The queries alone turned'} by ${formatFixed(rotation, 0)}°,
      the largest of all ${before.length ** 2} scores goes from ${formatFixed(maxOf(before))} to
      ${formatFixed(maxOf(after))}, and the largest change of any is
      ${
        change === 0
          ? '0.'
          : change < 1e-9
            ? html`${scientific(change)}, which is rounding.`
            : `${formatFixed(change)}.`
      }
      ${
        rotateKeys
          ? html`The same holds for “${sentence}”, with its queries and keys of ${size} values
            turned in pairs: the largest score is ${formatFixed(maxOf(own.before))} before and
            ${formatFixed(maxOf(own.after))} after. A rotation that queries and keys share teaches a
            head nothing.`
          : nothing
      }
    `;
  }
}

/** The sentence's words under the map above, as queries and keys, before and after the rotation. */
function rotateWords(state: LessonState) {
  const { names, words } = contextOf(state);
  const points = words.map(({ point }) => point);
  const before = apply(state.map, points);
  const queries = apply(rotate((state.rotation * Math.PI) / 180), before);
  return { names, before, queries, keys: state.rotateKeys ? queries : before };
}
