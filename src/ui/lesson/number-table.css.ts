import { css } from 'lit';

export const numberTableStyles = css`
  :host {
    --shade: var(--accent);

    min-width: 0;
    font-size: var(--text-small);
  }

  :host([concept='query']) {
    --shade: var(--query);
  }

  :host([concept='key']) {
    --shade: var(--key);
  }

  :host([concept='value']) {
    --shade: var(--value);
  }

  :host([concept='weight']) {
    --shade: var(--weight);
  }

  :host([concept='output']) {
    --shade: var(--output);
  }

  /* What is only spoken scrolls along, and does not widen the page. */
  .scroll {
    position: relative;
    overflow-x: auto;
  }

  table {
    border-collapse: collapse;
  }

  caption {
    padding-bottom: var(--space-1);
    font-weight: 600;
    text-align: left;
    white-space: nowrap;
  }

  button.csv {
    min-height: 1.5rem;
    margin-left: var(--space-2);
    padding: 0;
    background: none;
    color: var(--accent);
    font-weight: 400;
  }

  button.csv:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  th,
  thead td {
    padding: 0.15rem var(--space-2);
    color: var(--ink-soft);
    font-weight: 400;
    text-align: right;
    white-space: nowrap;
  }

  th[scope='row'] {
    padding-left: 0;
    text-align: left;
  }

  th.lit {
    color: var(--ink);
    font-weight: 600;
  }

  th.chosen {
    color: var(--query);
    font-weight: 600;
    text-decoration: underline 2px;
    text-underline-offset: 0.2em;
  }

  td.other {
    padding: 0.15rem var(--space-3) 0.15rem 0;
    color: var(--ink-soft);
    text-align: left;
    white-space: nowrap;
  }

  tbody td:where(:not(.other)) {
    min-width: 3.25rem;
    padding: 0.2rem var(--space-2);
    border: 1px solid var(--line);
    background: color-mix(in oklab, var(--shade) calc(var(--share) * 45%), transparent);
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    text-align: right;
  }

  tbody td[data-sign='below'] {
    background: color-mix(in oklab, var(--bad) calc(var(--share) * 40%), transparent);
  }

  td.lit {
    outline: 2px solid var(--shade);
    outline-offset: -2px;
  }

  /* A mark that is no colour: a corner cut off. */
  td.marked {
    background-image: linear-gradient(225deg, var(--bad) 0.4rem, transparent 0.4rem);
  }

  tbody td:has(input) {
    min-width: 0;
    padding: 0;
  }

  td input[type='text'] {
    width: 3.5rem;
    height: 1.8rem;
    border: 0;
    border-radius: 0;
    background: none;
    font-size: var(--text-small);
    text-align: right;
  }

  td input[type='text']:hover {
    background: var(--surface);
  }

  :host([compact]) {
    font-size: 0.75rem;
  }

  :host([compact]) th,
  :host([compact]) thead td {
    padding-right: 0.25rem;
    padding-left: 0.25rem;
  }

  :host([compact]) th[scope='row'] {
    padding-left: 0;
  }

  :host([compact]) tbody td:not(:has(input)) {
    min-width: 2.5rem;
    height: 1.6rem;
    padding: 0 0.15rem;
  }

  :host([compact]) td input[type='text'] {
    width: 2.75rem;
    height: 1.55rem;
    padding: 0 0.2rem;
    font-size: 0.75rem;
  }

  td:focus-visible,
  td input:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
`;
