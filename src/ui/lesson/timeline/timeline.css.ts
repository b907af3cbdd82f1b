import { css } from 'lit';

export const timelineStyles = css`
  .milestones {
    display: grid;
    gap: var(--space-1);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .milestones li {
    display: grid;
    gap: var(--space-1);
    padding-left: var(--space-3);
    border-left: 3px solid var(--line);
  }

  .milestones li.current {
    border-left-color: var(--accent);
  }

  .milestones li p {
    padding-bottom: var(--space-2);
    font-size: var(--text);
  }

  .milestones button {
    display: grid;
    grid-template-columns: 4.75rem minmax(0, 1fr);
    align-items: baseline;
    padding: var(--space-1) 0;
    background: none;
    text-align: left;
  }

  .milestones b {
    font-weight: 500;
  }

  .milestones .current b {
    font-weight: 650;
  }

  .milestones .missing {
    margin-left: var(--space-2);
    color: var(--caution);
    font-size: var(--text-small);
    white-space: nowrap;
  }

  .scroll {
    overflow-x: auto;
    font-size: var(--text);
  }

  table {
    border-collapse: collapse;
  }

  caption {
    padding-bottom: var(--space-2);
    font-weight: 600;
    text-align: left;
  }

  th,
  td {
    padding: var(--space-1) var(--space-5) var(--space-1) 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
  }

  thead th {
    color: var(--ink-soft);
    font-weight: 400;
  }

  td.number {
    text-align: right;
  }

  .end {
    padding-top: var(--space-4);
    border-top: 2px solid var(--ink);
    font-size: var(--text-large);
  }
`;
