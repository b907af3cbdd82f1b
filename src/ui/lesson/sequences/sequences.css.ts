import { css } from 'lit';

export const sequencesStyles = css`
  .tasks {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
    gap: var(--space-3);
  }

  .task {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--line);
    background: none;
    text-align: left;
  }

  .task[aria-pressed='true'] {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .task b {
    font-weight: 600;
  }

  .dots {
    display: flex;
    flex-wrap: wrap;
    gap: 3px;
  }

  .dots i {
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 2px;
    background: var(--series-4);
  }

  .dots + .dots i {
    background: var(--output);
  }

  .side {
    display: grid;
    gap: var(--space-3);
  }

  .side label {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .side input[type='text'] {
    height: 3rem;
    font-family: var(--sans);
    font-size: clamp(1.125rem, 0.9rem + 1vw, 1.5rem);
  }

  .between {
    display: flex;
    gap: var(--space-3);
    align-items: center;
    color: var(--ink-soft);
  }

  .between svg {
    flex: none;
    width: 1rem;
  }
`;
