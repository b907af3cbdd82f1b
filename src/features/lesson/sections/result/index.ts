import { css, html, nothing, svg } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { button, checkbox } from '../../../../ui/controls/fields';
import { pairOf } from '../../model/scores';
import { texDigits } from '../../parts/arithmetic';
import { dragPoint, PlaneFrame, planeLine } from '../../parts/plane/frame';
import { LessonSection, type Section } from '../../parts/section';
import { renderPairRounds, renderResidual } from './round-charts';
import { MAX_ROUNDS, MIN_SHOWN_ROUNDS, pairShares, sharesByRound } from './iterated-attention';
import { type Claim, pairNames } from '../../model/claims';
import { numberAnswer, type Question } from '../../model/questions';
import { number, orNull, whole, yesNo } from '../../model/link-fields';

const claim: Claim = {
  row: 15,
  id: 'result',
  title: 'The result, after the rounds chosen',
  names: pairNames,
  printed: [0.42, 0.58],
  computed: (state) => pairShares(state.rounds, state)[state.rounds],
  note: 'The two are swapped: a word is most like itself, so .562 Prisoner + .438 Cell.',
};
// Shown here for one round; the rounds are chosen further down.
const shownClaim = { ...claim, title: 'The result' };

const question: Question = {
  id: 'collapse',
  row: 15,
  ask: (state) => {
    const [a, b] = pairOf(state).names;
    return `${a} and ${b} attend to themselves and each other, five times over. What share does ${a} keep of itself?`;
  },
  answer: (state) => numberAnswer(pairShares(5, state)[5][0], { difference: 0.03 }),
};

/** The mixtures of two words lie between them: the first word is at 0, the second at 1. */
const frame = new PlaneFrame({ left: -0.12, right: 1.12, bottom: -0.2, top: 0.2 }, 400);

const segmentStyles = css`
  svg.segment {
    max-width: 40rem;
  }
`;

@customElement('lesson-result')
export class LessonResult extends LessonSection {
  static override styles = segmentStyles;

  override render() {
    const { state } = this;
    const [name, other] = pairOf(state).names;
    return html`
      <div class="prose">
        <p>
          Now the shares do their work. Take the two words alone, as the deck does: ${name}’s new
          vector, its ${this.term('output', 'output')}, is so much of ${name} and so much of
          ${other}. A mixture by shares cannot leave the line between the two. As long as words give
          their own vectors, attention moves them towards one another, never beyond.
        </p>
        <p>
          Slide the point along. The deck prints its result with the numbers of the sections before;
          look where it lands.
        </p>
      </div>
      ${this.renderSegment()}
      <div class="prose">
        <h4>Again, and again</h4>
        <p>
          A model has many layers, one on top of the other. So take the two results and let them
          attend to each other again, with the same weights, and again.
        </p>
      </div>
      <predict-first .question=${question} .lessonState=${state}>
        ${this.renderRounds()} ${renderResidual(state)}
      </predict-first>
    `;
  }

  private renderSegment() {
    const { state } = this;
    const { names, scores, positions } = pairOf(state);
    const [computed] = pairShares(1, state, false)[1];
    const share = state.fixedShare ?? computed;
    const printed = shownClaim.printed as readonly number[];
    const isDeck = String(names) === 'Prisoner,Cell';
    const setShare = (share: number | null) => () => this.patch({ fixedShare: share });
    return html`
      <figure>
        <svg class="segment" viewBox=${frame.viewBox} role="group" aria-labelledby="mixture">
          <g stroke="var(--edge)" stroke-width="3" stroke-linecap="round">
            ${planeLine(frame, [0, 0], [1, 0], '')}
          </g>
          ${names.map(
            (name, i) => svg`
              <g transform=${frame.translate([i, 0])}>
                <circle fill="var(--ink)" r="4" />
                <text font-size="13" font-weight="600" y="28" text-anchor="middle">${name}</text>
              </g>`,
          )}
          ${isDeck ? renderTick(printed[0], 'printed', `printed ${formatFixed(printed[0], 2)}`) : nothing}
          ${renderTick(computed, 'computed', `computed ${formatFixed(computed)}`)}
          ${dragPoint({
            frame,
            at: [1 - share, 0],
            label: `The mixture of ${names[0]} and ${names[1]}`,
            step: 0.01,
            drawing: svg`<circle fill="var(--output)" stroke="var(--paper)" stroke-width="2" r=${this.hovered === 'output' ? 12 : 8} />`,
            move: ([x]) => {
              const fixedShare = Math.min(1, Math.max(0, Number((1 - x).toFixed(3))));
              this.patch({ fixedShare }, 'drag');
            },
            settle: () => this.lesson.endDrag(),
          })}
        </svg>
        <div class="controls">
          ${isDeck ? button('As printed', setShare(printed[0]), { id: 'as-printed' }) : nothing}
          ${button('As computed', setShare(null), { id: 'as-computed' })}
        </div>
        <figcaption id="mixture">
          ${formatFixed(share)} ${names[0]} + ${formatFixed(1 - share)} ${names[1]}.
          ${this.describeMixture(share, computed, scores, names)}
        </figcaption>
        ${
          positions[0] === positions[1]
            ? html`<p class="soft">The sentence has one word: it can only attend to itself.</p>`
            : html`<claim-table
                .claim=${shownClaim}
                .lessonState=${{ ...state, rounds: 1, residual: false }}
              ></claim-table>`
        }
      </figure>
    `;
  }

