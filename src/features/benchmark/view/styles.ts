import { css } from 'lit';

/** What several components of the benchmark share: facts by name, grids of items, and remarks. */
export const factStyles = css`
  p {
    max-width: var(--measure);
    margin-top: var(--space-2);
  }

  .facts {
    display: grid;
    grid-template-columns: var(--columns, max-content minmax(0, 1fr));
    gap: var(--space-2) var(--space-5);
    margin-top: var(--space-4);
  }

  dt,
  .aside {
    max-width: var(--measure);
    color: var(--ink-soft);
  }

  .aside,
  .title {
    display: block;
  }

  .title {
    font-weight: 500;
  }

  /* As many columns as fit, each at least --column wide. */
  .grid {
    display: grid;
    grid-template-columns: repeat(var(--fit, auto-fill), minmax(min(100%, var(--column)), 1fr));
    margin: 0;
    padding: 0;
    list-style: none;
  }

  @media (max-width: 40rem) {
    .facts {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }

    .facts > dd:not(:last-child) {
      margin-bottom: var(--space-3);
    }
  }
`;
