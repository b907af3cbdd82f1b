import { css } from 'lit';

export const controlStyles = css`
  .controls {
    display: grid;
    grid-template-columns: minmax(12rem, 1.4fr) minmax(15rem, 1.5fr) minmax(11rem, 1fr) auto auto;
    gap: var(--space-4) var(--space-5);
    align-items: start;
  }

  .control {
    display: grid;
    gap: var(--space-1);
    min-width: 0;
  }

  .control > label,
  .label {
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.4;
  }

  .line {
    display: flex;
    gap: var(--space-3);
    align-items: center;
    min-height: 2.25rem;
  }

  input[type='range'] {
    flex: 1;
    min-width: 5rem;
    height: 1.5rem;
    margin: 0;
    accent-color: var(--accent);
  }

  input[type='text'].short {
    flex: none;
    width: 4.25rem;
  }

  .line select {
    flex: 1 1 8rem;
    width: auto;
  }

  .mask {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--space-3);
    align-items: start;
  }

  .mask modifier-drawing {
    width: 3.9rem;
    margin-top: 0.15rem;
    outline: 1px solid var(--line);
  }

  .numbers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
  }

  .numbers label {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .check {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 2.25rem;
    white-space: nowrap;
  }

  .note {
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.4;
  }

  @media (max-width: 72rem) {
    .controls {
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    }
  }
`;
