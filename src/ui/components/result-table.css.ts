import { css } from 'lit';

export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }

  th,
  td {
    padding: var(--space-2) var(--space-4) var(--space-2) 0;
    text-align: left;
    vertical-align: baseline;
  }

  thead th {
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
    white-space: nowrap;
  }

  .right {
    text-align: right;
  }

  .number {
    white-space: nowrap;
  }

  .case th {
    padding: var(--space-5) 0 0;
    font-weight: 400;
  }

  .case div {
    display: flex;
    gap: var(--space-3);
    align-items: center;
    padding-bottom: var(--space-2);
    border-bottom: 1px solid var(--line);
  }

  .case + tr td {
    padding-top: var(--space-3);
  }

  .title {
    display: block;
    font-weight: 500;
  }

  .contestant {
    white-space: nowrap;
  }

  .fastest .contestant,
  .fastest .time {
    font-weight: 550;
  }

  .pending {
    color: var(--ink-soft);
  }

  .bar {
    display: block;
    width: 5rem;
    height: 3px;
    margin-left: auto;
    border-radius: 1.5px;
    background: var(--surface);
  }

  .share {
    color: var(--ink-soft);
    font: 400 var(--text-small) var(--sans);
  }

  .notes div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
  }

  .notes details[open] {
    flex-basis: 100%;
  }

  .notes {
    width: 30%;
    padding-right: 0;
    color: var(--ink-soft);
    font-size: var(--text-small);
    overflow-wrap: anywhere;
  }

  .wrong .notes p,
  .failed .notes p,
  .refused .notes p {
    color: var(--ink);
  }

  summary {
    width: max-content;
    cursor: pointer;
  }

  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 0 var(--space-3);
    padding: var(--space-1) 0 var(--space-2);
  }

  dd.number {
    color: var(--ink);
    white-space: normal;
  }

  @media (max-width: 60rem) {
    table,
    tbody,
    tr,
    td,
    .case th {
      display: block;
    }

    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    tr:not(.case) {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--space-2) var(--space-4);
      padding: var(--space-3) 0;
    }

    td,
    td.right,
    .case + tr td {
      padding: 0;
      text-align: left;
    }

    td.result {
      grid-area: 1 / 2;
    }

    td.empty {
      display: none;
    }

    td.notes {
      grid-column: 1 / -1;
      width: auto;
    }

    td:not(.contestant, .result, .notes)::before {
      content: attr(data-label);
      display: block;
      color: var(--ink-soft);
      font: 400 var(--text-small) / 1.4 var(--sans);
    }

    .bar {
      margin-left: 0;
    }
  }
`;
