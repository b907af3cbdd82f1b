import { css } from 'lit';

export const recallChartStyles = css`
  .recall {
    --state: var(--series-8);
  }

  .recall text {
    font-size: 13px;
  }

  .recall .word {
    font-size: 15px;
    font-weight: 550;
  }

  .axes path {
    stroke: var(--line);
  }

  .axes .chance {
    stroke: var(--edge);
    stroke-dasharray: 2 4;
  }

  .axes text {
    fill: var(--ink-soft);
  }

  .state {
    color: var(--state);
  }

  .attention {
    color: var(--weight);
  }

  .line polyline,
  .chain,
  .link {
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
  }

  .line path {
    stroke: currentcolor;
    stroke-width: 1.5;
  }

  .line rect,
  .line circle,
  .reading rect,
  .reading circle {
    fill: currentcolor;
  }

  .recall .name,
  .recall .reading text {
    fill: currentcolor;
    font-weight: 600;
  }

  .reading text {
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 4;
  }

  .chain {
    color: var(--state);
    stroke-dasharray: 4 4;
  }

  .link {
    color: var(--weight);
  }

  .recall.state .line.state polyline,
  .recall.state .chain,
  .recall.weight .line.attention polyline,
  .recall.weight .link {
    stroke-width: 5;
  }
`;
