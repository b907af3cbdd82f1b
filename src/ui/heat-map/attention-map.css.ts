import { css } from 'lit';

/** Toolbar, status line, picture, panel and table. The panel is beside the picture if there is room, else around it. */
export const mapStyles = css`
  :host {
    --map-zero: light-dark(#e3e4e0, #2a3038);
    container-type: inline-size;
    font-size: var(--text-small);
  }

  :host([plain]) :is(.bar, .keys, .table) {
    display: none;
  }

  button,
  ui-select::part(select) {
    min-height: 2rem;
    height: 2rem;
    font-size: var(--text-small);
    white-space: nowrap;
  }

  .bar {
    gap: var(--space-2) var(--space-3);
  }

  .buttons {
    display: inline-flex;
    gap: 1px;
  }

  .buttons button {
    border-radius: 0;
  }

  .buttons button:first-child {
    border-radius: var(--radius) 0 0 var(--radius);
  }

  .buttons button:last-child {
    border-radius: 0 var(--radius) var(--radius) 0;
  }

  .menu {
    position: relative;
  }

  .formats {
    position: absolute;
    z-index: 2;
    right: 0;
    display: grid;
    grid-template-columns: repeat(3, max-content);
    gap: var(--space-1);
    padding: var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
  }

  .status {
    gap: 0 var(--space-3);
    min-height: 1.5em;
    padding: var(--space-2) 0;
  }

  .approximate {
    color: var(--caution);
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }

  .picture {
    position: relative;
    outline-offset: 0;
    cursor: crosshair;
    user-select: none;
  }

  canvas {
    width: 100%;
  }

  /* Carries the theme's colours for readThemeColors. */
  .probe {
    position: absolute;
    visibility: hidden;
    border: 0 solid;
    border-color: var(--line) var(--edge) var(--ink-soft) var(--accent);
    background: var(--paper);
    color: var(--ink);
    text-decoration-color: var(--map-zero);
  }

  /* Below the picture, but the cell at the cursor above it, in sight. */
  .panel {
    display: contents;
  }

  .readout {
    order: -1;
    gap: 0 var(--space-4);
    align-content: start;
    min-height: 2.75rem;
    overflow-wrap: anywhere;
  }

  .value {
    font-size: var(--text);
  }

  .actions {
    gap: var(--space-2);
  }

  :is(.pins, .keys, .table) {
    padding-top: var(--space-3);
  }

  kbd {
    padding: 0 0.25em;
    border: 1px solid var(--line);
    border-radius: 0.2rem;
    font: 0.75rem var(--mono);
  }

  ol {
    margin: var(--space-2) 0 0;
    padding: 0 0 0 1.5rem;
  }

  li button {
    min-height: 0;
    height: auto;
    padding: 0.1rem 0.35rem;
  }

  li .number {
    display: block;
    padding-left: 0.35rem;
  }

  .against button {
    color: var(--accent);
    font-family: var(--sans);
  }

  summary {
    padding: var(--space-1) 0;
  }

  ui-data-table {
    font-size: var(--text-small);
  }

  ui-data-table::part(scroll) {
    max-height: 26rem;
  }

  @container (max-width: 30rem) {
    .bar {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: var(--space-2);
    }

    .buttons {
      grid-column: span 2;
    }

    .buttons button {
      padding: 0 var(--space-2);
    }

    .menu {
      grid-area: 1 / 3;
      justify-self: end;
    }

    ui-select {
      display: grid;
      gap: 0;
    }

    ui-select::part(select) {
      width: 100%;
    }

    .check {
      grid-column: 1 / -1;
    }

    .readout {
      min-height: 7.5rem;
    }
  }

  @container (min-width: 56rem) {
    .body {
      grid-template-columns: minmax(0, 1fr) 17rem;
      gap: var(--space-5);
    }

    .panel {
      display: grid;
      gap: var(--space-4);
      align-content: start;
      padding-top: 2rem;
    }

    .readout {
      display: block;
      min-height: 7rem;
    }

    .actions {
      margin-top: var(--space-2);
    }

    :is(.pins, .keys) {
      padding-top: 0;
    }
  }
`;
