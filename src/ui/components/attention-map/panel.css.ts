import { css } from 'lit';

/** What is told beside the picture, or around it where there is no room: the cell at the cursor, pins, keys. */
export const panelStyles = css`
  .panel button {
    min-height: 2rem;
    height: 2rem;
    font-size: var(--text-small);
    white-space: nowrap;
  }

  .panel {
    display: grid;
    gap: var(--space-4);
    align-content: start;
    padding-top: var(--space-3);
    font-size: var(--text-small);
  }

  .readout {
    min-height: 7rem;
    overflow-wrap: anywhere;
  }

  .readout .value {
    font-size: var(--text);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    align-items: center;
    margin-top: var(--space-2);
  }

  ol {
    display: grid;
    gap: var(--space-1);
    margin: var(--space-2) 0 0;
    padding: 0 0 0 1.5rem;
  }

  li button.plain,
  li button.drop {
    min-height: 0;
    height: auto;
    padding: 0.1rem 0.35rem;
    background: none;
    text-align: left;
  }

  li button.plain:hover,
  li button.drop:hover {
    background: var(--line);
  }

  li .number {
    display: block;
    padding-left: 0.35rem;
  }

  li .against button.plain {
    color: var(--accent);
    font-family: var(--sans);
  }

  .pins h3 .soft {
    font-weight: 400;
  }

  .keys {
    color: var(--ink-soft);
  }

  kbd {
    padding: 0 0.25em;
    border: 1px solid var(--line);
    border-radius: 0.2rem;
    font: 0.75rem var(--mono);
  }

  /* Below the picture, what is under the cursor goes above it: in sight. */
  @container (max-width: 55.99rem) {
    .panel {
      display: contents;
    }

    .readout {
      display: flex;
      flex-wrap: wrap;
      order: -1;
      gap: 0 var(--space-4);
      align-content: start;
      align-items: baseline;
      min-height: 2.75rem;
      font-size: var(--text-small);
    }

    .readout .actions {
      margin-top: 0;
    }

    .pins,
    .keys {
      padding-top: var(--space-3);
      font-size: var(--text-small);
    }
  }

  @container (max-width: 30rem) {
    .readout {
      min-height: 7.5rem;
    }
  }

  @container (min-width: 56rem) {
    .panel {
      padding-top: 2rem;
    }
  }
`;
