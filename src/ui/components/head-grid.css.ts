import { css } from 'lit';

export const gridStyles = css`
  :host {
    --tile: 6.5rem;
  }

  :host([few]) {
    --tile: 9rem;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-4);
    align-items: end;
  }

  .controls label:not(.check) {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .sort {
    flex: 0 1 13rem;
  }

  .filter {
    flex: 1 1 14rem;
    max-width: 24rem;
  }

  .check {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    height: 2.25rem;
  }

  .definition {
    max-width: var(--measure);
    min-height: 1.5em;
    margin-top: var(--space-2);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .state {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: center;
    min-height: 2.25rem;
    margin-top: var(--space-2);
    font-size: var(--text-small);
  }

  .state button {
    min-height: 1.75rem;
  }

  .legend {
    margin-left: auto;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(var(--tile), 40%), 1fr));
    gap: var(--space-4) var(--space-3);
  }

  [role='listbox'] {
    margin-top: var(--space-3);
  }

  /* Small groups stand side by side. */
  .groups {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-5) var(--space-6);
  }

  .group {
    flex: 0 1 calc(var(--members) * (var(--tile) + var(--space-3)) - var(--space-3));
    min-width: min(100%, 7rem);
  }

  .group .tiles {
    grid-template-columns: repeat(auto-fill, var(--tile));
  }

  .group > p {
    margin-bottom: var(--space-2);
    padding-bottom: var(--space-1);
    border-bottom: 1px solid var(--line);
    font-size: var(--text-small);
    font-weight: 600;
  }

  .group > p span {
    color: var(--ink-soft);
    font-weight: 400;
  }

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

  .none {
    padding: var(--space-5) 0;
    color: var(--ink-soft);
  }

  @media (max-width: 30rem) {
    .sort {
      flex: 1 1 10rem;
    }

    .filter {
      flex: 1 1 100%;
      max-width: none;
    }

    .legend {
      margin-left: 0;
    }
  }
`;
