import { css } from 'lit';

export const sentenceStyles = css`
  .sentence {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .sentence button {
    display: grid;
    gap: 0.15rem;
    min-width: 3.75rem;
    padding: var(--space-1) var(--space-2);
    background: none;
    line-height: 1.3;
    text-align: left;
  }

  .sentence button:hover,
  .sentence button.pointed {
    background: var(--surface);
  }

  /* As long for every word: bars are compared. */
  .sentence .track {
    width: 3.25rem;
    height: 0.375rem;
    background: var(--line);
  }

  .sentence .bar {
    display: block;
    height: 100%;
    background: var(--weight);
  }

  /* What the prose points at. */
  figure[data-lit='weight'] .sentence .track {
    outline: 2px solid var(--weight);
    outline-offset: 1px;
  }

  .sentence .number {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .sentence .out .text {
    color: var(--ink-soft);
    text-decoration: line-through;
  }
`;
