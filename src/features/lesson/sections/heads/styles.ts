import { css } from 'lit';

export const headsStyles = css`
  .plane.boxed {
    overflow: hidden;
    border: 1px solid var(--line);
  }

  .plane .grid line {
    stroke: var(--line);
    stroke-width: 1;
  }

  .plane .grid.mapped line {
    stroke: color-mix(in oklab, var(--accent) 40%, var(--paper));
  }

  .plane .unit {
    fill: color-mix(in oklab, var(--accent) 16%, transparent);
  }

  .plane .region polygon {
    fill-opacity: 0.85;
    stroke-opacity: 0.85;
    stroke-width: 14;
  }

  .plane .spread line {
    stroke: var(--ink);
    stroke-width: 2;
  }

  .plane .way {
    stroke: var(--ink);
    stroke-dasharray: 3 3;
  }

  .arrow.basis {
    --arrow: var(--accent);
  }

  .arrow line {
    stroke: var(--arrow);
    stroke-width: 2.5;
  }

  .arrow polygon {
    fill: var(--arrow);
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

  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    align-items: baseline;
  }

  .presets .what {
    flex: 0 0 6.5rem;
    color: var(--ink-soft);
  }

  .presets button[aria-pressed='true'] {
    box-shadow: inset 0 -2px var(--accent);
  }

  .ranking {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
    gap: var(--space-3);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .ranking button {
    display: grid;
    gap: var(--space-1);
    width: 100%;
    padding: var(--space-2);
    background: none;
    text-align: left;
  }

  .ranking button[aria-pressed='true'] {
    background: var(--surface);
    box-shadow: inset 0 -2px var(--accent);
  }

  .ranking .name {
    display: flex;
    justify-content: space-between;
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
    top: -0.15rem;
    bottom: -0.15rem;
    width: 2px;
    background: var(--ink);
  }

  .arrow.query {
    --arrow: var(--query);
  }

  .arrow.key {
    --arrow: var(--key);
  }

  .arrow.ghost {
    opacity: 0.28;
  }

  .arrow.key line {
    stroke-width: 1.75;
  }

  .plane .key-name text {
    fill: var(--key);
  }

  .plane .query-name text {
    fill: var(--query);
    font-weight: 600;
  }

  summary {
    width: max-content;
    cursor: pointer;
  }

  details number-table {
    margin-top: var(--space-3);
  }

  label.check {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 2.25rem;
  }
`;
