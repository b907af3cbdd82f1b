import { css } from 'lit';

export const topicDistancesStyles = css`
  .distances {
    display: grid;
    grid-template-columns: max-content minmax(4rem, 1fr) max-content;
    gap: var(--space-2) var(--space-3);
    align-items: center;
    max-width: 28rem;
  }

  .distances .topic {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
  }

  svg.key-mark {
    width: 0.9rem;
    height: 0.9rem;
    fill: var(--topic);
  }

  .distances .track {
    position: relative;
    height: 0.75rem;
    background: var(--surface);
  }

  .distances .bar {
    position: absolute;
    inset: 0 auto 0 0;
    background: var(--topic);
  }

  .distances .tick {
    position: absolute;
    top: -0.2rem;
    bottom: -0.2rem;
    width: 2px;
    background: var(--ink);
  }
`;
