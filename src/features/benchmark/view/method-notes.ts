import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shared } from '../../../ui/styles/shared';

const notes = [
  [
    'Right before fast',
    'Each result is compared with attention computed in float64 from the same inputs. Every element has its own bound, derived from the rounding that its shape allows. What exceeds it is shown as wrong and never ranked.',
  ],
  [
    'Timed in turns',
    'Contestants warm up, then take turns, so that a warming chip or a busy moment touches all alike. A sample repeats the call until it is far longer than the clock’s smallest step.',
  ],
  [
    'With its doubt',
    'A time is the median of its samples, with an interval for that median: 95% from six samples on; with fewer, the table says how sure it is. Contestants whose intervals overlap are not told apart.',
  ],
  [
    'Counted alike',
    'GFLOP/s counts the two products, 2 · (D + E) operations for each score that the mask leaves visible, whatever a kernel really computes. Its ceiling is the most that small probes saw this machine do: multiply-adds, or bytes moved for as many.',
  ],
] as const;

/** How the numbers come about, in four short paragraphs. */
@customElement('method-notes')
export class MethodNotes extends LitElement {
  static override styles = [
    ...shared,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: var(--space-5);
        margin-top: var(--space-4);
      }

      dt {
        font-weight: 600;
      }

      dd {
        margin-top: var(--space-1);
        color: var(--ink-soft);
      }
    `,
  ];

  override render() {
    return html`
      <h2>How it is measured</h2>
      <dl>
        ${notes.map(
          ([name, text]) => html`
            <div>
              <dt>${name}</dt>
              <dd>${text}</dd>
            </div>
          `,
        )}
      </dl>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'method-notes': MethodNotes;
  }
}
