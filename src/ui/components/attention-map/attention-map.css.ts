import { css } from 'lit';

/** The picture, the line above it, and where what is told stands: beside it, if there is room. */
export const mapStyles = css`
  :host {
    --map-zero: light-dark(#e3e4e0, #2a3038);
    container-type: inline-size;
  }

  :host([plain]) .bar,
  :host([plain]) .keys,
  :host([plain]) .table {
    display: none;
  }

  .status {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
    align-items: baseline;
    min-height: 1.5em;
    padding: var(--space-2) 0;
    font-size: var(--text-small);
  }

  .status .approximate {
    color: var(--caution);
  }

  .status .odd,
  .status .failed {
    color: var(--bad);
  }

  .status button {
    min-height: 1.75rem;
    font-size: var(--text-small);
  }

  .picture {
    position: relative;
    outline-offset: 0;
    cursor: crosshair;
    user-select: none;
  }

  canvas {
    display: block;
    width: 100%;
  }

  .probe {
    position: absolute;
    visibility: hidden;
    border: 0 solid;
    border-color: var(--line) var(--edge) var(--ink-soft) var(--accent);
    background: var(--paper);
    color: var(--ink);
    text-decoration-color: var(--map-zero);
  }

  @container (max-width: 55.99rem) {
    .body {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @container (min-width: 56rem) {
    .body {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 17rem;
      gap: var(--space-5);
    }
  }
`;
