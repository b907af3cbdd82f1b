import { css } from 'lit';

export const choiceStyles = css`
  p {
    max-width: var(--measure);
    margin-top: var(--space-2);
  }

  code {
    font-family: var(--mono);
  }

  dl {
    margin-top: var(--space-4);
  }

  dl > div {
    display: grid;
    grid-template-columns: minmax(11rem, max-content) minmax(0, 1fr);
    gap: 0 var(--space-5);
    padding: var(--space-2) 0;
  }

  dl > div + div {
    border-top: 1px solid var(--line);
  }

  dt {
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.75;
  }

  dt span {
    display: block;
  }

  strong {
    font-weight: 600;
  }

  .mark {
    margin-left: var(--space-2);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .aside {
    display: block;
    max-width: var(--measure);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
    align-items: center;
    min-height: 2.75rem;
    margin-top: var(--space-4);
  }

  .progress {
    display: grid;
    flex: 1 1 12rem;
    gap: var(--space-1);
    max-width: 24rem;
  }

  @media (max-width: 40rem) {
    dl > div {
      grid-template-columns: 1fr;
    }
  }
`;
