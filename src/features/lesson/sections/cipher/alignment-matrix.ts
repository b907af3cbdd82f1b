import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emit } from '../../../../ui/emit';
import { RovingFocus } from '../../../../ui/interaction/roving-focus';
import { styled } from '../../../../ui/styled';
import { UiElement } from '../../../../ui/element';
import { lessonStyles } from '../../parts/styles';
import { type Alignment, describeSources } from './alignments';

const CELL = 20;
/** Width of a letter in view box units, rounded up. */
const LETTER_WIDTH = 7.5;

/**
 * Outputs × inputs, with a mark where one is made from the other. One output at a time is current, by pointer
 * or by arrow keys; its row and its columns are highlighted.
 *
 * @fires {CustomEvent<number>} output-point the index of the output
 */
@customElement('alignment-matrix')
export class AlignmentMatrix extends UiElement {
  static override styles = [
    lessonStyles,
    css`
      .output:focus-visible {
        outline: none;
      }

      .output:focus-visible .band {
        stroke: var(--accent);
        stroke-width: 2;
      }

      .highlighted .band,
      .band.highlighted {
        fill: color-mix(in oklab, var(--weight) 16%, transparent);
      }

      svg.weight .mark {
        stroke: var(--weight);
        stroke-width: 4;
      }

      svg.output .output text {
        fill: var(--output);
      }

      :is(svg.output .output, .highlighted) text,
      text.highlighted {
        font-weight: 650;
      }
    `,
  ];

  @property({ attribute: false }) alignment!: Alignment;
  /** Index of the current output; negative for none. */
  @property({ type: Number }) current = -1;
  /** The term hovered in the prose: "output" for the rows, "weight" for the marks. */
  @property() hovered = '';

  private readonly focusStop = new RovingFocus(this, {
    items: () => [...this.renderRoot.querySelectorAll<SVGElement>('.output')],
  });

  override render() {
    const { current } = this;
    const { title, matrix, outputs, inputs } = this.alignment;
    const isLetters = inputs.every((name) => [...name].length <= 1);
    const room = (names: readonly string[]) =>
      isLetters ? 18 : 10 + LETTER_WIDTH * Math.max(...names.map((name) => name.length));
    const [left, top] = [room(outputs), room(inputs)];
    const [width, height] = [left + inputs.length * CELL, top + outputs.length * CELL];
    // Shrinks where there is no room, and never grows beyond a pixel a unit.
    return html`
      <svg
        class=${this.hovered}
        font-family=${isLetters ? 'var(--mono)' : nothing}
        font-size="13"
        cursor="default"
        viewBox="0 0 ${width} ${height}"
        ${styled({ 'max-width': `${width}px` })}
        role="listbox"
        aria-label="${title}: what each comes from"
        @keydown=${this.focusStop.handleKey}
      >
        <g aria-hidden="true">
          ${inputs.map((name, column) => {
            const highlighted = (matrix[current]?.[column] ?? 0) > 0 ? 'highlighted' : '';
            const x = left + (column + 0.5) * CELL;
            return svg`
              <rect class="band ${highlighted}" fill="transparent" x=${x - CELL / 2} y="0" width=${CELL} height=${height} />
              <text
                class=${highlighted}
                transform=${isLetters ? `translate(${x} ${top - 6})` : `translate(${x + 4} ${top - 6}) rotate(-90)`}
                text-anchor=${isLetters ? 'middle' : 'start'}
              >${name}</text>
            `;
          })}
        </g>
        ${outputs.map((_, row) => this.renderOutput(row, left, top, width))}
        <g class="line" aria-hidden="true">
          ${Array.from({ length: inputs.length + 1 }, (_, i) => svg`<path d="M${left + i * CELL} ${top}V${height}" />`)}
          ${Array.from({ length: outputs.length + 1 }, (_, i) => svg`<path d="M${left} ${top + i * CELL}H${width}" />`)}
        </g>
      </svg>
    `;
  }

  private renderOutput(row: number, left: number, top: number, width: number) {
    const { alignment, focusStop } = this;
    const { matrix, outputs } = alignment;
    const y = top + row * CELL;
    const isCurrent = row === this.current;
    return svg`
      <g
        class="output ${isCurrent ? 'highlighted' : ''}"
        role="option"
        aria-selected=${isCurrent}
        aria-label=${describeSources(alignment, row)}
        tabindex=${focusStop.tabIndex(row, outputs.length)}
        @pointerenter=${() => emit(this, 'output-point', row)}
        @focus=${() => {
          focusStop.reach(row);
          emit(this, 'output-point', row);
        }}
      >
        <rect class="band" fill="transparent" x="0" y=${y} width=${width} height=${CELL} />
        <text x=${left - 7} y=${y + 14.5} text-anchor="end">${outputs[row]}</text>
        ${matrix[row].map((share, column) =>
          share > 0
            ? svg`<rect
                class="mark"
                fill="var(--weight)"
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
}

declare global {
  interface HTMLElementEventMap {
    'output-point': CustomEvent<number>;
  }
}
