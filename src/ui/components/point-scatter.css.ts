import { css } from 'lit';

export const scatterStyles = css`
  .state {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: center;
    min-height: 2rem;
    font-size: var(--text-small);
  }

  .state svg {
    display: inline-block;
    width: 12px;
    height: 12px;
    margin-right: var(--space-1);
    vertical-align: -1px;
  }

  .plane {
    position: relative;
    height: clamp(18rem, 60cqi, 32rem);
    background: color-mix(in oklab, var(--surface) 55%, var(--paper));
    cursor: crosshair;
  }

  :host {
    container-type: inline-size;
  }

  .plane:focus-visible {
    outline-offset: 1px;
  }

  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    font: 500 12px var(--sans);
    color: var(--ink);
    background-color: transparent;
    border-color: var(--line);
    caret-color: var(--paper);
  }

  .picked {
    position: absolute;
    width: 18px;
    height: 18px;
    margin: -9px 0 0 -9px;
    border: 2px solid var(--ink);
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--paper);
    pointer-events: none;
  }

  .axes {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    justify-content: space-between;
    margin-top: var(--space-1);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .told {
    min-height: 1.5em;
    margin-top: var(--space-2);
  }

  .kind-0 {
    color: var(--series-6);
  }

  .kind-1 {
    color: var(--series-3);
  }

  .kind-2 {
    color: var(--series-5);
  }

  .kind-3 {
    color: var(--series-7);
  }

  svg path {
    fill: currentColor;
  }
`;
