import { html, nothing } from 'lit';
import type { LessonState } from '../../../lessons/state';
import { digits } from '../digits';
import { remember } from '../remember';
import { drawSentenceRounds } from './round-charts';
import { sentenceRounds } from './rounds';

const follow = remember((x: LessonState['x'], temperature: number) =>
  sentenceRounds({ x, temperature }),
);

/** What a residual path does, and what it does not do by itself. */
export function renderResidual(state: LessonState) {
  const { plain, residual, own } = follow(state.x, state.temperature);
  const [at, last] = [3, plain.length - 1];
  return html`
    <div class="prose">
      <p>
        The words become one another: this is the collapse. Transformers add what was there before
        to what attention gives, and that <strong>residual path</strong> is often said to prevent
        it. Tick the box: with weights that stay the same it only makes the fall slower. The words
        grow longer together, and the share that is their own still fades.
      </p>
      <p>
        But in a model the weights do not stay the same: each layer computes its own, from the
        vectors that it is given. Then the residual path does what is said of it. Here the whole
        sentence attends to itself, with new scores in every round.
      </p>
    </div>
    <figure>
      ${drawSentenceRounds({ plain, residual, labelledBy: 'differences' })}
      <figcaption id="differences">
        How different the ${state.x.length} words are, of their size: ${digits(plain[0])} at first.
        Without a residual path ${digits(plain[at])} is left after ${at} rounds and
        ${digits(plain[last])} after ${last}; with one ${digits(residual[at])} and
        ${digits(residual[last])}.
        ${
          own > 0.99
            ? 'The vectors grow, and their products with themselves grow faster: the weights sharpen, until every word attends to itself alone and nothing draws together any more. '
            : nothing
        }
        In a model a normalisation keeps the vectors from growing, and learned matrices decide what
        attends to what; both are left out here.
      </figcaption>
    </figure>
  `;
}
