import { css } from 'lit';

/** The heat map with what stands around it. */
export const outputStyles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-4);
    align-items: end;
  }

  .controls > div {
    flex: 1 1 9rem;
    max-width: 15rem;
  }

  label {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .state {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: center;
    justify-content: space-between;
    min-height: 2.25rem;
    margin: var(--space-2) 0;
    font-size: var(--text-small);
  }

  .picture {
    display: grid;
    grid-template-columns: minmax(0, max-content) minmax(0, 1fr);
    gap: 0 var(--space-2);
  }

  .rows,
  .columns {
    position: relative;
    color: var(--ink-soft);
    font-size: 0.75rem;
    line-height: 1;
  }

  /* Only gives the column its width: the names stand where their rows are. */
  .widest {
    display: block;
    max-width: 8rem;
    height: 0;
    /* Letters differ in width, and the most letters are not always the widest. */
    padding-right: 1.2em;
    box-sizing: content-box;
    overflow: hidden;
    white-space: pre;
  }

  .rows span.tick {
    position: absolute;
    right: 0;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: pre;
    transform: translateY(-50%);
    line-height: 1.2;
  }

  .columns {
    grid-column: 2;
    height: 1.25rem;
    margin-top: 0.375rem;
    font-family: var(--mono);
  }

  .columns .tick {
    position: absolute;
    transform: translateX(-50%);
  }

  .map {
    position: relative;
    cursor: crosshair;
  }

  .map:focus-visible {
    outline-offset: 3px;
  }

  canvas {
    display: block;
    width: 100%;
    height: 100%;
    image-rendering: pixelated;
  }

  .cursor {
    position: absolute;
    border: 2px solid var(--ink);
    outline: 1px solid var(--paper);
    pointer-events: none;
  }

  .axis {
    grid-column: 2;
    color: var(--ink-soft);
    font-size: 0.75rem;
  }

  .told {
    min-height: 1.5em;
    margin-top: var(--space-2);
    font-variant-numeric: tabular-nums;
  }

  .empty {
    padding: var(--space-5) 0;
    color: var(--ink-soft);
  }

  th,
  td {
    padding-right: var(--space-3);
    text-align: right;
    white-space: nowrap;
  }
`;
