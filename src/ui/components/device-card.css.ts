import { css } from 'lit';

export const cardStyles = css`
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-2) var(--space-5);
    margin-top: var(--space-4);
  }

  dt {
    color: var(--ink-soft);
  }

  dd {
    max-width: var(--measure);
    overflow-wrap: anywhere;
  }

  dd.wide {
    max-width: none;
  }

  .aside {
    display: block;
    color: var(--ink-soft);
  }

  summary {
    width: max-content;
    cursor: pointer;
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
    gap: var(--space-1) var(--space-6);
    margin: var(--space-2) 0 var(--space-3);
    padding: 0;
    list-style: none;
    font-size: var(--text-small);
  }

  ul.ceilings {
    grid-template-columns: minmax(0, 1fr);
    margin: 0;
    max-width: 32rem;
  }

  .ceilings .number {
    white-space: nowrap;
  }

  li {
    display: flex;
    gap: var(--space-3);
    justify-content: space-between;
  }

  p {
    max-width: var(--measure);
    margin-top: var(--space-3);
  }

  @media (max-width: 40rem) {
    dl {
      grid-template-columns: 1fr;
      gap: 0;
    }

    dd {
      margin-bottom: var(--space-3);
    }
  }
`;
