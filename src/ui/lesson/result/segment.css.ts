import { css } from 'lit';

export const segmentStyles = css`
  svg.segment {
    max-width: 40rem;
  }

  .segment .between {
    stroke: var(--edge);
    stroke-width: 3;
    stroke-linecap: round;
  }

  .segment circle.word {
    fill: var(--ink);
  }

  .segment text.word {
    font-size: 13px;
    font-weight: 600;
  }

  .segment text.tick {
    fill: var(--ink-soft);
    font-size: 12px;
  }

  .segment line.tick {
    stroke: var(--ink-soft);
    stroke-width: 1.5;
  }

  .segment line.printed {
    stroke: var(--bad);
    stroke-dasharray: 3 3;
  }

  .segment text.computed {
    fill: var(--output);
  }

  .segment line.computed {
    stroke: var(--output);
  }

  .segment .held {
    fill: var(--output);
    stroke: var(--paper);
    stroke-width: 2;
  }
`;
