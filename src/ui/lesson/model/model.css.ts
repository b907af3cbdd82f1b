import { css } from 'lit';

export const modelStyles = css`
  .opened {
    display: grid;
    gap: var(--space-5) var(--space-6);
    align-items: start;
  }

  .opened > * {
    min-width: 0;
  }

  @media (min-width: 60rem) {
    .opened {
      grid-template-columns: max-content minmax(0, 1fr);
    }

    .opened tensor-view {
      position: sticky;
      top: var(--space-5);
    }
  }

  .controls .field {
    flex: 1 1 16rem;
    display: grid;
    gap: var(--space-1);
    max-width: 24rem;
  }

  .field input {
    font-family: var(--sans);
  }

  .check {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 2.25rem;
    cursor: pointer;
  }

  .handle.residual {
    text-decoration-style: dashed;
  }

  [aria-busy='true'] {
    opacity: 0.6;
  }

  svg.shuffle {
    max-width: 32rem;
  }

  svg.shuffle text {
    font-size: 14px;
  }

  svg.shuffle text.head {
    fill: var(--ink-soft);
    font-size: 12px;
  }

  svg.shuffle text.number {
    font-family: var(--mono);
    font-size: 13px;
  }

  svg.shuffle path {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
  }

  svg.shuffle rect {
    fill: var(--output);
  }
`;
