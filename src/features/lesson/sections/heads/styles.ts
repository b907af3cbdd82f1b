import { css } from 'lit';

/** Pictures of linear maps, and the ranking of heads. */
export const headsStyles = css`
  .plane.boxed {
    overflow: hidden;
    border: 1px solid var(--line);
  }

  .plane .grid.mapped line {
    stroke: color-mix(in oklab, var(--accent) 40%, var(--paper));
  }

  .plane .region polygon {
    fill-opacity: 0.85;
    stroke-opacity: 0.85;
    stroke-width: 14;
  }

  .arrow.basis {
    --role-color: var(--accent);
  }

  .arrow line {
    stroke-width: 2.5;
  }

  .arrow.key line {
    stroke-width: 1.75;
  }

  .arrow.ghost {
    opacity: 0.28;
  }

  .plane .basis-end circle.dot {
    fill: var(--paper);
    stroke: var(--accent);
    stroke-width: 2.5;
  }

  .plane .basis-end text {
    fill: var(--accent);
    font-weight: 600;
  }

  .plane :is(.query, .key) > text {
    fill: var(--role-color);
  }

  .plane .query > text {
    font-weight: 600;
  }

  .presets .what {
    flex: 0 0 6.5rem;
  }

  button[aria-pressed='true'] {
    box-shadow: inset 0 -2px var(--accent);
  }

  .ranking {
    grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
    gap: var(--space-3);
  }

  .ranking button {
    width: 100%;
    padding: var(--space-2);
    text-align: left;
  }

  .ranking button:not([aria-pressed='true']) {
    background: none;
  }

  .ranking .track {
    position: relative;
    height: 0.5rem;
    background: var(--line);
  }

  .ranking .bar {
    position: absolute;
    inset: 0 auto 0 0;
    background: var(--accent);
  }

  .ranking .tick {
    position: absolute;
    inset-block: -0.15rem;
    width: 2px;
    background: var(--ink);
  }

  label.check {
    min-height: 2.25rem;
  }
`;