  private describeMixture(
    share: number,
    computed: number,
    [own]: readonly number[],
    [name, other]: readonly string[],
  ): string {
    if (Math.abs(share - computed) < 0.0005) return 'This is what attention gives.';
    if (share <= 0 || share >= 1) {
      return `No softmax gets here: it would take a score infinitely far from the other.`;
    }
    // The inverse of the softmax of two.
    const needed = own - this.state.temperature * Math.log(share / (1 - share));
    const text = `To land here ${name} would have to give ${other} a score of ${formatFixed(needed)}`;
    const more = `, more than the ${formatDecimal(own)} it gives itself`;
    return `${text}${needed > own ? more : ''}. Attention gives ${formatFixed(computed)} and ${formatFixed(1 - computed)}.`;
  }

  private renderRounds() {
    const { state } = this;
    const { names } = pairOf(state);
    const { rounds, residual } = state;
    const pairRounds = sharesByRound(state);
    const { shares, factor } = pairRounds;
    const share = shares[rounds];
    const ownShares = [1, 2, 5]
      .map((round) => `${formatFixed(shares[round])} after ${round}`)
      .join(', ');
    return html`
      <figure>
        <div class="controls">
          ${this.slider('Rounds', rounds, (rounds) => ({ rounds }), { id: 'rounds', min: 0, max: Math.max(MIN_SHOWN_ROUNDS, rounds), step: 1 })}
          ${checkbox('Add what was there before (a residual path)', residual, () => this.patch({ residual: !residual }), 'residual')}
        </div>
        ${renderPairRounds(state, pairRounds, names)}
        <figcaption id="again">
          ${
            rounds === 0
              ? html`Before the first round ${names[0]} is all ${names[0]}. `
              : html`After ${rounds} ${rounds === 1 ? 'round' : 'rounds'}
                ${residual ? 'with' : 'without'} a residual path ${names[0]} is
                ${formatFixed(share)} ${names[0]} and ${formatFixed(1 - share)} ${names[1]}. `
          }
          Its own share is ${ownShares} rounds: each leaves ${formatFixed(factor)} of the difference
          between the two.
        </figcaption>
        <tex-formula
          .tex=${String.raw`\tfrac12 + \tfrac12\cdot ${texDigits(factor)}^{${rounds}} = \htmlClass{output}{${texDigits(0.5 + 0.5 * factor ** rounds)}}`}
        ></tex-formula>
        ${this.renderError()}
      </figure>
    `;
  }
}

/** The printed share above the line, the computed one below: they may lie close. */
function renderTick(share: number, name: 'printed' | 'computed', words: string) {
  const isAbove = name === 'printed';
  return svg`
    <g transform=${frame.translate([1 - share, 0])}>
      <line stroke=${isAbove ? 'var(--bad)' : 'var(--output)'} stroke-width="1.5" stroke-dasharray=${isAbove ? '3 3' : nothing} y2=${isAbove ? -26 : 26} />
      <text class=${isAbove ? 'soft-fill' : 'role-fill output'} font-size="12" y=${isAbove ? -32 : 42} text-anchor="middle">${words}</text>
    </g>
  `;
}

export const resultSection: Section = {
  id: 'result',
  title: 'The result, and again, and again',
  claims: [claim],
  question,
  fields: [
    orNull(number('held', 'fixedShare', 0, 1, { allowed: 'a share from 0 to 1' }), 'computed'),
    whole('rounds', 'rounds', 0, MAX_ROUNDS),
    yesNo('residual', 'residual'),
  ],
};
