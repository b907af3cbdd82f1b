import { max } from 'd3-array';
import { css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { defaultSettings, type Settings } from '../../../bench/settings';
import { UiElement } from '../../../ui/element';

const TOKENS = 24;
const CELL = 10;
const SIZE = TOKENS * CELL;

/**
 * The attention weights of one head on a few tokens, as dots whose areas are the weights: computed from the settings, so
 * that it follows their seed, mask and distribution.
 */
@customElement('attention-preview')
export class AttentionPreview extends UiElement {
  static override styles = css`
    svg {
      aspect-ratio: 1;
    }

    @media (max-width: 60rem) {
      figure {
        display: grid;
        grid-template-columns: 9rem minmax(0, 17rem);
        gap: var(--space-4);
        align-items: end;
      }
    }
  `;

  @property({ attribute: false }) settings: Settings = defaultSettings;
  @state() private dots = '';

  override render() {
    return html`
      <figure>
        <svg viewBox="0 0 ${SIZE} ${SIZE}" aria-hidden="true">
          <path d=${this.dots} fill="var(--accent)" />
        </svg>
        <figcaption class="small soft mt-2">
          Live ${TOKENS} × ${TOKENS} attention map (seed ${this.settings.seed}). Rows: queries;
          columns: keys.
        </figcaption>
      </figure>
    `;
  }

  override async willUpdate(changed: PropertyValues) {
    const { settings } = this;
    if (!changed.has('settings')) return;
    const { firstHeadWeights } = await import('../model/preview');
    if (settings === this.settings) this.dots = dotsOf(firstHeadWeights(settings, TOKENS));
  }
}

/** One path for all dots, instead of hundreds of elements. */
function dotsOf(weights: Float64Array) {
  const largest = max(weights)!;
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
