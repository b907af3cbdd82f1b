import { css } from 'lit';

/** Tables of words and numbers, and the box in which wide or long ones scroll. */
export const tables = css`
  .scroll {
    /* What is visually hidden scrolls along, and does not widen the page. */
    position: relative;
    max-height: var(--scroll-height, 20rem);
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
    vertical-align: baseline;
  }

  th {
    color: var(--ink-soft);
    font-weight: 400;
  }

  .number:is(td, th) {
    text-align: right;
    white-space: nowrap;
  }

  tr.current {
    background: var(--surface);
    font-weight: 550;
  }
`;
