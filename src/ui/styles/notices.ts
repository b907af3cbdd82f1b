import { css } from 'lit';

/** Boxes with a coloured edge: `class="notice"`, with `caution` or `error` beside it, or the host of `notice-banner`. */
export const notices = css`
  .notice {
    --tone: var(--accent);

    padding: var(--space-3) var(--space-4);
    border-left: 3px solid var(--tone);
    border-radius: 0 var(--radius) var(--radius) 0;
    background: color-mix(in oklab, var(--tone) 8%, var(--paper));
  }

  .notice.caution {
    --tone: var(--caution);
  }

  .notice.error {
    --tone: var(--bad);
  }

  .notice strong {
    display: block;
    font-weight: 600;
  }
`;
