import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { formatFixed } from '../../../numeric/format';
import { tables } from '../../../ui/styles/tables';
import { UiElement } from '../../../ui/element';
import type { Claim } from '../model/claims';
import { defaultLessonState, type LessonState } from '../model/state';

/** What the deck prints beside what is computed. What is wrong is for the learner to find, and shown on request. */
@customElement('claim-table')
export class ClaimTable extends UiElement {
  static override styles = [
    tables,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        font-size: var(--text);
      }

      td.differs {
        text-decoration: underline wavy var(--bad) 1px;
        text-underline-offset: 0.25em;
      }

      button {
        justify-self: start;
      }
    `,
  ];

  @property({ attribute: false }) claim!: Claim;
  @property({ attribute: false }) lessonState: LessonState = defaultLessonState;
  @property({ type: Number }) decimals = 3;
  @state() private isNoteShown = false;
  /** Whether it scrolls sideways: then it is focusable, so that keys can scroll it. */
  @state() private isWide = false;
  @query('.scroll') private scroller!: HTMLElement;
  /** Measures after layout; measuring at each update would force one. */
  private readonly resizeObserver = new ResizeObserver(() => {
    this.isWide = this.scroller.scrollWidth > this.scroller.clientWidth;
  });

  override firstUpdated() {
    this.resizeObserver.observe(this.scroller);
    this.resizeObserver.observe(this.scroller.querySelector('table')!);
  }

  override render() {
    const { claim, lessonState } = this;
    const { printed } = claim;
    const names = claim.names(lessonState);
    const computed = claim.computed(lessonState);
    const isOfOthers = printed && String(names) !== String(claim.names(defaultLessonState));
    return html`
      <div class="scroll" tabindex=${this.isWide ? 0 : nothing}>
        <table>
          <caption>
            ${claim.title}
          </caption>
          <thead>
            <tr>
              <td></td>
              ${names.map((name) => html`<th scope="col" class="number">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">As printed${isOfOthers ? ', of other words' : nothing}</th>
              ${
                printed
                  ? names.map(
                      (_, i) => html`<td class="number">${this.format(printed[i], true)}</td>`,
                    )
                  : html`<td colspan=${names.length} class="soft">no number</td>`
              }
            </tr>
            <tr>
              <th scope="row">Computed</th>
              ${computed.map((value, i) => this.renderComputed(value, printed?.[i]))}
            </tr>
          </tbody>
        </table>
      </div>
      ${
        this.isNoteShown
          ? html`<p role="status">${claim.note}</p>`
          : html`<button type="button" @click=${() => (this.isNoteShown = true)}>
              ${printed ? 'What happened here?' : 'Why this number?'}
            </button>`
      }
    `;
  }

  private renderComputed(value: number | string, printed: number | string | undefined) {
    const differs = this.isNoteShown && printed !== undefined && this.differs(value, printed);
    return html`<td class="number ${differs ? 'differs' : ''}">
      ${this.format(value, false, printed)}${differs ? html`<span class="visually-hidden">, not as printed</span>` : nothing}
    </td>`;
  }

  /** A printed number with two digits is right if those two are. */
  private differs(value: number | string, printed: number | string): boolean {
    if (typeof value === 'string' || typeof printed === 'string') return value !== printed;
    return Math.abs(value - printed) > 0.5001 * 10 ** -Math.min(decimalsOf(printed), 8);
  }

  /** Computed numbers have at least as many decimals as the printed one. */
  private format(
    value: number | string | undefined,
    asGiven = false,
    printed?: number | string,
  ): string {
    if (value === undefined) return '';
    if (typeof value === 'string') return value;
    if (Number.isInteger(value) || (asGiven && isAsTyped(value)))
      return String(value).replace('-', '−');
    return formatFixed(
      value,
      Math.max(this.decimals, isAsTyped(printed) ? decimalsOf(printed) : 0),
    );
  }
}

const decimalsOf = (value: number | string | undefined): number =>
  String(value).split('.')[1]?.length ?? 0;

/** Whether all of its digits were written down by hand. */
const isAsTyped = (value: number | string | undefined): boolean => String(value).length <= 12;
