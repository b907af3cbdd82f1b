import { css } from 'lit';

/** The form in three bands: what to measure, on which inputs, and who competes. */
export const controlStyles = css`
  form {
    display: grid;
    gap: var(--space-5);
  }

  label {
    font-size: var(--text-small);
    color: var(--ink-soft);
  }

  .preset {
    display: grid;
    grid-template-columns: minmax(14rem, 22rem) minmax(0, 1fr);
    gap: var(--space-1) var(--space-5);
    align-items: center;
  }

  .preset label {
    grid-column: 1 / -1;
    color: var(--ink);
    font-weight: 600;
  }

  .preset select {
    height: 2.75rem;
    font-size: var(--text-large);
  }

  .preset p {
    max-width: var(--measure);
  }

  .fields {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: var(--space-3);
    margin-top: var(--space-2);
  }

  .field {
    display: flex;
    flex-direction: column;
    gap: var(--space-1);
  }

  /* Its longest word is longer than a number; so the row is full where a window stands beside it. */
  .field:has(#mask) {
    grid-column: span 2;
  }

  .quiet input {
    color: var(--ink-soft);
  }

  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
    gap: var(--space-3) var(--space-5);
    margin-top: var(--space-2);
  }

  .choice {
    display: flex;
    gap: var(--space-2);
    align-items: baseline;
    color: var(--ink);
    cursor: pointer;
  }

  .choice input {
    position: relative;
    top: 0.15rem;
    flex: none;
  }

  .choice .name {
    display: block;
    font-size: var(--text);
  }

  .action {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-5);
    align-items: center;
  }

  /* Where the page is narrow, or the picture beside it leaves little room. */
  @media (max-width: 52rem), (min-width: 60rem) and (max-width: 72rem) {
    .fields {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }

  @media (max-width: 40rem) {
    .preset,
    .action {
      grid-template-columns: minmax(0, 1fr);
    }

    .field:has(#mask) {
      grid-column: auto;
    }

    .fields select {
      padding: 0;
      font-size: var(--text-small);
    }

    .fields {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }

    button.primary {
      width: 100%;
    }
  }
`;
