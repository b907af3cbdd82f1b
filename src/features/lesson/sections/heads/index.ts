import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LessonSection, type Section } from '../../parts/section';
import './head-map';
import './head-mix';
import './head-ranking';
import './head-rotation';
import { rotateInPlanes, scoresUnderSharedMap, type PlaneMap } from '../../model/linear-map';
import { changeAnswer, type Question } from '../../model/questions';
import { type LessonState } from '../../model/state';
import { field, number, readMatrix, vector, writeMatrix, yesNo } from '../../model/link-fields';
import { fourHeads } from './separation';

const question: Question = {
  id: 'rotation',
  row: 9,
  ask: () =>
    'Queries and keys are both turned by 40 degrees. Does the largest score become less, stay the same or become more?',
  answer: (state) => changeAnswer(...maxScores(state)),
};

/** Before and after all queries and keys are rotated by 40°, in planes of two values each. */
function maxScores({ x, wq, wk }: LessonState): [before: number, after: number] {
  const rotation = rotateInPlanes(wq[0].length, (40 * Math.PI) / 180);
  const { before, after } = scoresUnderSharedMap(x, wq, wk, rotation);
  return [Math.max(...before.flat()), Math.max(...after.flat())];
}

/** Row 9 of the deck: several heads, each with a map of its own; which are worth having. */
@customElement('lesson-heads')
export class LessonHeads extends LessonSection {
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
      <lesson-head-map highlighted=${this.hovered} .lesson=${this.lesson}></lesson-head-map>
      <div class="prose">
        <p>
          Which head is the best? The one with “the best separation of clusters”, says the deck, and
          gives no measure. A usual one is above: how far the topics’ centres are
          ${this.term('between', 'from the middle of all')}, over how far words are
          ${this.term('within', 'from their topic’s centre')}, both as sums of squared distances.
        </p>
      </div>
      <lesson-head-ranking highlighted=${this.hovered} .lesson=${this.lesson}></lesson-head-ranking>
      <lesson-head-mix .lesson=${this.lesson}></lesson-head-mix>
      <div class="prose">
        <p>
          One of the four maps changed nothing, and a head has more ways to be idle than one. What
          happens to attention itself when its queries and its keys are turned?
        </p>
      </div>
      <predict-first .question=${question} .lessonState=${this.state}>
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
}

export const headsSection: Section = {
  id: 'heads',
  title: 'One head is not enough',
  question,
  fields: [
    field({
      name: 'map',
      key: 'map',
      read: (given) => {
        const matrix = readMatrix(given);
        const fits = matrix?.length === 2 && matrix[0].length === 2;
        return fits ? (matrix as unknown as PlaneMap) : undefined;
      },
      write: (map) => writeMatrix(map),
      allowed: 'a matrix of 2 × 2, as in 1,0;0,1',
    }),
    vector('mix', 'mix', fourHeads.length, `${fourHeads.length} numbers, one per head`),
    number('turn', 'rotation', -180, 180),
    yesNo('turn-keys', 'rotateKeys'),
  ],
};
