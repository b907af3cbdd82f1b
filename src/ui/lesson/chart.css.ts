import { css } from 'lit';

export const chartStyles = css`
  svg.chart {
    max-width: 32rem;
  }

  .chart .tick {
    fill: var(--ink-soft);
    font-size: 12px;
  }

  .chart .grid {
    stroke: var(--line);
  }

  .chart .axis {
    stroke: var(--edge);
  }

  .chart .curve {
    fill: none;
    stroke: var(--concept, var(--ink));
    stroke-width: 2;
    stroke-linejoin: round;
  }

  .chart .guide {
    --concept: var(--edge);
  }

  .chart .dashed {
    stroke-dasharray: 5 4;
  }

  .chart .mark {
    fill: var(--concept, var(--ink));
    stroke: var(--paper);
    stroke-width: 1.5;
  }

  .chart .mark.hollow {
    fill: var(--paper);
    stroke: var(--concept, var(--ink));
    stroke-width: 2;
  }

  .chart .words {
    fill: var(--concept, var(--ink));
    font-size: 13px;
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 3px;
    stroke-linejoin: round;
  }

  .chart .words.guide {
    fill: var(--ink-soft);
  }
`;
