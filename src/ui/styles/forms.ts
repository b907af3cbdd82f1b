import { css } from 'lit';

/** Native controls in the house style: soft fields with one edge, one filled button a view. */
export const forms = css`
  input,
  select,
  button {
    font: inherit;
    color: inherit;
  }

  input[type='text'],
  select {
    width: 100%;
    min-width: 0;
    height: 2.25rem;
    padding: 0 var(--space-2);
    border: 1px solid transparent;
    border-bottom-color: var(--edge);
    border-radius: var(--radius) var(--radius) 0 0;
    background: var(--surface);
  }

  input[type='text'] {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
  }

  input[type='text']:hover,
  select:hover {
    border-bottom-color: var(--ink);
  }

  input[aria-invalid='true'] {
    border-bottom: 2px solid var(--bad);
  }

  input[type='checkbox'],
  input[type='radio'] {
    accent-color: var(--accent);
    width: 1rem;
    height: 1rem;
    margin: 0;
  }

  button {
    min-height: 2.25rem;
    padding: 0 var(--space-3);
    border: 1px solid transparent;
    border-radius: var(--radius);
    background: var(--surface);
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

  .error {
    color: var(--bad);
    font-size: var(--text-small);
  }
`;
