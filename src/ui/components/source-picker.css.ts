import { css } from 'lit';

/** Kinds of sources in a row, and the fields of the one that is chosen. */
export const pickerStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-6);
    align-items: center;
  }

  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    margin-left: calc(-1 * var(--space-3));
  }

  .kinds label {
    position: relative;
    padding: var(--space-1) var(--space-3);
    border-radius: var(--radius);
    color: var(--ink-soft);
    cursor: pointer;
  }

  .kinds label:hover {
    color: var(--ink);
  }

  .kinds label:has(:checked) {
    background: var(--surface);
    color: var(--ink);
    font-weight: 550;
  }

  .kinds label:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }

  .kinds input {
    position: absolute;
    inset: 0;
    width: auto;
    height: auto;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .fields {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: center;
  }

  .field {
    display: flex;
    gap: var(--space-2);
    align-items: center;
  }

  .field label {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .field select {
    width: auto;
  }

  .field input[type='text'] {
    width: 5rem;
  }

  .field.wide {
    flex: 1 1 20rem;
    max-width: var(--measure);
  }

  .field.wide select {
    flex: 1;
    width: 100%;
  }

  .field.tall {
    display: block;
  }

  textarea {
    width: 100%;
    min-height: 4rem;
    padding: var(--space-2);
    border: 1px solid transparent;
    border-bottom-color: var(--edge);
    border-radius: var(--radius) var(--radius) 0 0;
    background: var(--surface);
    color: inherit;
    font: inherit;
    resize: vertical;
  }

  .drop {
    max-width: var(--measure);
    padding: var(--space-3) var(--space-4);
    border: 1px dashed var(--edge);
    border-radius: var(--radius);
  }

  .drop p {
    margin-top: var(--space-1);
  }

  input[type='file'] {
    max-width: 100%;
  }
`;
