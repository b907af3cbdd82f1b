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

/** The toolbar: in one line where there is room, else in a grid of three. */
export const toolbarStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
    align-items: center;
    font-size: var(--text-small);
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

  .bar button,
  .bar select {
    min-height: 2rem;
    height: 2rem;
    font-size: var(--text-small);
    white-space: nowrap;
  }

  .choice,
  .tick {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
  }

  .choice > span {
    color: var(--ink-soft);
    white-space: nowrap;
  }

  .choice select {
    width: auto;
  }

  .menu {
    position: relative;
  }

  .menu > summary {
    padding: var(--space-1) 0;
    cursor: pointer;
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

    .choice {
      display: grid;
      gap: 0;
    }

    .choice select {
      width: 100%;
    }

    .tick {
      grid-column: 1 / -1;
    }
  }
`;

/** What is told beside the picture, or around it where there is no room: the cell at the cursor, pins, keys. */
export const panelStyles = css`
  .panel button {
    min-height: 2rem;
    height: 2rem;
    font-size: var(--text-small);
    white-space: nowrap;
  }

  .panel {
    display: grid;
    gap: var(--space-4);
    align-content: start;
    padding-top: var(--space-3);
    font-size: var(--text-small);
  }

  .readout {
    min-height: 7rem;
    overflow-wrap: anywhere;
  }

  .readout .value {
    font-size: var(--text);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    align-items: center;
    margin-top: var(--space-2);
  }

  ol {
    display: grid;
    gap: var(--space-1);
    margin: var(--space-2) 0 0;
    padding: 0 0 0 1.5rem;
  }

  li button.plain,
  li button.drop {
    min-height: 0;
    height: auto;
    padding: 0.1rem 0.35rem;
    background: none;
    text-align: left;
  }

  li button.plain:hover,
  li button.drop:hover {
    background: var(--line);
  }

  li .number {
    display: block;
    padding-left: 0.35rem;
  }

  li .against button.plain {
    color: var(--accent);
    font-family: var(--sans);
  }

  .pins h3 .soft {
    font-weight: 400;
  }

  .keys {
    color: var(--ink-soft);
  }

  kbd {
    padding: 0 0.25em;
    border: 1px solid var(--line);
    border-radius: 0.2rem;
    font: 0.75rem var(--mono);
  }

  /* Below the picture, what is under the cursor goes above it: in sight. */
  @container (max-width: 55.99rem) {
    .panel {
      display: contents;
    }

    .readout {
      display: flex;
      flex-wrap: wrap;
      order: -1;
      gap: 0 var(--space-4);
      align-content: start;
      align-items: baseline;
      min-height: 2.75rem;
      font-size: var(--text-small);
    }

    .readout .actions {
      margin-top: 0;
    }

    .pins,
    .keys {
      padding-top: var(--space-3);
      font-size: var(--text-small);
    }
  }

  @container (max-width: 30rem) {
    .readout {
      min-height: 7.5rem;
    }
  }

  @container (min-width: 56rem) {
    .panel {
      padding-top: 2rem;
    }
  }
`;

/** The numbers behind the picture; their headers stay while they are scrolled. */
export const mapTableStyles = css`
  .table {
    padding-top: var(--space-3);
    font-size: var(--text-small);
  }

  .table > summary {
    padding: var(--space-1) 0;
    cursor: pointer;
  }

  .scroll {
    max-height: 26rem;
    overflow: auto;
  }

  table {
    border-collapse: collapse;
  }

  caption {
    padding: var(--space-2) 0;
    color: var(--ink-soft);
    text-align: left;
  }

  th,
  td {
    padding: 0.1rem 0.5rem;
    text-align: right;
    white-space: nowrap;
  }

  th {
    color: var(--ink-soft);
    font-weight: 500;
  }

  thead th,
  thead td {
    position: sticky;
    top: 0;
    background: var(--paper);
    box-shadow: inset 0 -1px var(--line);
  }

  tbody th {
    position: sticky;
    left: 0;
    background: var(--paper);
  }
`;
