import { css } from 'lit';

export const headsPageStyles = css`
  :host {
    display: grid;
    gap: var(--space-4);
  }

  :host > * {
    min-width: 0;
  }

  .opening {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-3) 4rem;
    align-items: start;
  }

  h1 {
    max-width: 12ch;
    margin: -0.1em 0 0;
    font-size: clamp(2rem, 1.4rem + 2vw, 2.75rem);
    font-weight: 300;
    line-height: 1.1;
    letter-spacing: -0.02em;
    text-wrap: balance;
  }

  .note {
    max-width: 48rem;
    text-wrap: pretty;
    color: var(--ink-soft);
  }

  .setup {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-4) 0 var(--space-3);
    border-top: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
  }

  .work {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .work {
    align-items: baseline;
    min-height: 1.75rem;
  }

  button.quiet {
    min-height: 1.75rem;
    padding: 0;
    background: none;
    color: var(--accent);
    font-size: var(--text-small);
  }

  button.quiet:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .views {
    display: grid;
    grid-template-columns: 22.5rem minmax(0, 1fr);
    gap: var(--space-6);
    align-items: start;
  }

  .views > * {
    min-width: 0;
  }

  head-grid {
    --tile: 6rem;
  }

  .panel-head {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: baseline;
    justify-content: space-between;
    margin-bottom: var(--space-4);
  }

  [role='tablist'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }

  [role='tab'] {
    background: none;
    color: var(--ink-soft);
  }

  [role='tab'][aria-selected='true'] {
    background: var(--surface);
    color: var(--ink);
    font-weight: 550;
  }

  .subject {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
    align-items: baseline;
  }

  .shown {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  ul {
    margin: var(--space-1) 0 0;
    padding-left: var(--space-4);
  }

  /* Of what was there before: pale, once that lasts longer than a blink. */
  .stale {
    opacity: 0.45;
    transition: opacity 150ms 150ms;
  }

  .dropping {
    position: fixed;
    z-index: 10;
    inset: var(--space-4);
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: var(--radius);
    background: color-mix(in oklab, var(--paper) 88%, transparent);
    font-size: var(--text-title);
    pointer-events: none;
  }

  /* All four beside one another on a phone. */
  @media (max-width: 30rem) {
    [role='tablist'] {
      gap: 0;
    }

    [role='tab'] {
      padding-inline: var(--space-2);
      font-size: var(--text-small);
    }
  }

  @media (max-width: 64rem) {
    .opening,
    .views {
      grid-template-columns: minmax(0, 1fr);
    }

    h1 {
      max-width: none;
    }
  }
`;
