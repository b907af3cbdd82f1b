import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { defaultSettings, type Settings } from '../../../bench/settings';
import { shared } from '../../../ui/styles/shared';

const TOKENS = 24;
const CELL = 10;
const SIZE = TOKENS * CELL;

/**
 * What is being measured, seen: the weights of one head on a few tokens, as dots whose areas are
 * the weights. It is computed from the settings, and follows their seed, mask and distribution.
 */
@customElement('attention-glimpse')
export class AttentionPreview extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        max-width: 17rem;
      }

      svg {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        fill: var(--accent);
      }

      figcaption {
        margin-top: var(--space-2);
      }

      @media (max-width: 60rem) {
        :host {
          max-width: none;
        }

        figure {
          display: grid;
          grid-template-columns: 9rem minmax(0, 17rem);
          gap: var(--space-4);
          align-items: end;
        }
      }
    `,
  ];

  @property({ attribute: false }) settings: Settings = defaultSettings;
  @state() private dots = '';

  override render() {
    return html`
      <figure>
        <svg viewBox="0 0 ${SIZE} ${SIZE}" aria-hidden="true"><path d=${this.dots} /></svg>
        <figcaption class="small soft">
          The first ${TOKENS} tokens of seed ${this.settings.seed}, among themselves: each dot is
          the weight that a query (down) gives a key (across), computed just now.
        </figcaption>
      </figure>
    `;
  }

  override willUpdate(changed: PropertyValues) {
    if (changed.has('settings')) void this.compute(this.settings);
  }

  private async compute(settings: Settings) {
    const { firstHeadWeights: glimpse } = await import('../model/preview');
    if (settings === this.settings) this.dots = dotsOf(glimpse(settings, TOKENS));
  }
}

/** One path for all the dots: an element each would be hundreds. */
function dotsOf(weights: Float64Array) {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const parts: string[] = [];
  weights.forEach((weight, i) => {
    const r = Math.sqrt(weight / largest) * CELL * 0.5;
    if (r < 0.1) return;
    const x = ((i % TOKENS) + 0.5) * CELL - r;
    const y = (Math.floor(i / TOKENS) + 0.5) * CELL;
    const arc = `a${r.toFixed(2)} ${r.toFixed(2)} 0 1 1`;
    parts.push(
      `M${x.toFixed(2)} ${y}${arc} ${(2 * r).toFixed(2)} 0${arc} ${(-2 * r).toFixed(2)} 0z`,
    );
  });
  return parts.join('');
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-glimpse': AttentionPreview;
  }
}
