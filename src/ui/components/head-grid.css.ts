import { css } from 'lit';

/** The grid: its controls, and tiles in columns or in groups. */
export const gridStyles = css`
  :host {
    --tile: 6.5rem;
  }

  :host([few]) {
    --tile: 9rem;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-4);
    align-items: end;
  }

  .controls label:not(.check) {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .sort {
    flex: 0 1 13rem;
  }

  .filter {
    flex: 1 1 14rem;
    max-width: 24rem;
  }

  .check {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    height: 2.25rem;
  }

  .definition {
    max-width: var(--measure);
    min-height: 1.5em;
    margin-top: var(--space-2);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .state {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: center;
    min-height: 2.25rem;
    margin-top: var(--space-2);
    font-size: var(--text-small);
  }

  .state button {
    min-height: 1.75rem;
  }

  .legend {
    margin-left: auto;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(var(--tile), 40%), 1fr));
    gap: var(--space-4) var(--space-3);
  }

  [role='listbox'] {
    margin-top: var(--space-3);
  }

  /* Small groups stand side by side. */
  .groups {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-5) var(--space-6);
  }

  .group {
    flex: 0 1 calc(var(--members) * (var(--tile) + var(--space-3)) - var(--space-3));
    min-width: min(100%, 7rem);
  }

  .group .tiles {
    grid-template-columns: repeat(auto-fill, var(--tile));
  }

  .group > p {
    margin-bottom: var(--space-2);
    padding-bottom: var(--space-1);
    border-bottom: 1px solid var(--line);
    font-size: var(--text-small);
    font-weight: 600;
  }

  .group > p span {
    color: var(--ink-soft);
    font-weight: 400;
  }

  .none {
    padding: var(--space-5) 0;
    color: var(--ink-soft);
  }

  @media (max-width: 30rem) {
    .sort {
      flex: 1 1 10rem;
    }

    .filter {
      flex: 1 1 100%;
      max-width: none;
    }

    .legend {
      margin-left: 0;
    }
  }
`;
