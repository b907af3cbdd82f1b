import { css } from 'lit';

export const cipherDeskStyles = css`
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
  }

  legend,
  .beside label,
  .key-word {
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
  }

  fieldset label {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 2rem;
    cursor: pointer;
  }

  .by-hand {
    display: grid;
    gap: var(--space-4);
  }

  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  .rows {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-2) var(--space-3);
    align-items: baseline;
  }

  .name {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .letters {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
  }

  .letter,
  .alphabets span,
  .written span {
    display: grid;
    place-items: center;
    border-radius: 0.2rem;
    font-family: var(--mono);
    white-space: pre;
  }

  .letter {
    width: 1.375rem;
    height: 1.75rem;
    background: var(--surface);
  }

  .alphabets {
    display: grid;
    grid-template-columns: repeat(26, minmax(0, 1fr));
    max-width: 40rem;
    font-size: clamp(0.6875rem, 0.5rem + 0.8vw, 1rem);
  }

  .alphabets span:nth-child(-n + 26) {
    border-bottom: 1px solid var(--line);
    border-radius: 0.2rem 0.2rem 0 0;
  }

  .written {
    display: grid;
    gap: 2px;
    overflow-x: auto;
  }

  .written span {
    height: 1.75rem;
    background: var(--surface);
  }

  .letter.lit,
  .alphabets .lit,
  .written .lit {
    background: var(--accent);
    color: var(--on-accent);
  }
`;
