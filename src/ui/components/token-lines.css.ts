import { css } from 'lit';

/** Two lists and the lines between them; what is drawn above, what is told below. */
export const lineStyles = css`
  :host {
    --row: 1.75rem;
    --most: min(36rem, 72vh);
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: center;
  }

  .mass {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-3);
    align-items: center;
  }

  .mass label {
    font-size: var(--text-small);
  }

  .mass output {
    font-size: var(--text-small);
  }

  input[type='range'] {
    width: 11rem;
    height: 1.75rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .said {
    min-height: 1.5em;
    margin: var(--space-1) 0 var(--space-3);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .board {
    display: grid;
    grid-template-columns: minmax(7rem, 13rem) minmax(4rem, 1fr) minmax(7rem, 13rem);
    grid-template-rows: auto minmax(0, 1fr);
  }

  h3 {
    padding: 0 var(--space-2) var(--space-1);
    color: var(--ink-soft);
    font-weight: 400;
  }

  .query-heading {
    text-align: right;
  }

  .key-heading {
    grid-column: 3;
  }

  ul {
    grid-row: 2;
    max-height: var(--most);
    margin: 0;
    padding: 0;
    overflow: hidden auto;
    list-style: none;
    scrollbar-width: thin;
  }

  .queries {
    grid-column: 1;
    direction: rtl;
  }

  .queries li {
    direction: ltr;
  }

  .keys {
    grid-column: 3;
  }

  .middle {
    position: relative;
    grid-area: 2 / 2;
    min-height: 0;
    overflow: hidden;
  }

  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    color: var(--accent);
    transition: opacity 120ms;
  }

  canvas.behind {
    opacity: 0.22;
  }

  canvas.of-keys {
    color: var(--series-3);
  }

  .below {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: start;
    justify-content: space-between;
    margin-top: var(--space-3);
  }

  /* Room for two lines, so that what is below stays where it is. */
  .told {
    flex: 1 1 24rem;
    min-height: 3em;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    font-size: var(--text-small);
  }

  .actions button {
    min-height: 2rem;
  }

  tr + tr td {
    border-top: 1px solid var(--line);
  }

  @media (max-width: 30rem) {
    .board {
      grid-template-columns: minmax(0, 7.5rem) minmax(4rem, 1fr) minmax(0, 7.5rem);
    }

    .mass {
      flex: 1 1 100%;
    }

    input[type='range'] {
      flex: 1;
      min-width: 8rem;
    }

    .told {
      min-height: 4.5em;
    }
  }
`;
