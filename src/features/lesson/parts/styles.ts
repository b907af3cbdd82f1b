import { css, unsafeCSS } from 'lit';
import { drawing } from '../../../ui/styles/drawing';

export const roles = ['query', 'key', 'value', 'score', 'weight', 'output'] as const;
export type AttentionRole = (typeof roles)[number];

/** The colours of queries, keys and so on, alike in the whole essay and never the only sign. */
export const roleColors = css`
  :host {
    --query: var(--series-6);
    --key: var(--series-3);
    --value: var(--series-1);
    --score: var(--ink);
    --weight: var(--series-2);
    --output: var(--series-5);
  }

  ${unsafeCSS(roles.map((role) => `.${role} { --role-color: var(--${role}); }`).join('\n'))}
`;

/** Prose at a readable measure, pictures as wide as there is room. */
const base = css`
  :host {
    --highlighted: color-mix(in oklab, var(--accent) 16%, transparent);
    --column: 20rem;

    display: grid;
    gap: var(--space-5);
    font-size: 1.0625rem;
    line-height: 1.6;
    /* Readers may type words of any length. */
    overflow-wrap: break-word;
  }

  :host > *,
  figure > * {
    min-width: 0;
  }

  .prose,
  figure {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }

  .prose {
    gap: var(--space-4);
    max-width: var(--measure);
    /* Set again because prose may stand in elements of smaller text. */
    font-size: 1.0625rem;
    line-height: 1.6;
    text-wrap: pretty;
  }

  h4 {
    font-size: 1.0625rem;
  }

  /* A word that highlights what it names. */
  .term {
    border-radius: 0.15em;
    text-decoration: underline 2px var(--role-color, var(--accent));
    text-underline-offset: 0.2em;
    cursor: help;
  }

  .term:hover,
  .term[aria-pressed='true'] {
    background: color-mix(in oklab, var(--role-color, var(--accent)) 18%, transparent);
  }

  /* A picture with its controls and a caption of what it shows now. */
  figure {
    gap: var(--space-3);
    padding: var(--space-4) 0;
    border-block: 1px solid var(--line);
    font-size: var(--text);
    line-height: 1.5;
  }

  /* One line between two figures. */
  figure + figure {
    margin-top: calc(-1 * var(--space-5));
    border-top: 0;
  }

  details number-table {
    margin-top: var(--space-3);
  }

  figcaption {
    max-width: 48rem;
    color: var(--ink-soft);
    text-wrap: pretty;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-5);
    align-items: end;
  }

  .field {
    display: grid;
    gap: var(--space-1);
    max-width: 24rem;
  }

  .controls .field {
    flex: 1 1 16rem;
  }

  .controls .check {
    min-height: 2.25rem;
  }

  .field input {
    font-family: var(--sans);
  }

  ui-slider {
    flex: 1 1 12rem;
    max-width: 24rem;
    padding-bottom: 0.375rem;
    font-size: var(--text);
  }

  .claims {
    --column: 15rem;
  }

  /* A live region must exist before it has text; until then it takes no room. */
  .error:empty {
    display: none;
  }

  svg {
    width: 100%;
    height: auto;
    overflow: visible;
    fill: var(--ink);
    touch-action: manipulation;
  }

  svg.chart {
    max-width: 32rem;
  }

  /* A line of a chart to compare with. */
  .guide {
    --role-color: var(--edge);
  }

  .drag-point {
    cursor: grab;
  }

  .drag-point:focus-visible {
    outline: none;
  }

  .drag-point:focus-visible circle:first-child {
    stroke: var(--accent);
    stroke-width: 2;
  }

  /* Whether something holds, by words, a mark and a colour. */
  .badge {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    font-weight: 550;
  }

  .badge::before {
    content: '';
    width: 0.75rem;
    height: 0.75rem;
    border: 2px solid currentcolor;
    border-radius: 50%;
  }

  .badge.on {
    color: var(--good);
  }

  .badge.on::before {
    background: currentcolor;
  }

  .badge.off {
    color: var(--bad);
  }
`;

export const lessonStyles = [roleColors, base, drawing];
