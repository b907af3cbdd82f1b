import { css } from 'lit';

/** Pictures of linear maps, and the ranking of heads. */
export const headsStyles = css`
  .plane .region polygon {
    stroke-width: 14;
  }

  .basis {
    --role-color: var(--accent);
  }

  .arrow line {
    stroke-width: 2.5;
  }

  .arrow.key line {
    stroke-width: 1.75;
  }

  .ghost {
    opacity: 0.28;
  }

  .presets span {
    flex: 0 0 6.5rem;
  }

  button[aria-pressed='true'] {
    box-shadow: inset 0 -2px var(--accent);
  }

  .ranking {
    grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
    gap: var(--space-3);
  }

  .ranking button {
    width: 100%;
    padding: var(--space-2);
    text-align: left;
  }

  .ranking button:not([aria-pressed='true']) {
    background: none;
  }

  .ranking .track {
    height: 0.5rem;
    background: var(--line);
  }

  .ranking i {
    background: var(--accent);
  }
`;
