import { css } from 'lit';

/** Native form fields, with notes and errors. */
export const fields = css`
  input,
  select,
  textarea {
    color: inherit;
    font: inherit;
  }

  input[type='text'],
  select,
  textarea {
    width: 100%;
    min-width: 0;
    height: 2.25rem;
    padding: 0 var(--space-2);
    border: 1px solid transparent;
    border-bottom-color: var(--edge);
    border-radius: var(--radius) var(--radius) 0 0;
    background: var(--surface);
  }

  textarea {
    height: auto;
    min-height: 4rem;
    padding: var(--space-2);
    resize: vertical;
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
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--accent);
  }

  :is(p, span).error {
    color: var(--bad);
    font-size: var(--text-small);
  }

  .note {
    color: var(--ink-soft);
    font-size: var(--text-small);
    text-wrap: pretty;
  }
`;

/** Host of one labelled field: the label above, or before it with `inline`; errors and notes below. */
export const fieldHost = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-1);
    min-width: 0;
  }

  :host([inline]) {
    display: flex;
    gap: var(--space-2);
    align-items: center;
  }

  :host([inline]) select {
    width: auto;
  }

  label {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }
`;
