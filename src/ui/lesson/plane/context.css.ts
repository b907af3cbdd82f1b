import { css } from 'lit';

/** A sentence in the plane: arrows of its words, and where they lead. */
export const contextStyles = css`
  .sentences {
    display: grid;
    gap: var(--space-1);
    padding: 0;
  }

  .sentences label {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 1.75rem;
  }

  .sentences .own {
    flex-wrap: wrap;
  }

  .sentences .own input {
    flex: 1 1 14rem;
    max-width: 32rem;
    font-family: var(--sans);
  }

  .arrow line {
    stroke: var(--arrow);
    stroke-width: 2;
  }

  .arrow polygon {
    fill: var(--arrow);
  }

  .arrow.part {
    --arrow: var(--value);
  }

  .arrow.part.pointed line {
    stroke-width: 4;
  }

  .arrow.whole {
    --arrow: color-mix(in oklab, var(--value) 45%, var(--paper));
  }

  .arrow.output {
    --arrow: var(--output);
  }

  .arrow.output line {
    stroke-dasharray: 4 3;
  }

  .plane .far {
    opacity: 0.45;
  }

  .plane .moved circle {
    fill: var(--output);
    stroke: var(--paper);
    stroke-width: 2;
  }

  .plane .moved text {
    fill: var(--output);
    font-weight: 600;
  }

  .plane .word.pointed text {
    font-weight: 600;
  }

  .enlarged .paper {
    fill: none;
    stroke: var(--line);
  }

  .enlarged .arrow.part line {
    stroke-width: 2.5;
  }

  .enlarged .measure path {
    fill: none;
    stroke: var(--ink-soft);
  }

  .enlarged .title,
  .enlarged .measure text {
    fill: var(--ink-soft);
  }

  .enlarged .summand.pointed text {
    font-weight: 600;
  }

  summary {
    width: max-content;
    cursor: pointer;
  }

  details number-table {
    margin-top: var(--space-3);
  }

  /* What the prose points at. */
  .plane[data-lit='value'] .arrow.part line,
  .plane[data-lit='output'] .arrow.output line {
    stroke-width: 4;
  }

  .plane[data-lit='value'] .word .mark {
    stroke: var(--value);
    stroke-width: 3;
  }

  .plane[data-lit='output'] .moved circle {
    stroke: var(--output);
    stroke-width: 6;
  }
`;
