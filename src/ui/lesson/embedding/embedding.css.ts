import { css } from 'lit';

export const embeddingStyles = css`
  .lit {
    outline: 2px solid var(--accent);
    outline-offset: var(--space-2);
  }

  summary {
    width: max-content;
    cursor: pointer;
  }

  details number-table {
    margin-top: var(--space-3);
  }

  .cosines {
    display: grid;
    gap: var(--space-1);
  }

  .cosines .axis,
  .cosines button {
    display: grid;
    grid-template-columns: 6rem minmax(4rem, 1fr) 3.5rem;
    gap: var(--space-2);
    align-items: center;
    width: 100%;
    padding: 0 var(--space-2);
    text-align: left;
  }

  .cosines .axis {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .cosines .ends {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
  }

  .cosines .ends :last-child {
    text-align: right;
  }

  .cosines button {
    min-height: 2rem;
    background: none;
  }

  .cosines button:hover {
    background: var(--surface);
  }

  .cosines button[aria-pressed='true'] {
    background: var(--surface);
    box-shadow: inset 3px 0 var(--series-3);
  }

  .cosines .number {
    text-align: right;
  }

  .track {
    position: relative;
    height: 1rem;
    background:
      linear-gradient(var(--line), var(--line)) center / 1px 100% no-repeat,
      linear-gradient(var(--line), var(--line)) center / 100% 1px no-repeat;
  }

  .track > * {
    position: absolute;
  }

  .track .was,
  .track .now {
    top: 50%;
    width: 0.75rem;
    height: 0.75rem;
    border: 2px solid var(--series-3);
    border-radius: 50%;
    transform: translate(-50%, -50%);
  }

  .track .now {
    background: var(--series-3);
  }

  .track .way {
    top: calc(50% - 1px);
    height: 2px;
    background: var(--series-3);
  }
`;
