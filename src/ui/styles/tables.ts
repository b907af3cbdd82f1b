import { css } from 'lit';

/** Data tables, the box in which long ones scroll, and the disclosure around them. */
export const tables = css`
  details {
    margin-top: var(--space-3);
    font-size: var(--text-small);
  }

  .scroll {
    /* Otherwise visually hidden text would not scroll along and would widen the page. */
    position: relative;
    max-height: 20rem;
    margin-top: var(--space-2);
    overflow: auto;
  }

  table {
    border-collapse: collapse;
  }

  caption {
    padding-bottom: var(--space-1);
    font-weight: 600;
    text-align: left;
  }

  th,
  td {
    padding: var(--space-1) var(--space-5) var(--space-1) 0;
    text-align: left;
  }

  th {
    color: var(--ink-soft);
    font-weight: 400;
  }

  .number:is(td, th) {
    text-align: right;
  }

  thead .number {
    font-family: inherit;
  }

  tr.current {
    font-weight: 550;
  }

  .dense :is(th, td) {
    padding: 0.1rem 0.5rem;
    text-align: right;
    white-space: nowrap;
  }

  .dense thead th {
    position: sticky;
    top: 0;
    background: var(--paper);
    box-shadow: inset 0 -1px var(--line);
  }

  .dense tbody th {
    position: sticky;
    left: 0;
    background: var(--paper);
  }
`;
