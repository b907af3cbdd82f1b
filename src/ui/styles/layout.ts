import { css } from 'lit';

/** Arrangements that many components share, as classes of their templates; any rule of a component goes before them. */
export const layout = css`
  /* Side by side, on as many lines as it takes. */
  :where(.row) {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    align-items: center;
  }

  :where(.row.end) {
    align-items: end;
  }

  :where(.row.baseline) {
    align-items: baseline;
  }

  :where(.row.between) {
    justify-content: space-between;
  }

  /* One below the other; nothing is wider than the column. */
  :where(.stack) {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }

  /* A control's name above it. */
  :where(.field-label) {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  /* A box to tick with its words, as high as a finger. */
  :where(.check) {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 1.75rem;
    cursor: pointer;
  }

  /* Radio buttons that look like a row of tabs: labels around hidden inputs. */
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }

  .pills label {
    position: relative;
    padding: var(--space-1) var(--space-3);
    border-radius: var(--radius);
    color: var(--ink-soft);
    cursor: pointer;
  }

  .pills label:hover {
    color: var(--ink);
  }

  .pills label:has(:checked) {
    background: var(--surface);
    color: var(--ink);
  }

  .pills label:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }

  .pills label input {
    position: absolute;
    inset: 0;
    width: auto;
    height: auto;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  summary {
    width: max-content;
    max-width: 100%;
    cursor: pointer;
  }
`;
