import { css, unsafeCSS } from 'lit';

/** `mt-2` is a margin above an element, `mb-2` one below it, `gap-2` a gap: the second step of the spacing scale. */
const spacing = [1, 2, 3, 4, 5, 6].map(
  (step) => `
    :where(.gap-${step}) { gap: var(--space-${step}); }
    .mt-${step} { margin-top: var(--space-${step}); }
    .mb-${step} { margin-bottom: var(--space-${step}); }`,
);

/** Utility classes for templates. `:where` gives them no specificity, so that any rule of a component wins. */
export const layout = css`
  /* Side by side, wrapping. */
  :where(.row) {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    align-items: center;
  }

  :where(.row.one-line) {
    flex-wrap: nowrap;
  }

  :where(.start) {
    align-items: start;
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

  /* One below the other, no wider than the column. */
  :where(.stack) {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }

  /* Equal columns, as many as fit. */
  :where(.auto-columns) {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(var(--column, 15rem), 100%), 1fr));
    gap: var(--space-5);
    align-items: start;
  }

  ${unsafeCSS(spacing.join(''))}

  :where(.measure) {
    max-width: var(--measure);
    text-wrap: pretty;
  }

  :where(.strong) {
    font-weight: 600;
  }

  :where(.end-aligned) {
    text-align: right;
  }

  :where(.nowrap) {
    white-space: nowrap;
  }

  /* Text in one line, as it is written, cut off at its end where there is no room. */
  :where(.ellipsis) {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: pre;
  }

  /* A list without bullets. */
  :where(.plain-list) {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  /* Names and values. */
  :where(dl.pairs) {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-1) var(--space-5);
  }

  :where(dl.pairs dt) {
    color: var(--ink-soft);
  }

  /* Lines of a row or list without space between them. */
  :where(.close) {
    row-gap: 0;
  }

  /* A label above its control. */
  :where(.field-label) {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  /* A checkbox with its label, large enough to touch. */
  :where(.check) {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 1.75rem;
    cursor: pointer;
  }

  /* Radio buttons as a row of pills: labels around hidden inputs. */
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }

  .pills label {
    position: relative;
    min-height: 0;
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

  .pills input {
    position: absolute;
    opacity: 0;
    pointer-events: none;
  }

  summary {
    width: max-content;
    max-width: 100%;
    cursor: pointer;
  }
`;
