import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { emit } from '../../../ui/emit';
import { UiElement } from '../../../ui/element';

const SOUGHT_KIND = 'induction';

export const isPuzzle = ({ planted = [] }: { readonly planted?: readonly string[] }): boolean =>
  planted.length > 1 && planted.includes(SOUGHT_KIND);

/**
 * The puzzle of planted heads: find the one that completes patterns. With hints, a check of the selected head, and the
 * answers.
 *
 * @fires {CustomEvent<{ metric: string }>} hint-sort - sort the heads by this
 */
@customElement('head-puzzle')
export class HeadPuzzle extends UiElement {
  static override styles = css`
    .task {
      max-width: 62rem;
      font-size: var(--text-large);
      line-height: 1.45;
    }

    em {
      color: var(--ink);
    }

    .row {
      gap: 0 var(--space-5);
    }

    summary {
      color: var(--accent);
      line-height: 2.25rem;
    }

    .verdict:empty {
      display: none;
    }

    .right {
      color: var(--good);
    }

    ol {
      margin-top: 0;
      padding-left: 1.4em;
    }

    button.quiet {
      min-height: 0;
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
  `;

  /** What each head was constructed to do, and the heads' names. */
  @property({ attribute: false }) planted: readonly string[] = [];
  @property({ attribute: false }) names: readonly string[] = [];
  @property({ type: Number }) selected = 0;
  @state() private asked: number | null = null;

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('planted') || changed.has('selected')) this.asked = null;
  }

  override render() {
    if (!isPuzzle(this)) return nothing;
    return html`
      <p class="task measure soft">
        One of these heads completes patterns that it saw before: where a word comes again, it looks
        at what followed it the last time. Find this <em>induction head</em>.
      </p>
      <div class="row baseline mt-2">
        <span class="verdict" role="status">${this.verdict}</span>
        <button id="ask" type="button" @click=${() => (this.asked = this.selected)}>
          Is it ${this.names[this.selected]}?
        </button>
        ${this.renderHints()} ${this.renderAnswers()}
      </div>
    `;
  }

  private renderHints() {
    const sort = (metric: string, label: string) =>
      html`<button type="button" class="quiet" @click=${() => emit(this, 'hint-sort', { metric })}>
        ${label}
      </button>`;
    return html`
      <details>
        <summary class="small">Hints</summary>
        <ol class="measure small mb-3">
          <li>Its map has slanting lines away from the diagonal: passages that were copied.</li>
          <li>
            It looks far back, yet at few keys: sort the heads by ${sort('distance', 'distance')} or
            by ${sort('entropy', 'entropy')}.
          </li>
          <li>There is a number made for it: sort by ${sort('induction', 'induction')}.</li>
        </ol>
      </details>
    `;
  }

  private renderAnswers() {
    return html`
      <details id="answers">
        <summary class="small">Show what was planted</summary>
        <dl class="pairs close measure small mb-3">
          ${this.planted.map(
            (kind, i) => html`
              <dt>${this.names[i]}</dt>
              <dd class=${kind === SOUGHT_KIND ? 'strong' : ''}>${kind}</dd>
            `,
          )}
        </dl>
      </details>
    `;
  }

  private get verdict() {
    if (this.asked === null) return '';
    const name = this.names[this.asked];
    const kind = this.planted[this.asked];
    if (kind === SOUGHT_KIND)
      return html`<span class="right strong">Yes: ${name} is the induction head.</span>`;
    return `No: ${name} does something else.`;
  }
}

declare global {
  interface HTMLElementEventMap {
    'hint-sort': CustomEvent<{ readonly metric: string }>;
  }
}
