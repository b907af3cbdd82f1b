import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { RovingFocus } from '../interaction/roving-focus';
import { UiElement } from '../element';

export interface Tab {
  readonly value: string;
  readonly label: string;
}

/**
 * Tabs over one panel: the page renders the selected view into the default slot.
 *
 * @fires {Event} change - read `value`.
 * @slot - the selected view.
 * @slot heading - content before the tabs.
 */
@customElement('ui-tabs')
export class UiTabs extends UiElement {
  static override styles = css`
    .head {
      column-gap: var(--space-5);
      margin-bottom: var(--space-4);
    }

    [role='tab'] {
      color: var(--ink-soft);
    }

    [role='tab'][aria-selected='true'] {
      background: var(--surface);
      color: var(--ink);
      font-weight: 550;
    }

    /* Four tabs fit in one line of a phone. */
    @media (max-width: 30rem) {
      [role='tablist'] {
        gap: 0;
      }

      [role='tab'] {
        padding-inline: var(--space-2);
        font-size: var(--text-small);
      }
    }
  `;

  /** Accessible name of the tab list. */
  @property() label = '';
  @property({ attribute: false }) tabs: readonly Tab[] = [];
  @property() value = '';
  /** Whether the panel is being updated. */
  @property({ type: Boolean }) busy = false;

  private readonly focusIn = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')],
    columns: () => Infinity,
    wraps: true,
    moved: (index) => this.choose(this.tabs[index].value),
  });

  override render() {
    const chosen = this.tabs.findIndex(({ value }) => value === this.value);
    this.focusIn.index = Math.max(0, chosen);
    return html`
      <div class="head row baseline between">
        <slot name="heading"></slot>
        <div
          class="row gap-1"
          role="tablist"
          aria-label=${this.label}
          @keydown=${this.focusIn.handleKey}
        >
          ${this.tabs.map(
            ({ value, label }, i) => html`
              <button
                type="button"
                class="flat"
                role="tab"
                id="tab-${value}"
                aria-selected=${i === chosen}
                aria-controls="panel"
                tabindex=${this.focusIn.tabIndex(i)}
                @click=${() => this.choose(value)}
              >
                ${label}
              </button>
            `,
          )}
        </div>
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${this.value}" aria-busy=${this.busy}>
        <slot></slot>
      </div>
    `;
  }

  private choose(value: string) {
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-tabs': UiTabs;
  }
}
