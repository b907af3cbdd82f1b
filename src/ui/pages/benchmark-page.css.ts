import { css } from 'lit';

export const pageStyles = css`
  :host {
    display: grid;
    gap: var(--space-6);
  }

  :host > * {
    min-width: 0;
  }

  .opening {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 17rem;
    gap: var(--space-6) 3.5rem;
    align-items: start;
  }

  .opening > * {
    grid-column: 1;
  }

  .opening > attention-glimpse {
    grid-row: 1 / span 3;
    grid-column: 2;
  }

  h1 {
    max-width: 17ch;
    margin: 0;
    font-size: var(--text-headline);
    font-weight: 300;
    line-height: 1.05;
    letter-spacing: -0.025em;
    text-wrap: balance;
  }

  .lede {
    max-width: var(--measure);
    margin-top: var(--space-5);
    color: var(--ink-soft);
    font-size: var(--text-large);
    text-wrap: pretty;
  }

  .results {
    display: grid;
    gap: var(--space-5);
    margin-top: var(--space-4);
  }

  .results > * {
    min-width: 0;
  }

  .outcome p {
    margin-top: var(--space-1);
  }

  .charts {
    display: grid;
    gap: var(--space-6);
    margin-top: var(--space-5);
  }

  ul {
    margin: var(--space-1) 0 0;
    padding-left: var(--space-4);
  }

  device-card,
  kernel-tuning {
    margin-top: var(--space-5);
  }

  @media (max-width: 60rem) {
    .opening {
      grid-template-columns: minmax(0, 1fr);
    }

    .opening > attention-glimpse {
      grid-row: auto;
      grid-column: 1;
    }
  }
`;
