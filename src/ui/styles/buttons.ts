import { css } from 'lit';

/** Buttons: default, `primary` (at most one a view), `quiet` (looks like a link), `flat` (an item of a list, or a tab). */
export const buttons = css`
  button {
    min-height: 2.25rem;
    padding: 0 var(--space-3);
    border: 1px solid transparent;
    border-radius: var(--radius);
    background: var(--surface);
    color: inherit;
    font: inherit;
    cursor: pointer;
    transition: background-color 120ms;
  }

  button:hover:not(:disabled) {
    background: var(--line);
  }

  button:disabled {
    color: var(--ink-soft);
    cursor: default;
  }

  button.primary {
    min-width: 9rem;
    min-height: 2.75rem;
    padding: 0 var(--space-5);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 550;
  }

  button.primary:hover:not(:disabled) {
    background: color-mix(in oklab, var(--accent) 88%, var(--ink));
  }

  button.primary.stop,
  button.primary.stop:hover {
    border-color: var(--edge);
    background: none;
    color: var(--ink);
  }

  button.flat {
    background: none;
    text-align: left;
  }

  button.quiet {
    min-height: 1.75rem;
    padding: 0;
    background: none;
    color: var(--accent);
    font-size: var(--text-small);
  }

  button.quiet:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
`;
