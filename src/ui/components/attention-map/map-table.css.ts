import { css } from 'lit';

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
