import { css } from 'lit';

/** The table behind a picture, on request: rows of words and numbers that scroll. */
export const disclosedTable = css`
  details {
    margin-top: var(--space-3);
    font-size: var(--text-small);
  }

  summary {
    width: max-content;
    cursor: pointer;
  }

  .scroll {
    max-height: 20rem;
    margin-top: var(--space-2);
    overflow: auto;
  }

  table {
    border-collapse: collapse;
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

  td.number,
  th.number {
    text-align: right;
  }
`;
