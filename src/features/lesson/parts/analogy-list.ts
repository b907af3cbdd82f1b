import { css, html } from 'lit';

/** A point of an analogy, and whether it holds. */
export interface AnalogyPoint {
  readonly name: string;
  readonly holds: boolean;
  readonly why: string;
}

/** What an analogy carries over, and what it does not. */
export const analogyList = (items: readonly AnalogyPoint[]) => html`
  <ul class="carries stack plain-list">
    ${items.map(
      ({ name, holds, why }) => html`
        <li>
          <span class="badge ${holds ? 'on' : 'off'}">${name}</span>
          <span>${holds ? 'Carries over.' : 'Does not.'} ${why}</span>
        </li>
      `,
    )}
  </ul>
`;

export const analogyListStyles = css`
  .carries {
    max-width: 48rem;
  }

  .carries li {
    display: grid;
    grid-template-columns: minmax(0, 13rem) minmax(0, 1fr);
    gap: var(--space-1) var(--space-4);
    align-items: start;
    font-size: var(--text);
  }

  @media (max-width: 40rem) {
    .carries li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
