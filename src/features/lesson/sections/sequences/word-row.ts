import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../../../ui/styles/shared';
import { countWords, wordsBefore } from './tasks';

/**
 * A row of words whose end can be dragged: those behind it are left out, and come back when it is dragged
 * the other way. By keyboard the end is a slider.
 *
 * @fires {CustomEvent<number>} length-slide how many words are left
 * @fires {Event} length-settle
 */
@customElement('word-row')
export class WordRow extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        align-items: center;
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
        touch-action: none;
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
    `,
  ];

  /** All words that there are, those left out among them. */
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
      <div class="row" role="group" aria-label=${this.label}>
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
          @pointerdown=${this.grip}
          @pointermove=${this.follow}
          @pointerup=${this.settle}
          @pointercancel=${this.settle}
          @keydown=${this.press}
        ></span>
        ${words.slice(count).map((word, i) => tile(word, count + i))}
      </div>
    `;
  }

  private grip(event: PointerEvent) {
    event.preventDefault();
    const end = event.currentTarget as HTMLElement;
    end.setPointerCapture(event.pointerId);
    end.focus();
  }

  private follow(event: PointerEvent) {
    const end = event.currentTarget as HTMLElement;
    if (!end.hasPointerCapture(event.pointerId)) return;
    const tiles = [...this.renderRoot.querySelectorAll('.word')];
    const boxes = tiles.map((one) => one.getBoundingClientRect());
    this.tell(wordsBefore(boxes, event.clientX, event.clientY));
  }

  private press(event: KeyboardEvent) {
    const { count, words } = this;
    const next = {
      ArrowLeft: count - 1,
      ArrowDown: count - 1,
      ArrowRight: count + 1,
      ArrowUp: count + 1,
      Home: 1,
      End: words.length,
    }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.tell(next);
    this.settle();
  }

  private tell(count: number) {
    const detail = Math.min(this.words.length, Math.max(1, count));
    if (detail !== this.count) this.dispatchEvent(new CustomEvent('length-slide', { detail }));
  }

  private settle() {
    this.dispatchEvent(new Event('length-settle'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'word-row': WordRow;
  }
}
