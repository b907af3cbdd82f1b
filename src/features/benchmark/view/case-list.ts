import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { caseName } from '../../../bench/case';
import { casesOf } from '../../../bench/presets';
import { defaultSettings, type Settings } from '../../../bench/settings';
import { shared } from '../../../ui/styles/shared';
import { describeCase } from '../model/captions';
import './shape-glyph';
import { factStyles } from './styles';

/** The cases that a run with these settings will measure, each drawn, named and described. */
@customElement('case-list')
export class CaseList extends LitElement {
  static override styles = [
    ...shared,
    factStyles,
    css`
      ol.grid {
        --column: 23rem;
        gap: var(--space-4) var(--space-5);
        margin-top: var(--space-5);
      }

      li {
        display: flex;
        gap: var(--space-4);
        align-items: center;
      }
    `,
  ];

  @property({ attribute: false }) settings: Settings = defaultSettings;

  override render() {
    const { cases, sized } = casesOf(this.settings);
    const { dtype } = this.settings;
    const one = cases.length === 1;
    return html`
      <h2>${one ? '1 case' : `${cases.length} cases`} to run</h2>
      <p class="soft">
        Every implementation is first checked against a float64 reference, then timed in turns with
        the others.
        ${sized ? 'Sequence lengths are scaled to your device to fit the time budget.' : ''}
      </p>
      <ol class="grid">
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
