import { css } from 'lit';

/** A head's tile: its map, what stands below it, and whether it is selected or compared. */
export const tileStyles = css`
  [role='option'] {
    position: relative;
    min-width: 0;
    padding: 3px;
    border-radius: var(--radius);
    cursor: pointer;
  }

  [role='option']:focus-visible {
    outline-offset: 1px;
  }

  [role='option'] head-thumbnail {
    outline: 1px solid color-mix(in oklab, var(--ink) 14%, transparent);
    outline-offset: -1px;
  }

  .stale head-thumbnail {
    opacity: 0.4;
  }

  [role='option']:hover head-thumbnail {
    outline-color: var(--ink);
  }

  .caption {
    display: flex;
    gap: var(--space-1);
    justify-content: space-between;
    align-items: baseline;
    margin-top: 3px;
    font-size: 0.75rem;
    line-height: 1.4;
  }

  .name {
    overflow: hidden;
    padding: 0 0.2rem;
    border-radius: 3px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .caption .number {
    padding-right: 0.2rem;
    color: var(--ink-soft);
    white-space: nowrap;
  }

  .place {
    position: relative;
    height: 3px;
    margin: 3px 0.2rem 0;
    border-radius: 1.5px;
    background: var(--line);
  }

  .place span {
    position: absolute;
    inset: 0 auto 0 0;
    min-width: 3px;
    border-radius: 1.5px;
    background: var(--accent);
  }

  .selected {
    background: color-mix(in oklab, var(--accent) 14%, var(--paper));
    box-shadow: 0 0 0 2px var(--accent);
  }

  .selected .name {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 550;
  }

  .compared {
    box-shadow: 0 0 0 1px var(--paper);
    outline: 2px dashed var(--accent);
    outline-offset: 0;
  }

  .compared .name {
    font-weight: 550;
  }

  .against {
    position: absolute;
    top: 6px;
    right: 6px;
    padding: 0 0.3rem;
    border-radius: 3px;
    background: var(--paper);
    font-size: 0.6875rem;
    line-height: 1.5;
  }

  .pick {
    opacity: 0;
  }

  [role='option']:hover .pick {
    opacity: 1;
  }

  .pick:hover {
    background: var(--accent);
    color: var(--on-accent);
  }

  .fault {
    display: grid;
    position: absolute;
    inset: 3px 3px auto;
    aspect-ratio: 1;
    place-items: center;
    padding: var(--space-1);
    overflow: hidden;
    color: var(--bad);
    font-size: 0.6875rem;
    line-height: 1.3;
    text-align: center;
  }
`;
