import { css } from 'lit';

/** Words as points of the plane: topics by colour and mark, names with a halo of paper. */
export const planeStyles = css`
  .biology {
    --topic: var(--series-7);
  }

  .department {
    --topic: var(--series-8);
  }

  .prison {
    --topic: var(--series-9);
  }

  .none {
    --topic: var(--ink-soft);
  }

  .handle.biology,
  .handle.department,
  .handle.prison {
    --concept: var(--topic);
  }

  svg.plane {
    max-width: 31rem;
  }

  .numbers {
    display: grid;
    gap: var(--space-3);
  }

  .numbers button {
    justify-self: start;
  }

  .plane text {
    font-size: 12px;
  }

  .plane .name {
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 3px;
    stroke-linejoin: round;
  }

  .plane .mark {
    fill: var(--topic, var(--ink));
  }

  .plane .mark.none {
    fill: var(--paper);
    stroke: var(--ink-soft);
    stroke-width: 1.5;
  }

  .plane .leader {
    stroke: var(--edge);
    stroke-width: 0.75;
  }

  .plane .axes line {
    stroke: var(--line);
    stroke-width: 1;
  }

  .plane .region polygon {
    fill: color-mix(in oklab, var(--topic) 9%, var(--paper));
    stroke: color-mix(in oklab, var(--topic) 9%, var(--paper));
    stroke-width: 26;
    stroke-linejoin: round;
  }

  .plane .region text {
    fill: var(--topic);
    font-weight: 600;
  }

  .plane .landmark text {
    fill: var(--ink-soft);
  }

  .plane .landmark .mark {
    opacity: 0.75;
  }

  .plane .main text {
    font-size: 14px;
    font-weight: 600;
  }

  .plane .main .dot {
    fill: var(--ink);
    stroke: var(--paper);
    stroke-width: 2;
  }

  .plane line.to {
    stroke: var(--topic);
    stroke-width: 1;
    opacity: 0.45;
  }

  .plane .fairest text {
    fill: var(--ink-soft);
    font-style: italic;
  }

  .plane .fairest path {
    stroke: var(--ink);
    stroke-width: 1.5;
  }

  /* What the prose points at. */
  .plane[data-lit='biology'] .region.biology polygon,
  .plane[data-lit='department'] .region.department polygon,
  .plane[data-lit='prison'] .region.prison polygon {
    fill: color-mix(in oklab, var(--topic) 24%, var(--paper));
    stroke: color-mix(in oklab, var(--topic) 24%, var(--paper));
  }

  .plane[data-lit='biology'] .to.biology,
  .plane[data-lit='department'] .to.department,
  .plane[data-lit='prison'] .to.prison {
    stroke-width: 2.5;
    opacity: 0.9;
  }
`;
