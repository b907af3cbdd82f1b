import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { UiElement } from '../../../ui/element';

const notes = [
  [
    'Correctness first',
    'Every result is compared with a float64 reference on the same inputs. Each element has its own error bound, derived from the rounding errors possible for its shape. Results outside the bound fail and are not ranked.',
  ],
  [
    'Interleaved timing',
    'After a warm-up, implementations are sampled in turns, so that thermal throttling and background load affect all of them alike. A sample repeats the call until it is much longer than the clock’s resolution.',
  ],
  [
    'Uncertainty',
    'A time is the median of its samples, with a confidence interval for the median: 95% from six samples on; with fewer, the table shows the actual confidence. Implementations with overlapping intervals are not ranked against each other.',
  ],
  [
    'How FLOPs are counted',
    'GFLOP/s counts the two matrix products: 2 · (D + E) operations for each score that the mask leaves visible, whatever a kernel computes. The roofline is made of measured peak FLOP/s and memory bandwidth.',
  ],
] as const;

/** The method of measurement, in four short paragraphs. */
@customElement('method-notes')
export class MethodNotes extends UiElement {
  override render() {
    return html`
      <h2>How it is measured</h2>
      <dl class="auto-columns mt-4">
        ${notes.map(
          ([name, text]) => html`
            <div>
              <dt class="strong">${name}</dt>
              <dd class="mt-1 soft">${text}</dd>
            </div>
          `,
        )}
      </dl>
    `;
  }
}
