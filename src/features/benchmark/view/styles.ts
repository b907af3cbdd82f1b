import { css } from 'lit';

/** What several components of the benchmark share: paragraphs, and facts by name. */
export const factStyles = css`
  p {
    max-width: var(--measure);
    margin-top: var(--space-2);
  }

  .facts {
    grid-template-columns: var(--name-column, max-content) minmax(0, 1fr);
    row-gap: var(--space-2);
    margin-top: var(--space-4);
  }

  .title {
    font-weight: 500;
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
