import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { questions } from '../../model/questions';
import '../../parts/predict-first';
import { LessonSection } from '../../parts/section';
import './head-map';
import './head-mix';
import './head-ranking';
import './head-rotation';

const rotation = questions.find(({ id }) => id === 'rotation')!;

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
      <lesson-head-map lit=${this.hovered} .lesson=${this.lesson}></lesson-head-map>
      <div class="prose">
        <p>
          Which head is the best? The one with “the best separation of clusters”, says the deck, and
          gives no measure. A usual one is above: how far the topics’ centres are
          ${this.term('between', 'from the middle of all')}, over how far words are
          ${this.term('within', 'from their topic’s centre')}, both as sums of squared distances.
        </p>
      </div>
      <lesson-head-ranking lit=${this.hovered} .lesson=${this.lesson}></lesson-head-ranking>
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
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-heads': LessonHeads;
  }
}
