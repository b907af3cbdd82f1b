import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { UiElement } from '../../../ui/element';
import type { KernelAnswer } from '../engine/kernels';

/** Which kernel computed a result, and its error against the float64 reference. */
@customElement('computed-by')
export class ComputedBy extends UiElement {
  static override styles = css`
    :host {
      color: var(--ink-soft);
      font-size: var(--text-small);
    }
  `;

  @property({ attribute: false }) answer: KernelAnswer | null = null;
  @property() error = '';
  /** Why there is no GPU. */
  @property() unavailable = '';

  override render() {
    const { answer, error } = this;
    if (error) return html`<span class="error strong" role="status">Not computed: ${error}</span>`;
    if (!answer) return html`<span>Computing on the GPU…</span>`;
    if (!answer.kernel) {
      return html`<span title=${this.unavailable || nothing}
        >Computed on the processor, in float64: there is no WebGPU here.</span
      >`;
    }
    const { check } = answer;
    const off = check.maxError === 0 ? 'exactly as' : 'within';
    const by = check.maxError === 0 ? '' : html`${scientific(check.maxError)} of`;
    return html`
      <span
        >Computed on the GPU by <span class="number">${answer.kernel}</span>, ${off} ${by} the
        float64 reference.</span
      >
      ${
        check.passed
          ? nothing
          : html`<span class="error strong" role="alert"
              >That is more than rounding can explain: this GPU or its driver computes
              wrongly.</span
            >`
      }
    `;
  }
}

/** 3 × 10⁻⁸ */
export function scientific(value: number) {
  const [mantissa, exponent] = value.toExponential(0).split('e');
  return html`${mantissa} × 10<sup>${exponent.replace('-', '−').replace('+', '')}</sup>`;
}
