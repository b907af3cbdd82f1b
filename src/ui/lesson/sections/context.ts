import { html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Matrix, Vector } from '../../../lessons/matrix';
import { cellSentences, nearestTopic, placedWords } from '../../../lessons/plane';
import { MOST_WORDS } from '../../../lessons/words';
import { digits } from '../digits';
import { dragPoint } from '../drag-point';
import { Glide } from '../glide';
import { LessonSection } from '../lesson-section';
import { listOf } from '../list-of';
import '../number-table';
import type { TablePlace } from '../number-table';
import { chainOf, renderArrow } from '../plane/arrows';
import { renderChain } from '../plane/chain';
import { type Context, contextOf, firstPlaces } from '../plane/context';
import { planeStyles } from '../plane/plane.css';
import { renderSentence } from '../plane/sentence';
import { sentenceStyles } from '../plane/sentence.css';
import {
  labelPlaces,
  planeFrame,
  pointOf,
  renderAxes,
  renderLabel,
  renderRegions,
  topicLabels,
  topicMark,
} from '../plane/word-plane';
import '../tex-formula';
import { contextStyles } from '../plane/context.css';

/** Row 7 of the deck: the sentence moves the word *cell*, by a weighted sum of its words. */
@customElement('lesson-context')
export class LessonContext extends LessonSection {
  static override styles = [...LessonSection.styles, planeStyles, sentenceStyles, contextStyles];

  /** The word of the sentence that is pointed at; −1 for none. */
  @state() private place = -1;
  private readonly glide = new Glide(this);

