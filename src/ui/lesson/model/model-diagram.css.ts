import { css } from 'lit';
import { DIAGRAM_WIDTH } from './geometry';

export const modelDiagramStyles = css`
  :host {
    overflow-x: auto;
  }

  .drawing {
    position: relative;
    width: ${DIAGRAM_WIDTH}px;
    margin: 0 auto;
  }

  svg {
    position: absolute;
    inset: 0;
  }

  path {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
  }

  path.residual {
    stroke-dasharray: 4 3;
  }

  path.query,
  path.key,
  path.value {
    stroke-width: 2;
  }

  path.query,
  path.key,
  path.value {
    stroke: var(--concept);
  }

  .lit path.query,
  .lit path.key,
  .lit path.value {
    opacity: 0.25;
  }

  .lit-query path.query,
  .lit-key path.key,
  .lit-value path.value,
  .lit-residual path.residual {
    stroke-width: 3.5;
    opacity: 1;
  }

  text {
    fill: var(--concept, var(--ink-soft));
    font: 600 0.75rem var(--sans);
  }

  marker path {
    fill: context-stroke;
    stroke: none;
  }

  button {
    position: absolute;
    min-height: 0;
    padding: 0 var(--space-1);
    border: 1px solid var(--edge);
    background: var(--paper);
    font-size: var(--text-small);
    line-height: 1.2;
  }

  button.attention,
  button.cross {
    background: color-mix(in oklab, var(--weight) 14%, var(--paper));
  }

  button.norm {
    background: var(--surface);
    color: var(--ink-soft);
  }

  button.off {
    border-style: dashed;
    color: var(--ink-soft);
  }

  button[aria-pressed='true'] {
    border-color: var(--accent);
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .feet {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--space-5);
    width: ${DIAGRAM_WIDTH}px;
    margin: 0 auto;
    font-size: var(--text-small);
    line-height: 1.35;
    text-align: center;
  }

  .feet b {
    display: block;
    font-weight: 600;
  }
`;
