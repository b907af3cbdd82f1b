import { css } from 'lit';

export const vectorPlaneStyles = css`
  svg.vectors {
    max-width: 32rem;
  }

  .vectors .grid {
    stroke: var(--line);
  }

  .vectors .axis {
    stroke: var(--edge);
  }

  .vectors .arrow {
    stroke: var(--concept);
    stroke-width: 2.5;
  }

  .vectors .tip {
    fill: var(--concept);
    stroke: var(--paper);
    stroke-width: 1.5;
  }

  .vectors .name {
    font-size: 16px;
    font-weight: 600;
  }

  .vectors .shadow {
    stroke: var(--key);
    stroke-width: 7;
    stroke-linecap: butt;
    opacity: 0.4;
  }

  .vectors .fall {
    stroke: var(--key);
    stroke-dasharray: 3 4;
  }

  .vectors .angle {
    fill: none;
    stroke: var(--ink-soft);
    stroke-width: 1.5;
  }

  .vectors .shadow.lit {
    opacity: 0.8;
  }

  .vectors .angle.lit {
    stroke: var(--accent);
    stroke-width: 5;
  }
`;
