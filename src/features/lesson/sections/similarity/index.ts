import { html, nothing, svg } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { cosine, scaledDot } from '../../model/attention';
import { dot, norm, scale, type Vector } from '../../model/matrix';
import { texDigits, texFactor } from '../../parts/arithmetic';
import { dragPoint, PlaneFrame, planeLine } from '../../parts/plane/frame';
import { LessonSection, type Section } from '../../parts/section';
import {
  describeScaledScores,
  renderScaledChart,
  renderScaledFormulas,
  scaledPair,
} from './scaled-scores';
import { type Claim, pairNames } from '../../model/claims';
import { vector, whole } from '../../model/link-fields';

const claims: readonly Claim[] = [
  {
    row: 10,
    id: 'scaled',
    title: 'Scores scaled by √d, then softmax',
    names: pairNames,
    printed: null,
    computed: (state) => scaledPair(state).shares,
    note: 'The deck names the scaled dot product and has no formula for it.',
  },
];

const frame = new PlaneFrame({ left: -3.5, right: 3.5, bottom: -2.8, top: 2.8 });

@customElement('lesson-similarity')
export class LessonSimilarity extends LessonSection {
  override render() {
    return html`
      <div class="prose">
        <p>
          Until now words were simply <em>alike</em>, or not. To compute with that we need a number.
          Words are vectors, so the question becomes: how alike are two vectors? Drag the tips of A
          and B, or move them with the arrow keys.
        </p>
        <p>
          The <strong>dot product</strong> multiplies value by value and adds up. In the plane it is
          A’s length times the length of ${this.term('shadow', 'B’s shadow on A')}: large when the
          two point the same way, 0 at a right angle, below 0 when they point apart. The
          <strong>cosine</strong> divides both lengths out, and only
          ${this.term('angle', 'the angle')} is left.
        </p>
      </div>
      ${this.renderPlane()}
      <div class="prose">
        <p>
          Attention takes the dot product: a long vector may speak louder than a short one. But it
          divides by √d, where d is how many values a vector has. More values mean more products to
          add, and sums that grow like √d for no better reason than that. The deck names this
          <strong>scaled dot product</strong> and gives no formula for it; here is what it does.
        </p>
      </div>
      ${this.renderScaled()}
    `;
  }

  private renderPlane() {
    const { a, b } = this.state;
    return html`
      <figure>
        <div class="auto-columns">
          <svg class="chart" viewBox=${frame.viewBox} role="group" aria-labelledby="plane">
            ${renderGrid()} ${renderProjection(a, b, this.hovered === 'shadow')}
            ${renderAngle(a, b, this.hovered === 'angle')}
            <g stroke="var(--query)" stroke-width="2.5">${planeLine(frame, [0, 0], a, '')}</g>
            <g stroke="var(--key)" stroke-width="2.5">${planeLine(frame, [0, 0], b, '')}</g>
            ${this.renderTip('b', 'key')} ${this.renderTip('a', 'query')}
          </svg>
          <div class="stack">
            ${this.renderMeasures()}
            ${this.slider('Length of A', norm(a), (length) => ({ a: stretched(a, length) }), { min: 0.1, max: 4, step: 0.1 })}
          </div>
        </div>
        <figcaption id="plane">${this.describePlane()}</figcaption>
        ${this.renderError()}
      </figure>
    `;
  }

  private renderTip(name: 'a' | 'b', role: string) {
    const at = this.state[name];
    const side = at[0] < 0 ? -1 : 1;
    return dragPoint({
      frame,
      at,
      label: `Vector ${name.toUpperCase()}`,
      drawing: svg`<circle class="role-fill ${role}" stroke="var(--paper)" stroke-width="1.5" r="6" />
        <text font-size="16" font-weight="600" x=${12 * side} y="-10" text-anchor=${side < 0 ? 'end' : 'start'}>${name.toUpperCase()}</text>`,
      move: (to) => this.patch({ [name]: to }, 'drag'),
      settle: () => this.lesson.endDrag(),
    });
  }

  private renderMeasures() {
    const { a, b } = this.state;
    const product = dot(a, b);
    const [A, B] = [a, b].map((vector) => vector.map((value) => texFactor(value, 2)));
    const lengths = [a, b].map((vector) => texDigits(norm(vector)));
    const isAngle = Number.isFinite(cosine(a, b));
    return html`
      <tex-formula
        .tex=${String.raw`\htmlClass{query}{a}\cdot \htmlClass{key}{b} = ${A[0]}\cdot ${B[0]} + ${A[1]}\cdot ${B[1]} = ${texDigits(product)}`}
      ></tex-formula>
      <tex-formula
        .tex=${
          isAngle
            ? String.raw`\cos = \frac{\htmlClass{query}{a}\cdot \htmlClass{key}{b}}{\lVert a\rVert\,\lVert b\rVert} = \frac{${texDigits(product)}}{${lengths[0]}\cdot ${lengths[1]}} = ${texDigits(cosine(a, b))}`
            : String.raw`\cos = \frac{${texDigits(product)}}{${lengths[0]}\cdot ${lengths[1]}}\quad\text{does not exist}`
        }
      ></tex-formula>
      <tex-formula
        .tex=${String.raw`\frac{\htmlClass{query}{a}\cdot \htmlClass{key}{b}}{\sqrt{d}} = \frac{${texDigits(product)}}{\sqrt{2}} = ${texDigits(scaledDot(a, b))}`}
      ></tex-formula>
    `;
  }

