import { css } from 'lit';

/** A token of a list: its word, and what of it goes to the one that is looked at. */
export const tokenStyles = css`
  li {
    position: relative;
    height: var(--row);
  }

  li button.token {
    display: flex;
    position: relative;
    gap: var(--space-2);
    align-items: center;
    width: 100%;
    height: 100%;
    min-height: 0;
    padding: 0 var(--space-2);
    border-radius: 3px;
    background: none;
    line-height: 1;
    text-align: left;
  }

  .queries button.token {
    flex-direction: row-reverse;
    text-align: right;
  }

  li button.token:focus-visible {
    outline-offset: -2px;
  }

  li button.token:hover,
  li button.token.pointed {
    background: var(--surface);
  }

  .word {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: pre;
  }

  .value {
    color: var(--ink-soft);
    font-size: 0.75rem;
  }

  .keys .value {
    order: -1;
    min-width: 2.4rem;
    text-align: right;
  }

  .queries .value {
    order: 1;
  }

  li button.token[aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 550;
  }

  .keys button.token[aria-pressed='true'] {
    background: var(--series-3);
    color: var(--paper);
  }

  [aria-pressed='true'] .value {
    color: inherit;
  }

  .is-hidden .word {
    color: var(--ink-soft);
    text-decoration: line-through;
  }

  [aria-pressed='true'] .word {
    color: inherit;
  }

  .strange .word::after {
    content: ' NaN';
    color: var(--bad);
    font: 400 0.75rem var(--mono);
  }

  /* How much of the pointed token goes to this one, along the edge where the line arrives. */
  .bar {
    position: absolute;
    bottom: 0;
    height: 2px;
    background: var(--accent);
  }

  .keys .bar {
    left: 0;
  }

  .queries .bar {
    right: 0;
    background: var(--series-3);
  }

  li button.hide {
    position: absolute;
    top: 2px;
    right: 2px;
    min-height: 1.5rem;
    height: 1.5rem;
    padding: 0 var(--space-2);
    background: var(--line);
    font-size: 0.75rem;
    line-height: 1;
    opacity: 0;
  }

  li:hover button.hide,
  .is-hidden button.hide {
    opacity: 1;
  }

  @media (hover: none) {
    li:not(.is-hidden) button.hide {
      display: none;
    }
  }

  @media (max-width: 30rem) {
    .keys .value {
      min-width: 2.2rem;
    }
  }
`;
