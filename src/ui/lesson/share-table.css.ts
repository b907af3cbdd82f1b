import { css } from 'lit';

export const shareTableStyles = css`
  :host {
    min-width: 0;
    font-size: var(--text);
  }

  .scroll {
    position: relative;
    overflow-x: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }

  caption {
    padding-bottom: var(--space-2);
    font-weight: 600;
    text-align: left;
  }

  button.csv {
    min-height: 1.5rem;
    margin-left: var(--space-2);
    padding: 0;
    background: none;
    color: var(--accent);
    font-size: var(--text-small);
    font-weight: 400;
  }

  button.csv:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  th,
  td {
    padding: 0.2rem var(--space-3) 0.2rem 0;
    text-align: left;
    white-space: nowrap;
  }

  th {
    font-weight: 400;
  }

  thead th,
  thead td {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  td.number,
  th.number {
    width: 1%;
    text-align: right;
  }

  th[scope='row'] {
    width: 1%;
  }

  tbody tr.lit {
    background: color-mix(in oklab, var(--weight) 12%, transparent);
  }

  :host([pointed='score']) td.score {
    background: color-mix(in oklab, var(--score) 16%, transparent);
  }

  :host([pointed='weight']) td.share {
    background: color-mix(in oklab, var(--weight) 20%, transparent);
  }

  tbody tr.unseen :is(th, td.number) {
    color: var(--ink-soft);
  }

  tfoot :is(th, td) {
    padding-top: var(--space-2);
    border-top: 1px solid var(--line);
    color: var(--ink-soft);
  }

  td.share:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  /* The whole cell is a target for a finger. */
  td.box {
    width: 1.75rem;
    padding: 0;
  }

  td.box label {
    display: grid;
    place-items: center start;
    width: 1.75rem;
    height: 1.75rem;
    cursor: pointer;
  }

  td.dial {
    width: 7rem;
    min-width: 5.5rem;
  }

  td.dial input {
    display: block;
    width: 100%;
    height: 1.75rem;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }

  td.bar {
    width: auto;
    min-width: 5rem;
    padding-right: 0;
  }

  /* From 0 to 1 is where weights can be: a field of its own, with what lies outside beside it. */
  .track {
    position: relative;
    height: 1.1rem;
  }

  .track i {
    position: absolute;
    inset-block: 0;
    left: calc(var(--from) * 100%);
    width: calc((var(--to) - var(--from)) * 100%);
  }

  .track .field {
    border-radius: 2px;
    background: var(--surface);
  }

  .track .fill {
    border-radius: 2px;
    background: var(--weight);
  }

  .track .outside {
    background: repeating-linear-gradient(135deg, var(--bad) 0 4px, transparent 4px 7px);
  }

  @media (max-width: 30rem) {
    th,
    td {
      padding-right: var(--space-2);
    }

    td.dial {
      width: 4.5rem;
      min-width: 4rem;
    }

    td.bar {
      min-width: 3rem;
    }
  }
`;
