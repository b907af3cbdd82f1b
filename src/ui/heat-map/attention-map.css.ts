import { css } from 'lit';
import { tables } from '../styles/tables';

/** Toolbar, status line, picture, panel and table. The panel is beside the picture if there is room, else around it. */
export const mapStyles = [
  tables,
  css`
    :host {
      --map-zero: light-dark(#e3e4e0, #2a3038);
      container-type: inline-size;
    }

    :host([plain]) :is(.bar, .keys, .table) {
      display: none;
    }

    .bar,
    .status,
    .panel,
    .table {
      font-size: var(--text-small);
    }

    :is(.bar, .panel, .status) button,
    .bar select {
      min-height: 2rem;
      height: 2rem;
      font-size: var(--text-small);
      white-space: nowrap;
    }

    .bar {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-3);
      align-items: center;
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
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-3);
      align-items: baseline;
      min-height: 1.5em;
      padding: var(--space-2) 0;
    }

    .status button {
      min-height: 1.75rem;
      height: auto;
    }

    .approximate {
      color: var(--caution);
    }

    .failed {
      color: var(--bad);
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
      display: block;
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

    /* Below the picture; the cell at the cursor is above it, in sight. */
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
      overflow-wrap: anywhere;
    }

    .value {
      font-size: var(--text);
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
    }

    .pins,
    .keys {
      padding-top: var(--space-3);
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

    ol {
      display: grid;
      gap: var(--space-1);
      margin: var(--space-2) 0 0;
      padding: 0 0 0 1.5rem;
    }

    .pins h3 .soft {
      font-weight: 400;
    }

    .panel li button {
      min-height: 0;
      height: auto;
      padding: 0.1rem 0.35rem;
      background: none;
      text-align: left;
    }

    li button:hover {
      background: var(--line);
    }

    li .number {
      display: block;
      padding-left: 0.35rem;
    }

    li .against button {
      color: var(--accent);
      font-family: var(--sans);
    }

    .table {
      --scroll-height: 26rem;

      padding-top: var(--space-3);
    }

    .table > summary,
    .menu > summary {
      padding: var(--space-1) 0;
    }

    caption {
      padding: var(--space-2) 0;
      color: var(--ink-soft);
      font-weight: 400;
    }

    th,
    td {
      padding: 0.1rem 0.5rem;
      text-align: right;
      white-space: nowrap;
    }

    th {
      font-weight: 500;
    }

    thead :is(th, td) {
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

      .pins,
      .keys {
        padding-top: 0;
      }
    }
  `,
];