  private describePlane() {
    const { a, b } = this.state;
    const [lengthA, lengthB] = [norm(a), norm(b)];
    const product = dot(a, b);
    if (lengthA === 0 || lengthB === 0) {
      return `A is ${formatFixed(lengthA)} long and B ${formatFixed(lengthB)}. One without length points nowhere: there is no angle and no cosine, and the dot product is 0.`;
    }
    const angle = (Math.acos(Math.min(1, Math.max(-1, cosine(a, b)))) * 180) / Math.PI;
    const twice = scale(a, 2);
    return `A is ${formatFixed(lengthA)} long and B ${formatFixed(lengthB)}, with ${formatFixed(angle, 1)}° between them: dot product ${formatFixed(product)}, cosine ${formatFixed(cosine(a, b))}, scaled dot product ${formatFixed(scaledDot(a, b))}. With A twice as long the dot product would be ${formatFixed(dot(twice, b))} and the cosine still ${formatFixed(cosine(twice, b))}.`;
  }

  private renderScaled() {
    const { state } = this;
    return html`
      <figure>
        <div class="controls">
          ${this.slider('Values in a vector, d', state.headSize, (headSize) => ({ headSize }), { min: 1, max: 256, step: 0.1, logarithmic: true })}
        </div>
        <div class="auto-columns">
          ${renderScaledChart(state)}
          <div class="stack">
            ${renderScaledFormulas(state)}
            <p class="soft">
              The arrow is the softmax, which turns scores into shares: three sections on.
            </p>
          </div>
        </div>
        <figcaption id="scaled">${describeScaledScores(state)}</figcaption>
        ${claims.map(
          (claim) => html`<claim-table .claim=${claim} .lessonState=${state}></claim-table>`,
        )}
      </figure>
    `;
  }
}

function renderGrid() {
  const { left, right, bottom, top } = frame.range;
  const whole = (from: number, to: number) =>
    Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, i) => Math.ceil(from) + i);
  return svg`
    <g stroke="var(--edge)">
      ${whole(left, right).map((x) => planeLine(frame, [x, bottom], [x, top], x === 0 ? '' : 'line'))}
      ${whole(bottom, top).map((y) => planeLine(frame, [left, y], [right, y], y === 0 ? '' : 'line'))}
    </g>
  `;
}

/** B projected onto A: a·b is A's length times the projection's. */
function renderProjection(a: Vector, b: Vector, highlighted: boolean) {
  const square = dot(a, a);
  if (square === 0) return nothing;
  const foot = scale(a, dot(a, b) / square);
  return svg`
    <g stroke="var(--key)" stroke-dasharray="3 4">${planeLine(frame, b, foot, '')}</g>
    <g stroke="var(--key)" stroke-width="7" opacity=${highlighted ? 0.8 : 0.4}>
      ${planeLine(frame, [0, 0], foot, '')}
    </g>
  `;
}

function renderAngle(a: Vector, b: Vector, highlighted: boolean) {
  if (norm(a) === 0 || norm(b) === 0) return nothing;
  const radius = 0.55;
  const [from, to] = [a, b].map((one) => scale(one, radius / norm(one)));
  // The plane's y axis points up, that of the picture down.
  const sweep = a[0] * b[1] - a[1] * b[0] > 0 ? 0 : 1;
  const size = radius * frame.unit;
  return svg`<path fill="none" stroke=${highlighted ? 'var(--accent)' : 'var(--ink-soft)'} stroke-width=${highlighted ? 5 : 1.5} d="M ${frame.point(from)} A ${size} ${size} 0 0 ${sweep} ${frame.point(to)}" />`;
}

export const similaritySection: Section = {
  id: 'similarity',
  title: 'How alike are two vectors?',
  claims,
  fields: [
    vector('a', 'a', 2, 'two numbers, as in 2,-1'),
    vector('b', 'b', 2, 'two numbers, as in 2,-1'),
    whole('head-size', 'headSize', 1, 256),
  ],
};

/** Without a length it has no direction to keep. */
const stretched = (vector: Vector, length: number): Vector =>
  norm(vector) > 0 ? scale(vector, length / norm(vector)) : [length, 0];
