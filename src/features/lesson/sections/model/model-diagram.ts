import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emit } from '../../../../ui/emit';
import { arrowStep } from '../../../../ui/interaction/roving-focus';
import { styled } from '../../../../ui/styled';
import { UiElement } from '../../../../ui/element';
import { roleColors } from '../../parts/styles';
import {
  blocks,
  BOX_HEIGHT,
  BOX_WIDTH,
  type BlockBox,
  DIAGRAM_WIDTH,
  layoutDiagram,
} from './blocks';

const modelDiagramStyles = css`
  :host {
    overflow-x: auto;
  }

  :is(.drawing, .sentences) {
    position: relative;
    width: ${DIAGRAM_WIDTH}px;
    margin: 0 auto;
  }

  svg {
    position: absolute;
    inset: 0;
  }

  button {
    position: absolute;
    width: ${BOX_WIDTH}px;
    min-height: 0;
    height: ${BOX_HEIGHT}px;
    padding: 0 var(--space-1);
    border-color: var(--edge);
    background: var(--paper);
    line-height: 1.2;
  }

  :is(.attention, .cross) {
    background: color-mix(in oklab, var(--weight) 14%, var(--paper));
  }

  .norm {
    background: var(--surface);
  }

  .off {
    border-style: dashed;
  }

  button[aria-pressed='true'] {
    border-color: var(--accent);
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .sentences {
    --column: 8rem;

    line-height: 1.35;
    text-align: center;
  }
`;

const diagram = layoutDiagram();

/**
 * The usual diagram of encoder and decoder, read upwards. Each block is a button; arrow keys move through them in
 * order of computation.
 *
 * @fires {CustomEvent<string>} block-open with the id of the block
 */
@customElement('model-diagram')
export class ModelDiagram extends UiElement {
  static override styles = [roleColors, modelDiagramStyles];

  /** Id of the block whose tensors are shown. */
  @property() opened = '';
  @property({ type: Boolean }) positions = true;
  /** The words that encoder and decoder read. */
  @property() source = '';
  @property() target = '';
  /** A role, or "residual", whose paths are highlighted. */
  @property() highlighted = '';

  override render() {
    const { height, boxes, arrows } = diagram;
    return html`
      <div
        class="drawing"
        ${styled({ height: `${height}px` })}
        role="toolbar"
        aria-orientation="vertical"
        aria-label="Blocks in order of computation: arrow keys go through them"
        @keydown=${this.handleKey}
      >
        <svg width=${DIAGRAM_WIDTH} height=${height} fill="none" aria-hidden="true">
          <marker
            id="head"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8Z" fill="context-stroke" />
          </marker>
          ${arrows.map(({ path, role, label }) => {
            const isHighlighted = role && role === this.highlighted;
            const isFaint = label && this.highlighted && !isHighlighted;
            return svg`<g class=${role} stroke="var(--role-color, var(--edge))">
              <path
                stroke-width=${isHighlighted ? 3.5 : label ? 2 : 1.5}
                opacity=${isFaint ? 0.25 : nothing}
                stroke-dasharray=${role === 'residual' ? '4 3' : nothing}
                marker-end="url(#head)"
                d=${path}
              />
              ${label ? svg`<text fill="var(--role-color, var(--ink-soft))" stroke="none" font-size="12" font-weight="600" x=${label.x} y=${label.y}>${label.text}</text>` : nothing}
            </g>`;
          })}
        </svg>
        ${boxes.map((box) => this.renderBox(box))}
      </div>
      <div class="sentences auto-columns small">
        <p><b>Encoder</b><br />${this.source}</p>
        <p><b>Decoder</b><br />${this.target}</p>
      </div>
    `;
  }

  private renderBox({ block, x, y }: BlockBox) {
    const { id, kind, label, tower } = block;
    const isOpen = id === this.opened;
    const isOff = id.endsWith('.input') && !this.positions;
    return html`
      <button
        type="button"
        class="small ${kind} ${isOff ? 'off' : ''} ${isOff || kind === 'norm' ? 'soft' : ''}"
        data-block=${id}
        ${styled({ left: `${x}px`, top: `${y}px` })}
        tabindex=${isOpen ? 0 : -1}
        aria-pressed=${isOpen}
        @click=${() => emit(this, 'block-open', id)}
      >
        <span class="visually-hidden">${tower}:</span> ${isOff ? 'No positions' : label}
      </button>
    `;
  }

  private readonly handleKey = (event: KeyboardEvent) => {
    const step = arrowStep(event);
    const index = blocks.findIndex(({ id }) => id === this.opened);
    // The diagram is read upwards.
    const next = step && blocks[index + step[0] - step[1]];
    if (!next) return;
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>(`[data-block="${next.id}"]`)!.focus();
    emit(this, 'block-open', next.id);
  };
}

declare global {
  interface HTMLElementEventMap {
    'block-open': CustomEvent<string>;
  }
}
