import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styled } from '../../../../ui/styled';
import { shared } from '../../../../ui/styles/shared';
import type { Matrix } from '../../model/matrix';
import { roleColors } from '../../parts/styles';
import { describeSources } from './alignments';

const CELL = 20;
/** Of a letter, in units of the view box: a little more than it needs. */
const LETTER = 7.5;

/**
 * Outputs × inputs, a mark where one is made from the other. One output at a time is pointed at, by pointer
 * or by arrow keys, and its row and columns light up.
 *
 * @fires {CustomEvent<number>} output-point the place of the output
 */
@customElement('alignment-matrix')
export class AlignmentMatrix extends LitElement {
  static override styles = [
    ...shared,
    roleColors,
    css`
      svg {
        display: block;
        width: 100%;
        height: auto;
        overflow: visible;
      }

      text {
        fill: var(--ink);
        font-family: var(--sans);
        font-size: 13px;
      }

      .letters text {
        font-family: var(--mono);
      }

      .grid {
        stroke: var(--line);
        stroke-width: 1;
      }

      .mark {
        fill: var(--weight);
      }

      .band {
        fill: transparent;
      }

      .output {
        cursor: default;
      }

      .output:focus-visible {
        outline: none;
      }

      .output:focus-visible .band {
        stroke: var(--accent);
        stroke-width: 2;
      }

      .lit .band,
      .band.lit {
        fill: color-mix(in oklab, var(--weight) 16%, transparent);
      }

      svg.weight .mark {
        stroke: var(--weight);
        stroke-width: 4;
      }

      svg.output .output text {
        fill: var(--output);
        font-weight: 650;
      }

      .lit text,
      text.lit {
        font-weight: 650;
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) matrix: Matrix = [];
  @property({ attribute: false }) outputs: readonly string[] = [];
  @property({ attribute: false }) inputs: readonly string[] = [];
  /** The output that is pointed at from outside, below 0 for none. */
  @property({ type: Number }) at = -1;
  /** What the prose points at: "output" for the rows, "weight" for the marks. */
  @property() pointed = '';
  @state() private active = 0;

  override render() {
    const { matrix, outputs, inputs, at } = this;
    if (matrix.length === 0) return nothing;
    const isLetters = inputs.every((name) => [...name].length <= 1);
    const room = (names: readonly string[]) =>
      isLetters ? 18 : 10 + LETTER * Math.max(...names.map((name) => name.length));
    const [left, top] = [room(outputs), room(inputs)];
    const [width, height] = [left + inputs.length * CELL, top + outputs.length * CELL];
    // Text is never larger than it is drawn, and only smaller where there is no room.
    return html`
      <svg
        class="${isLetters ? 'letters' : ''} ${this.pointed}"
        viewBox="0 0 ${width} ${height}"
        ${styled({ 'max-width': `${width}px` })}
        role="listbox"
        aria-label=${this.label}
        @keydown=${this.press}
      >
        <g aria-hidden="true">
          ${inputs.map((name, column) => {
            const lit = (matrix[at]?.[column] ?? 0) > 0;
            const x = left + (column + 0.5) * CELL;
            return svg`
              <rect class="band ${lit ? 'lit' : ''}" x=${x - CELL / 2} y="0" width=${CELL} height=${height} />
              <text
                class=${lit ? 'lit' : ''}
                transform=${isLetters ? `translate(${x} ${top - 6})` : `translate(${x + 4} ${top - 6}) rotate(-90)`}
                text-anchor=${isLetters ? 'middle' : 'start'}
              >${name}</text>
            `;
          })}
        </g>
        ${outputs.map((_, row) => this.renderOutput(row, left, top, width))}
        <g class="grid" aria-hidden="true">
          ${Array.from({ length: inputs.length + 1 }, (_, i) => svg`<path d="M${left + i * CELL} ${top}V${height}" />`)}
          ${Array.from({ length: outputs.length + 1 }, (_, i) => svg`<path d="M${left} ${top + i * CELL}H${width}" />`)}
        </g>
      </svg>
    `;
  }

  private renderOutput(row: number, left: number, top: number, width: number) {
    const { matrix, outputs, inputs, at } = this;
    const y = top + row * CELL;
    const isLit = row === at;
    return svg`
      <g
        class="output ${isLit ? 'lit' : ''}"
        role="option"
        aria-selected=${isLit}
        aria-label=${describeSources(matrix, outputs, inputs, row)}
        tabindex=${row === Math.min(this.active, outputs.length - 1) ? 0 : -1}
        @pointerenter=${() => this.point(row)}
        @focus=${() => this.reach(row)}
      >
        <rect class="band" x="0" y=${y} width=${width} height=${CELL} />
        <text x=${left - 7} y=${y + 14.5} text-anchor="end">${outputs[row]}</text>
        ${matrix[row].map((share, column) =>
          share > 0
            ? svg`<rect
                class="mark"
                x=${left + column * CELL + 3}
                y=${y + 3}
                width=${CELL - 6}
                height=${CELL - 6}
                rx="3"
                fill-opacity=${0.25 + 0.75 * share}
              />`
            : nothing,
        )}
      </g>
    `;
  }

  private reach(row: number) {
    this.active = row;
    this.point(row);
  }

  private point(detail: number) {
    this.dispatchEvent(new CustomEvent('output-point', { detail }));
  }

  private press(event: KeyboardEvent) {
    const last = this.outputs.length - 1;
    const at = Math.min(this.active, last);
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: last }[event.key];
    if (next === undefined || event.altKey || next < 0 || next > last) return;
    event.preventDefault();
    this.renderRoot.querySelectorAll<SVGElement>('.output')[next].focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'alignment-matrix': AlignmentMatrix;
  }
}
