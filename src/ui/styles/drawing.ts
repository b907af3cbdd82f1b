import { css } from 'lit';

/** Classes for lines, areas and texts of SVG pictures. */
export const drawing = css`
  .line,
  .edge,
  .role-line {
    fill: none;
    stroke: var(--line);
  }

  .edge {
    stroke: var(--edge);
    stroke-width: 2;
  }

  .role-line {
    stroke: var(--role-color, var(--ink));
    stroke-width: 2;
  }

  .dashed {
    stroke-dasharray: 4 3;
  }

  .soft-fill {
    fill: var(--ink-soft);
  }

  .role-fill {
    fill: var(--role-color, var(--ink));
  }

  /* Text that may lie over lines. */
  .halo {
    paint-order: stroke;
    stroke: var(--paper);
    stroke-width: 3px;
    stroke-linejoin: round;
  }
`;
