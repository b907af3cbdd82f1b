import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
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

  path.query,
  path.key,
  path.value {
    stroke-width: 2;
  }

  path.query,
  path.key,
  path.value {
    stroke: var(--concept);
  }

  .lit path.query,
  .lit path.key,
  .lit path.value {
    opacity: 0.25;
  }

  .lit-query path.query,
  .lit-key path.key,
  .lit-value path.value,
  .lit-residual path.residual {
    stroke-width: 3.5;
    opacity: 1;
  }

  text {
    fill: var(--concept, var(--ink-soft));
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
    color: var(--ink-soft);
  }

  button.off {
    border-style: dashed;
    color: var(--ink-soft);
  }

  button[aria-pressed='true'] {
    border-color: var(--accent);
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .feet {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-5);
    width: ${DIAGRAM_WIDTH}px;
    margin: 0 auto;
    font-size: var(--text-small);
    line-height: 1.35;
    text-align: center;
  }

  .feet b {
    display: block;
    font-weight: 600;
  }
`;

const diagram = layoutDiagram();

/**
 * Encoder and decoder as the familiar diagram, read upwards. Each block is a button; arrow keys go through
 * them in order of computation.
 *
 * @fires {CustomEvent<string>} block-open
 */
@customElement('model-diagram')
export class ModelDiagram extends LitElement {
  static override styles = [...shared, forms, roleColors, modelDiagramStyles];

  /** The block that is opened. */
  @property() opened = '';
  @property({ type: Boolean }) positions = true;
  @property({ attribute: false }) source: readonly string[] = [];
  @property({ attribute: false }) target: readonly string[] = [];
  /** A concept, or "residual", whose paths are lit up. */
  @property() lit = '';

  override render() {
    const { width, height, boxes, arrows } = diagram;
    const lit = this.lit ? `lit lit-${this.lit}` : '';
    return html`
      <div
        class="drawing"
        ${styled({ height: `${height}px` })}
        role="toolbar"
        aria-orientation="vertical"
        aria-label="Blocks in order of computation: arrow keys go through them"
        @keydown=${this.press}
      >
        <svg class=${lit} width=${width} height=${height} aria-hidden="true">
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
      <div class="feet">
        <p><b>Encoder</b>${this.source.join(' ')}</p>
        <p><b>Decoder</b>${this.target.join(' ')}</p>
      </div>
    `;
  }

  private renderBox({ block, x, y, width, height }: BlockBox) {
    const { id, kind, label, tower } = block;
    const isOpen = id === this.opened;
    const isOff = id.endsWith('.input') && !this.positions;
    const place = { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
    return html`
      <button
        type="button"
        class=${classMap({ [kind]: true, off: isOff })}
        data-block=${id}
        ${styled(place)}
        tabindex=${isOpen ? 0 : -1}
        aria-pressed=${isOpen}
        @click=${() => this.open(id)}
      >
        <span class="visually-hidden">${tower}:</span> ${isOff ? 'No positions' : label}
      </button>
    `;
  }

  private readonly press = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = blocks.findIndex(({ id }) => id === this.opened);
    const next = blocks[at + by];
    if (!next) return;
    this.renderRoot.querySelector<HTMLElement>(`[data-block="${next.id}"]`)!.focus();
    this.open(next.id);
  };

  private open(id: string) {
    this.dispatchEvent(new CustomEvent('block-open', { detail: id }));
  }
}

function renderArrow({ path, concept, label }: DiagramArrow) {
  return svg`
    <g class=${concept}>
      <path class=${concept} d=${path} marker-end="url(#head)" />
      ${label ? svg`<text x=${label.x} y=${label.y}>${label.text}</text>` : ''}
    </g>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'model-diagram': ModelDiagram;
  }
}
