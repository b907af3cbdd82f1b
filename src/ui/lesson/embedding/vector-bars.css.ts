import { css } from 'lit';

export const vectorBarsStyles = css`
  :host {
    display: grid;
    grid-template-columns: 1.5rem minmax(0, 1fr);
    height: 13rem;
  }

  .scale {
    position: relative;
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1;
  }

  .scale span {
    position: absolute;
    right: var(--space-2);
    transform: translateY(-50%);
  }

  /* A finger that goes up or down scrolls the page; sideways it goes through the values. */
  .plot {
    cursor: ns-resize;
    touch-action: pan-y;
  }

  svg {
    display: block;
    width: 100%;
    height: 100%;
  }

  line {
    vector-effect: non-scaling-stroke;
  }

  .grid {
    stroke: var(--line);
  }

  .zero {
    stroke: var(--ink-soft);
  }

  .bar {
    fill: var(--series-4);
  }

  .bar.edited {
    fill: var(--accent);
  }

  .here {
    fill: color-mix(in oklab, var(--accent) 22%, transparent);
  }

  .near {
    fill: color-mix(in oklab, var(--ink) 10%, transparent);
  }

  .other {
    fill: var(--series-3);
  }
`;
