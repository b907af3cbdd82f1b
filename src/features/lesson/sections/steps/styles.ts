import { css } from 'lit';

export const stepsStyles = css`
  .bar {
    position: sticky;
    z-index: 1;
    top: 0;
    padding: var(--space-2) 0;
    border-bottom: 1px solid var(--line);
    background: var(--paper);
  }

  .bar > * {
    flex-wrap: nowrap;
    gap: var(--space-1);
    min-width: 0;
    padding: 2px;
    overflow-x: auto;
  }

  .bar :is(legend, label, button) {
    flex: none;
    min-height: 1.75rem;
    padding: 0 var(--space-2);
    border: 0;
    line-height: 1.75rem;
  }

  .bar legend {
    float: left;
    padding-left: 0;
  }

  .bar label {
    color: inherit;
  }

  .bar label:hover {
    background: var(--surface);
  }

  .bar label:has(:checked) {
    background: color-mix(in oklab, var(--query) 16%, transparent);
    color: var(--query);
    font-weight: 600;
    text-decoration: underline 2px;
    text-underline-offset: 0.25em;
  }

  .bar button + button::before {
    content: '→';
    margin-right: var(--space-2);
    color: var(--edge);
    font-weight: 400;
  }

  .bar button:is(:hover, [aria-current]) {
    color: var(--ink);
  }

  .bar button[aria-current] {
    font-weight: 600;
  }

  @media (max-width: 30rem) {
    .bar button {
      padding: 0 var(--space-1);
    }

    .bar button + button::before {
      margin-right: var(--space-1);
    }
  }

  li {
    min-width: 0;
    scroll-margin-top: 6rem;
  }

  .count {
    display: inline-block;
    min-width: 1.5em;
  }

  .current :is(h4, .count) {
    color: var(--accent);
    font-weight: 600;
  }

  .paths {
    --column: 17.5rem;

    column-gap: var(--space-4);
  }

  /* The tables of the three projections stand on one line. */
  @media (min-width: 75rem) {
    .three {
      grid-template: repeat(4, auto) / repeat(3, minmax(0, 1fr));
    }

    .three > * {
      grid-row: span 4;
      grid-template-rows: subgrid;
    }
  }

  h5 {
    padding-left: var(--space-2);
    border-left: 3px solid var(--role-color, var(--line));
    font-size: var(--text);
  }
`;
