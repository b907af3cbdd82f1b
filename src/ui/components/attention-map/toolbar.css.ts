import { css } from 'lit';

/** The toolbar: in one line where there is room, else in a grid of three. */
export const toolbarStyles = css`
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
    align-items: center;
    font-size: var(--text-small);
  }

  .buttons {
    display: inline-flex;
    gap: 1px;
  }

  .buttons button {
    border-radius: 0;
  }

  .buttons button:first-child {
    border-radius: var(--radius) 0 0 var(--radius);
  }

  .buttons button:last-child {
    border-radius: 0 var(--radius) var(--radius) 0;
  }

  .bar button,
  .bar select {
    min-height: 2rem;
    height: 2rem;
    font-size: var(--text-small);
    white-space: nowrap;
  }

  .choice,
  .tick {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
  }

  .choice > span {
    color: var(--ink-soft);
    white-space: nowrap;
  }

  .choice select {
    width: auto;
  }

  .menu {
    position: relative;
  }

  .menu > summary {
    padding: var(--space-1) 0;
    cursor: pointer;
  }

  .formats {
    position: absolute;
    z-index: 2;
    right: 0;
    display: grid;
    grid-template-columns: repeat(3, max-content);
    gap: var(--space-1);
    padding: var(--space-2);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--paper);
  }

  @container (max-width: 30rem) {
    .bar {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: var(--space-2);
    }

    .buttons {
      grid-column: span 2;
    }

    .buttons button {
      padding: 0 var(--space-2);
    }

    .menu {
      grid-area: 1 / 3;
      justify-self: end;
    }

    .choice {
      display: grid;
      gap: 0;
    }

    .choice select {
      width: 100%;
    }

    .tick {
      grid-column: 1 / -1;
    }
  }
`;
