import { css } from 'lit';
import { buttons } from './buttons';
import { fields } from './fields';
import { layout } from './layout';

/**
 * Design tokens: colours, type, spacing and shape.
 *
 * They are set on every host, so that a component works in any page; a page overrides one by setting it on the element.
 * Light or dark follows the inherited `color-scheme`. Series colours keep viridis' order (teal, violet, ochre), remain
 * distinguishable with colour blindness, and never carry meaning alone: each series also has its own mark.
 */
const tokens = css`
  :host {
    --paper: light-dark(#fbfbf9, #101317);
    --surface: light-dark(#f1f1ed, #1a1e24);
    --line: light-dark(#dcddd7, #2c323a);
    --edge: light-dark(#868a8f, #717a86);
    --ink: light-dark(#15181c, #e8eaec);
    --ink-soft: light-dark(#555b63, #a2a9b3);
    --accent: light-dark(#35498f, #a9bcff);
    --on-accent: light-dark(#ffffff, #101317);
    --good: light-dark(#16703d, #6ad096);
    --caution: light-dark(#855500, #e6b95c);
    --bad: light-dark(#ac231b, #ff978d);

    --series-1: light-dark(#0b7a71, #3fc8b2);
    --series-2: light-dark(#6a45b5, #b6a5ff);
    --series-3: light-dark(#946500, #e3be50);
    --series-4: light-dark(#55606e, #aab4c0);
    --series-5: light-dark(#a63a5c, #ff9db5);
    --series-6: light-dark(#2a62b8, #86b6ff);
    --series-7: light-dark(#4f6f12, #a8d35c);
    --series-8: light-dark(#8a3d12, #f2a978);
    --series-9: light-dark(#1f6d8c, #7fd4ee);
    --series-10: light-dark(#4a0d3c, #d060c8);

    --sans: 'IBM Plex Sans Variable', 'IBM Plex Sans', system-ui, sans-serif;
    --mono: 'IBM Plex Mono', ui-monospace, monospace;
    --text-small: 0.8125rem;
    --text: 0.9375rem;
    --text-large: 1.125rem;
    --text-title: 1.5rem;
    --text-headline: clamp(2.25rem, 1.4rem + 3.4vw, 3.75rem);

    --space-1: 0.25rem;
    --space-2: 0.5rem;
    --space-3: 0.75rem;
    --space-4: 1rem;
    --space-5: 1.5rem;
    --space-6: 2.5rem;
    --space-7: 4rem;

    --radius: 0.375rem;
    --measure: 38rem;
  }
`;

const base = css`
  :host {
    display: block;
    color: var(--ink);
    font: 400 var(--text) / 1.5 var(--sans);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h1,
  h2,
  h3,
  h4,
  h5,
  p,
  dl,
  dd,
  figure,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
  }

  svg,
  canvas {
    display: block;
  }

  h1 {
    font-size: var(--text-headline);
    font-weight: 300;
    line-height: 1.05;
    letter-spacing: -0.025em;
    text-wrap: balance;
  }

  h2 {
    font-size: var(--text-title);
    font-weight: 350;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }

  h3,
  h4,
  h5,
  legend {
    font-weight: 600;
  }

  h3,
  legend {
    font-size: var(--text-small);
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }

  .number {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
  }

  .soft {
    color: var(--ink-soft);
  }

  :is(h3, h4, h5, legend) > .soft {
    font-weight: 400;
  }

  .small {
    font-size: var(--text-small);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* A thin native bar that looks the same in all browsers. */
  progress {
    display: block;
    width: 100%;
    height: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--line);
    appearance: none;
  }

  progress::-webkit-progress-bar {
    border-radius: 2px;
    background: var(--line);
  }

  progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    border-radius: 2px;
    background: var(--accent);
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/** Adopted by every component before its own styles. */
export const shared = [tokens, base, layout, buttons, fields];
