import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { emit } from '../../../../ui/emit';
import { arrowStep } from '../../../../ui/interaction/roving-focus';
import { styled } from '../../../../ui/styled';
import { forms } from '../../../../ui/styles/forms';
import { shared } from '../../../../ui/styles/shared';
import { roleColors } from '../../parts/styles';
import { DIAGRAM_WIDTH, blocks, type DiagramArrow, type BlockBox, layoutDiagram } from './blocks';

const modelDiagramStyles = css`
  :host {
    overflow-x: auto;
  }

  .drawing {
    position: relative;
    width: ${DIAGRAM_WIDTH}px;
    margin: 0 auto;
  }

  svg {
    position: absolute;
    inset: 0;
  }

  path {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
  }

  path.residual {
    stroke-dasharray: 4 3;
  }

  path:is(.query, .key, .value) {
    stroke: var(--role-color);
    stroke-width: 2;
  }

  [data-highlighted] path:is(.query, .key, .value) {
    opacity: 0.25;
  }

  [data-highlighted='query'] path.query,
  [data-highlighted='key'] path.key,
  [data-highlighted='value'] path.value,
  [data-highlighted='residual'] path.residual {
    stroke-width: 3.5;
    opacity: 1;
  }

  text {
    fill: var(--role-color, var(--ink-soft));
    font: 600 0.75rem var(--sans);
  }

  marker path {
    fill: context-stroke;
    stroke: none;
  }

  button {
    position: absolute;
    min-height: 0;
    padding: 0 var(--space-1);
    border: 1px solid var(--edge);
    background: var(--paper);
    font-size: var(--text-small);
    line-height: 1.2;
  }

  button.attention,
  button.cross {
    background: color-mix(in oklab, var(--weight) 14%, var(--paper));
  }

  button.norm {
    background: var(--surface);
  }

  button.off {
    border-style: dashed;
  }

  button:is(.norm, .off) {
    color: var(--ink-soft);
  }

  button[aria-pressed='true'] {
    border-color: var(--accent);
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .sentences {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-5);
    width: ${DIAGRAM_WIDTH}px;
    margin: 0 auto;
    font-size: var(--text-small);
    line-height: 1.35;
    text-align: center;
  }

  .sentences b {
    display: block;
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
export class ModelDiagram extends LitElement {
  static override styles = [...shared, forms, roleColors, modelDiagramStyles];

  /** Id of the block whose tensors are shown. */
  @property() opened = '';
  @property({ type: Boolean }) positions = true;
  @property({ attribute: false }) source: readonly string[] = [];
  @property({ attribute: false }) target: readonly string[] = [];
  /** A role, or "residual", whose paths are highlighted. */
  @property() highlighted = '';

  override render() {
    const { width, height, boxes, arrows } = diagram;
    return html`
      <div
        class="drawing"
        ${styled({ height: `${height}px` })}
        role="toolbar"
        aria-orientation="vertical"
        aria-label="Blocks in order of computation: arrow keys go through them"
        @keydown=${this.handleKey}
      >
        <svg
          data-highlighted=${this.highlighted || nothing}
          width=${width}
          height=${height}
          aria-hidden="true"
        >
          <defs>
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
              <path d="M0 0 8 4 0 8Z" />
            </marker>
          </defs>
          ${arrows.map(renderArrow)}
        </svg>
        ${boxes.map((box) => this.renderBox(box))}
      </div>
      <div class="sentences">
        <p><b>Encoder</b>${this.source.join(' ')}</p>
        <p><b>Decoder</b>${this.target.join(' ')}</p>
      </div>
    `;
  }

  private renderBox({ block, x, y, width, height }: BlockBox) {
    const { id, kind, label, tower } = block;
    const isOpen = id === this.opened;
    const isOff = id.endsWith('.input') && !this.positions;
    const bounds = { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
    return html`
      <button
        type="button"
        class=${classMap({ [kind]: true, off: isOff })}
        data-block=${id}
        ${styled(bounds)}
        tabindex=${isOpen ? 0 : -1}
        aria-pressed=${isOpen}
        @click=${() => this.open(id)}
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
    this.open(next.id);
  };

  private open(id: string) {
    emit(this, 'block-open', id);
  }
}

function renderArrow({ path, role, label }: DiagramArrow) {
  return svg`
    <g class=${role}>
      <path class=${role} d=${path} marker-end="url(#head)" />
      ${label ? svg`<text x=${label.x} y=${label.y}>${label.text}</text>` : ''}
    </g>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'model-diagram': ModelDiagram;
  }
  interface HTMLElementEventMap {
    'block-open': CustomEvent<string>;
  }
}
