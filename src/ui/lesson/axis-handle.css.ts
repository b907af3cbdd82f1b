import { css } from 'lit';

/** A pill on a line down to the axis. */
export const axisHandleStyles = css`
  .axis-handle .pill {
    fill: var(--surface);
    stroke: var(--accent);
    stroke-width: 1.5;
  }

  .axis-handle:focus-visible .pill {
    stroke-width: 3.5;
  }

  .axis-handle .down {
    stroke: var(--accent);
    stroke-dasharray: 2 3;
  }
`;
