import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { caseName } from '../../../bench/case';
import { casesOf } from '../../../bench/presets';
import { defaultSettings, type Settings } from '../../../bench/settings';
import { shared } from '../../../ui/styles/shared';
import { describeCase } from '../model/captions';
import './shape-glyph';

/** What a run with these settings will measure: each case drawn, named and described. */
@customElement('case-list')
export class CaseList extends LitElement {
  static override styles = [
    ...shared,
    css`
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 23rem), 1fr));
        gap: var(--space-4) var(--space-5);
        margin: var(--space-5) 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        gap: var(--space-4);
        align-items: center;
      }

      .title {
        display: block;
        font-weight: 500;
      }

      p {
        max-width: var(--measure);
        margin-top: var(--space-2);
      }
    `,
  ];

  @property({ attribute: false }) settings: Settings = defaultSettings;

  override render() {
    const { cases, sized } = casesOf(this.settings);
    const { dtype } = this.settings;
    const one = cases.length === 1;
    return html`
      <h2>${one ? 'One case' : `${cases.length} cases`} will run</h2>
      <p class="soft">
        Each contestant is checked against a float64 reference first, then timed in turns with the
        others.
        ${sized ? 'Lengths follow your device, so that the whole run keeps to its budget.' : ''}
      </p>
      <ol>
        ${cases.map(
          (item) => html`
            <li>
              <shape-glyph
                queries=${item.shape.queryLength}
                keys=${item.shape.keyLength}
                mask=${item.mask}
                window=${item.window ?? 0}
              ></shape-glyph>
              <span>
                <span class="title number">${caseName({ ...item, dtype })}</span>
                <span class="soft small">${describeCase({ ...item, dtype })}</span>
              </span>
            </li>
          `,
        )}
      </ol>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'case-list': CaseList;
  }
}
