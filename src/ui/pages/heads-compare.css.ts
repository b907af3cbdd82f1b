import { css } from 'lit';

export const compareStyles = css`
  .against {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-4);
    align-items: end;
    margin-bottom: var(--space-4);
  }

  .against label {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .against select {
    width: auto;
    max-width: 16rem;
  }

  .against input[type='range'] {
    width: 12rem;
    min-height: 2.5rem;
    accent-color: var(--accent);
    vertical-align: middle;
  }

  .scale {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    margin-bottom: var(--space-4);
    font-size: var(--text-small);
  }

  .sides {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--space-5) var(--space-4);
  }

  .sides h3 {
    margin-bottom: var(--space-1);
  }

  .found dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 var(--space-4);
    margin: var(--space-3) 0;
  }

  .found dt {
    color: var(--ink-soft);
  }

  @media (max-width: 48rem) {
    .sides {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
