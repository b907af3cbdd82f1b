import type { PlotOptions } from '@observablehq/plot';
import { css } from 'lit';

/** What Observable Plot's own style sheet would say, in a form that a strict policy allows. */
export const plotStyles = css`
  .chart {
    margin-top: var(--space-3);
  }

  .legend {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    margin-left: var(--space-2);
    color: var(--ink);
  }

  .chart svg {
    display: block;
    max-width: 100%;
    height: auto;
    overflow: visible;
    font: 400 12px/1 var(--mono);
    --plot-background: var(--paper);
  }

  .chart text,
  .chart tspan {
    white-space: pre;
  }
`;

/** Plot is the page's heaviest package: it comes when the first chart is drawn. */
export const loadPlot = () => import('@observablehq/plot');

export type PlotModule = Awaited<ReturnType<typeof loadPlot>>;

/** Draws a chart without Plot's inline style element, which the content-security policy forbids. */
export function drawPlot(plot: PlotModule, options: PlotOptions) {
  const chart = plot.plot({ ...options, className: 'plot' });
  for (const style of chart.querySelectorAll('style')) style.remove();
  // One picture with one name, rather than groups named after kinds of marks.
  chart.setAttribute('role', 'img');
  for (const group of chart.querySelectorAll('g')) group.removeAttribute('aria-label');
  return chart;
}
