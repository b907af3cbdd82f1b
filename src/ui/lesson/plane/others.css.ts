import { css } from 'lit';

export const othersStyles = css`
  /* The table is the wider one. */
  @media (min-width: 75rem) {
    .beside {
      grid-template-columns: 3fr 4fr;
    }
  }

  .plane.near {
    overflow: hidden;
    border: 1px solid var(--line);
  }

  .controls {
    gap: var(--space-1);
  }

  .controls button[aria-pressed='true'],
  .sentence button[aria-pressed='true'] {
    box-shadow: inset 0 -2px var(--accent);
    background: var(--surface);
  }

  .sentence button[aria-pressed='true'] {
    box-shadow: inset 0 2px var(--query);
  }

  .arrow.output line {
    stroke-dasharray: none;
    stroke-width: 1.5;
  }

  .plane .link {
    stroke: var(--weight);
    stroke-linecap: round;
    opacity: 0.3;
  }

  .plane .link.pointed {
    opacity: 0.85;
  }

  .plane .ghost circle {
    fill: var(--topic);
    opacity: 0.5;
  }

  .plane .ring {
    fill: none;
    stroke: var(--query);
    stroke-width: 2;
  }

  .plane .asks text {
    fill: var(--query);
    font-weight: 600;
  }

  .plane[data-lit='query'] .ring {
    stroke-width: 5;
  }

  .plane[data-lit='weight'] .link {
    opacity: 0.75;
  }

  .plane[data-lit='output'] .arrow.output line {
    stroke-width: 3;
  }
`;
