import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emit } from '../../../../ui/emit';
import { valueByKey } from '../../../../ui/interaction/axis-handle';
import { drag } from '../../../../ui/interaction/drag';
import { UiElement } from '../../../../ui/element';
import { countWords } from '../../model/sentence';
import { wordsBefore } from './tasks';

/**
 * A row of words whose end can be dragged: words after it are left out, and come back when it is dragged the other
 * way. To keyboards and screen readers the end is a slider.
 *
 * @fires {CustomEvent<number>} length-slide the new number of words
 * @fires {CustomEvent} length-settle at the end of a drag
 */
@customElement('word-row')
export class WordRow extends UiElement {
  static override styles = css`
    :host {
      min-width: 0;
      overflow-wrap: anywhere;
    }

    .word {
      max-width: 100%;
      padding: var(--space-1) var(--space-3);
      border: 1px solid transparent;
      border-radius: var(--radius);
      background: var(--surface);
      font-size: 1.0625rem;
    }

    :host([highlighted]) .word:not(.left-out) {
      border-color: var(--accent);
      background: color-mix(in oklab, var(--accent) 14%, transparent);
    }

    .word.left-out {
      border: 1px dashed var(--edge);
      background: none;
      color: var(--ink-soft);
      text-decoration: line-through;
    }

    .end {
      display: grid;
      flex: none;
      place-items: center;
      width: 1.75rem;
      height: 2.25rem;
      border-radius: var(--radius);
      cursor: ew-resize;
    }

    .end::before {
      content: '';
      width: 0.3125rem;
      height: 1.75rem;
      border-radius: 0.2rem;
      background: var(--accent);
    }

    .end:hover {
      background: color-mix(in oklab, var(--accent) 14%, transparent);
    }
  `;

  /** All words, including those left out. */
  @property({ attribute: false }) words: readonly string[] = [];
  @property({ type: Number }) count = 0;
  /** What the row is: "The input". */
  @property() label = '';
  @property({ type: Boolean, reflect: true }) highlighted = false;

  override render() {
    const { words, count } = this;
    const tile = (word: string, i: number) =>
      html`<span class="word ${i < count ? '' : 'left-out'}">${word}</span>`;
    return html`
      <div class="row gap-2" role="group" aria-label=${this.label}>
        ${words.slice(0, count).map(tile)}
        <span
          class="end"
          role="slider"
          tabindex="0"
          aria-label="End of ${this.label.toLowerCase()}"
          aria-valuemin="1"
          aria-valuemax=${words.length}
          aria-valuenow=${count}
          aria-valuetext="${countWords(count)}, up to ${words[count - 1]}"
          title="Drag to leave words out, or to bring them back"
          @keydown=${this.handleKey}
          ${drag({ move: (event) => this.follow(event), end: () => emit(this, 'length-settle') })}
        ></span>
        ${words.slice(count).map((word, i) => tile(word, count + i))}
      </div>
    `;
  }

  private follow({ clientX, clientY }: PointerEvent) {
    const tiles = [...this.renderRoot.querySelectorAll('.word')];
    const boxes = tiles.map((tile) => tile.getBoundingClientRect());
    this.slide(wordsBefore(boxes, clientX, clientY));
  }

  private handleKey(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = valueByKey(event.key, this.count, 1, this.words.length, []);
    if (next === undefined) return;
    event.preventDefault();
    this.slide(next);
    emit(this, 'length-settle');
  }

  private slide(count: number) {
    if (count !== this.count) emit(this, 'length-slide', count);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'word-row': WordRow;
  }
  interface HTMLElementEventMap {
    'length-slide': CustomEvent<number>;
    'length-settle': CustomEvent;
  }
}
