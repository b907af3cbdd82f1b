import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { caseName } from '../../../bench/case';
import { casesOf } from '../../../bench/presets';
import { defaultSettings, type Settings } from '../../../bench/settings';
import { UiElement } from '../../../ui/element';
import { describeCase } from '../model/captions';
import { caseTitle } from './shape-glyph';
import { factStyles } from './styles';

/** The cases that a run with these settings will measure, each drawn, named and described. */
@customElement('case-list')
export class CaseList extends UiElement {
  static override styles = [
    factStyles,
    css`
      ol {
        --column: 23rem;
        gap: var(--space-4) var(--space-5);
        align-items: stretch;
      }
    `,
  ];

  @property({ attribute: false }) settings: Settings = defaultSettings;

  override render() {
    const { cases, sized } = casesOf(this.settings);
    return html`
      <h2>${cases.length === 1 ? '1 case' : `${cases.length} cases`} to run</h2>
      <p class="soft">
        Every implementation is first checked against a float64 reference, then timed in turns with
        the others.
        ${sized ? 'Sequence lengths are scaled to your device to fit the time budget.' : ''}
      </p>
      <ol class="auto-columns plain-list mt-5">
        ${cases.map(
          (item) =>
            html`<li class="row one-line">
              ${caseTitle(item, caseName(item), describeCase(item))}
            </li>`,
        )}
      </ol>
    `;
  }
}
