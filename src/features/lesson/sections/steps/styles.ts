import { css } from 'lit';

export const stepsStyles = css`
  .bar {
    position: sticky;
    z-index: 1;
    top: 0;
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: center;
    justify-content: space-between;
    padding: var(--space-2) 0;
    border-bottom: 1px solid var(--line);
    background: var(--paper);
  }

  .words,
  .stages {
    display: flex;
    gap: var(--space-1);
    align-items: center;
    min-width: 0;
    padding: 2px;
    overflow-x: auto;
  }

  .words legend {
    float: left;
    padding-right: var(--space-2);
    font-size: var(--text-small);
    white-space: nowrap;
  }

  .words label,
  .stages button {
    flex: none;
    min-height: 1.75rem;
    padding: 0 var(--space-2);
    border-radius: var(--radius);
    line-height: 1.75rem;
    cursor: pointer;
  }

  .words label {
    position: relative;
  }

  .words input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    opacity: 0;
    cursor: pointer;
  }

  .words label:hover {
    background: var(--surface);
  }

  .words label:has(:checked) {
    background: color-mix(in oklab, var(--query) 16%, transparent);
    color: var(--query);
    font-weight: 600;
    text-decoration: underline 2px;
    text-underline-offset: 0.25em;
  }

  .words label:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }

  .stages button {
    border: 0;
    background: none;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .stages button + button::before {
    content: '→';
    margin-right: var(--space-2);
    color: var(--edge);
    font-weight: 400;
  }

  .stages button:hover,
  .stages button[aria-current] {
    color: var(--ink);
  }

  .stages button[aria-current] {
    font-weight: 600;
  }

  @media (max-width: 30rem) {
    .stages button {
      padding: 0 var(--space-1);
    }

    .stages button + button::before {
      margin-right: var(--space-1);
    }
  }

  ol {
    display: grid;
    gap: var(--space-6);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    gap: var(--space-3);
    min-width: 0;
    scroll-margin-top: 6rem;
  }

  h4:focus {
    outline: none;
  }

  h4 .count {
    display: inline-block;
    min-width: 1.5em;
    color: var(--ink-soft);
    font-weight: 400;
  }

  li.now h4 {
    color: var(--accent);
  }

  li.now h4 .count {
    color: inherit;
    font-weight: 600;
  }

  /* Two or three paths beside one another, their tables on one line. */
  .paths {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(17.5rem, 100%), 1fr));
    gap: var(--space-5) var(--space-4);
    align-items: start;
  }

  .path {
    display: grid;
    gap: var(--space-3);
    align-content: start;
    min-width: 0;
  }

  .path > * {
    min-width: 0;
  }

  @media (min-width: 75rem) {
    .paths.three {
      grid-template-rows: repeat(4, auto);
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }

    .paths.three .path {
      grid-row: span 4;
      grid-template-rows: subgrid;
    }
  }

  .path h5 {
    margin: 0;
    padding-left: var(--space-2);
    border-left: 3px solid var(--role-color, var(--line));
    font-size: var(--text);
    font-weight: 600;
  }

  .path h5 span {
    color: var(--ink-soft);
    font-weight: 400;
  }

  .path tex-formula {
    display: block;
    overflow: auto hidden;
    min-height: 2.75rem;
    padding: var(--space-1) 0;
    font-size: 0.9375rem;
    line-height: 1.8;
  }

  .boxes {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
  }

  .boxes legend {
    float: left;
    width: 100%;
  }

  .check {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 1.75rem;
    cursor: pointer;
  }

  .field {
    display: grid;
    gap: var(--space-1);
    max-width: 24rem;
  }

  .field input {
    font-family: var(--sans);
  }
`;