  override render() {
    const context = contextOf(this.state);
    const name = context.names[context.mover];
    return html`
      <div class="prose">
        <p>
          Readers do not settle for a compromise: they look at the words around. So does attention.
          Each word of the sentence gets a ${this.handle('weight', 'weight')}, the larger the better
          its point goes with that of
          <em>cell</em>; the weights sum to 1. Then <em>cell</em> moves to the
          ${this.handle('output', 'weighted sum')} of the ${this.handle('value', 'points')} of all
          words.
        </p>
        <tex-formula
          .tex=${String.raw`\htmlClass{output}{\text{cell}'} = \sum_i \htmlClass{weight}{w_i}\, \htmlClass{value}{v_i}`}
          lit=${this.pointed}
        ></tex-formula>
        <p>
          Choose a sentence, and follow the arrows: each is a word’s point, made as short as its
          weight says, and laid where the one before it ends. Leave a word out and the others share
          its weight. Where the weights come from is the third chapter’s story.
        </p>
      </div>
      <figure>
        ${this.renderChoice()} ${this.renderWords(context)} ${this.renderTrouble()}
        <div class="beside">${this.renderPlane(context)} ${this.renderEnlarged(context)}</div>
        ${this.renderSum(context)}
        <div class="controls">
          <button type="button" ?disabled=${!this.isMoved} @click=${this.putBack}>
            Put all words back
          </button>
        </div>
        <details>
          <summary>The numbers behind the arrows</summary>
          ${this.renderTable(context)}
        </details>
        <figcaption id="caption">${this.caption(context, name)}</figcaption>
      </figure>
    `;
  }

  private get isMoved(): boolean {
    return Object.keys(this.state.moved).length > 0;
  }

  private renderChoice() {
    const { context } = this.state;
    return html`
      <fieldset class="sentences">
        <legend class="spoken">The sentence</legend>
        ${cellSentences.map(
          ({ text }) => html`
            <label>
              <input
                type="radio"
                name="context"
                .checked=${live(text === context)}
                @change=${() => this.read(text)}
              />${text}.
            </label>
          `,
        )}
        <label class="own"
          >Or type your own:
          <input
            id="own"
            type="text"
            autocomplete="off"
            spellcheck="false"
            .value=${live(context)}
            @change=${(event: Event) => this.read((event.target as HTMLInputElement).value)}
          />
        </label>
      </fieldset>
    `;
  }

  private renderWords({ names, all, mover }: Context) {
    const { without } = this.state;
    return renderSentence({
      label: 'Words of the sentence; press one to leave it out, or to take it back',
      words: names.map((text, i) => ({
        text,
        weight: all[mover].weights[i],
        isOut: without.includes(i),
        isPointed: i === this.place,
      })),
      pressed: (place) => !without.includes(place),
      press: (place) => this.toggle(place),
      point: (place) => (this.place = place),
    });
  }

  private renderPlane(context: Context) {
    const { words, names, all, mover } = context;
    const { moved, without } = this.state;
    const { arrows, point } = all[mover];
    const chain = this.chain(arrows).now;
    const shown = chain[MOST_WORDS - 1];
    const places = firstPlaces(context);
    const label = `${names[mover]}, in this sentence`;
    const labels = labelPlaces(
      planeFrame,
      [
        { text: label, at: point },
        ...places.map((i) => ({ text: words[i].word, at: words[i].point })),
      ],
      chain,
    );
    return svg`
      <svg class="plane" data-lit=${this.pointed} viewBox=${planeFrame.viewBox} role="group" aria-label="The sentence in the plane" aria-describedby="caption">
        ${renderAxes(planeFrame)}${renderRegions(planeFrame, moved)}
        ${this.renderLandmarks(words.map(({ word }) => word))}
        ${this.place < 0 ? nothing : renderArrow(planeFrame, [0, 0], words[this.place].point, 'whole')}
        ${renderArrow(planeFrame, words[mover].point, shown, 'output', 6)}
        ${arrows.map((_, i) =>
          without.includes(i)
            ? nothing
            : renderArrow(
                planeFrame,
                chain[i - 1] ?? [0, 0],
                chain[i],
                i === this.place ? 'part pointed' : 'part',
              ),
        )}
        ${places.map((i, n) => this.renderWord(context, i, labels[n + 1]))}
        <g class="moved" transform="translate(${planeFrame.x(shown[0])} ${planeFrame.y(shown[1])})">
          <circle r="7" />${renderLabel(label, labels[0])}
        </g>
      </svg>
    `;
  }

  /** Ends of the arrows, as they are drawn now and once all is still. */
  private chain(arrows: Matrix) {
    const still = chainOf(arrows, MOST_WORDS);
    return { now: this.glide.at(still), still };
  }

  private renderEnlarged({ names, all, mover }: Context) {
    const { without } = this.state;
    return html`
      <svg
        class="plane enlarged"
        data-lit=${this.pointed}
        viewBox="0 0 400 400"
        role="img"
        aria-label="The weighted sum, enlarged: arrows head to tail"
        aria-describedby="caption"
      >
        ${renderChain({
          names: names.map((name, i) => (without.includes(i) ? '' : name)),
          ...this.chain(all[mover].arrows),
          pointed: this.place,
          label: `${names[mover]}′`,
        })}
      </svg>
    `;
  }

  /** The sum with its numbers: its first terms and the last. */
  private renderSum({ names, words, all, mover }: Context) {
    const { weights, point } = all[mover];
    const { without } = this.state;
    const present = names.map((_, i) => i).filter((i) => !without.includes(i));
    const term = (i: number) =>
      String.raw`\htmlClass{weight}{${digits(weights[i])}}\,\htmlClass{value}{${texPair(words[i].point)}}`;
    const few = present.length > 3 ? [...present.slice(0, 2), -1, present.at(-1)!] : present;
    const terms = few.map((i) => (i < 0 ? String.raw`\dots` : term(i))).join(' + ') || '0';
    const name = String.raw`\text{${names[mover]}}'`;
    return html`<tex-formula
      .tex=${String.raw`\htmlClass{output}{${name}} = ${terms} = \htmlClass{output}{${texPair(point)}}`}
      lit=${this.pointed}
    ></tex-formula>`;
  }

  /** Words of the plane that are not in the sentence: marks alone. */
  private renderLandmarks(present: readonly string[]) {
    return placedWords
      .filter(({ word, topic }) => topic !== 'none' && !present.includes(word))
      .map((word) => {
        const [x, y] = pointOf(word, this.state.moved);
        return svg`<g class="landmark far ${word.topic}" transform="translate(${planeFrame.x(x)} ${planeFrame.y(y)})">
          ${topicMark(word.topic, 3)}
        </g>`;
      });
  }

  private renderWord({ words }: Context, i: number, label: ReturnType<typeof labelPlaces>[number]) {
    const { word, topic, point } = words[i];
    const isPointed = this.place >= 0 && words[this.place].word === word;
    return svg`<g class="word value ${topic} ${isPointed ? 'pointed' : ''}">
      ${dragPoint({
        frame: planeFrame,
        at: point,
        label: `The word ${word}`,
        drawing: svg`${topicMark(topic)}${renderLabel(word, label)}`,
        move: (at) => this.move(word, at),
        settle: () => this.lesson.drop(),
      })}
    </g>`;
  }

  private renderTable({ names, words, all, mover }: Context) {
    const { weights, arrows } = all[mover];
    return html`
      <number-table
        name="The sum for ${names[mover]}"
        corner="word"
        .rowNames=${names}
        .columnNames=${['weight', 'x', 'y', 'weight · x', 'weight · y']}
        .values=${words.map(({ point: v }, i) => [weights[i], v[0], v[1], ...arrows[i]])}
        .lit=${this.place < 0 ? null : { row: this.place }}
        @cell-point=${({ detail }: CustomEvent<TablePlace | null>) =>
          (this.place = detail?.row ?? -1)}
      ></number-table>
    `;
  }

  private caption(context: Context, name: string) {
    const { words, all, mover, unknown } = context;
    const { weights, point } = all[mover];
    const from = words[mover].point;
    const isEmpty = weights.every((weight) => weight === 0);
    const { without, temperature, moved } = this.state;
    const { names } = context;
    return html`
      ${
        isEmpty
          ? html`All words are left out: there is nothing to attend to, and the sum is 0.`
          : html`<em>${name}</em> moves from ${pair(from)} to ${pair(point)}, nearest to
              ${topicLabels[nearestTopic(point, moved)]}. ${this.sayWeights(context)}`
      }
      ${
        without.length > 0 && !isEmpty
          ? html`Left out: ${listOf(without.map((i) => names[i]))}.`
          : nothing
      }
      ${temperature === 1 ? nothing : html`The temperature is ${temperature}.`}
      ${
        unknown.length > 0
          ? html`The plane does not know ${listOf(unknown)}:
            ${unknown.length === 1 ? 'it has' : 'they have'} a made-up place near the middle, always
            the same. Drag ${unknown.length === 1 ? 'it' : 'them'} to where you think
            ${unknown.length === 1 ? 'it belongs' : 'they belong'}.`
          : html`All points may be dragged; their places are ours.`
      }
      ${this.place < 0 ? nothing : this.saySummand(context, this.place)}
    `;
  }

  private sayWeights({ names, all, mover }: Context) {
    const { weights } = all[mover];
    const present = names
      .map((_, i) => i)
      .filter((i) => !this.state.without.includes(i))
      .toSorted((a, b) => weights[a] - weights[b]);
    const [least, most] = [present[0], present[present.length - 1]];
    const isEven = weights[most] < 1.5 * weights[least];
    return html`Weights go from ${digits(weights[least])} for <em>${names[least]}</em> to
      ${digits(weights[most])} for <em>${names[most]}</em>${
        isEven ? ': near the middle a point has no favourites.' : '.'
      }`;
  }

  private saySummand({ names, words, all, mover }: Context, place: number) {
    const { weights, arrows } = all[mover];
    return html`<strong>${names[place]}</strong> adds ${digits(weights[place])} ·
      ${pair(words[place].point)} = ${pair(arrows[place])}.`;
  }

  private read(context: string) {
    if (context === this.state.context) return;
    this.place = -1;
    this.attempt(() => this.lesson.set({ context, without: [] }));
  }

  private toggle(place: number) {
    const { without } = this.state;
    const next = without.includes(place)
      ? without.filter((one) => one !== place)
      : [...without, place].toSorted((a, b) => a - b);
    this.lesson.set({ without: next });
  }

  private move(word: string, at: [number, number]) {
    this.attempt(() => this.lesson.set({ moved: { ...this.state.moved, [word]: at } }, 'drag'));
  }

  private readonly putBack = () => this.lesson.set({ moved: {} });
}

const texPair = (point: Vector): string => pair(point).replaceAll('−', '-');

const pair = ([x, y]: Vector): string => `(${digits(x, 2)}, ${digits(y, 2)})`;

declare global {
  interface HTMLElementTagNameMap {
    'lesson-context': LessonContext;
  }
}
