import { css } from 'lit';
import { tokens } from './tokens';

const base = css`
  :host {
    display: block;
    color: var(--ink);
    font: 400 var(--text) / 1.5 var(--sans);
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }

  h2 {
    font-size: var(--text-title);
    font-weight: 350;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }

  h3,
  legend {
    padding: 0;
    font-size: var(--text-small);
    font-weight: 600;
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

  .small {
    font-size: var(--text-small);
  }

  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
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

/** Adopted by every component, before its own rules. */
export const shared = [tokens, base];
