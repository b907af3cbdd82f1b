import { css, html, nothing, svg } from 'lit';
import { formatFixed } from '../../../../ui/format-number';
import { dragPoint, PlaneFrame } from '../../parts/plane/frame';

export const segmentStyles = css`
  svg.segment {
    max-width: 40rem;
  }

  .segment .between {
    stroke: var(--edge);
    stroke-width: 3;
    stroke-linecap: round;
  }

  .segment circle.word {
    fill: var(--ink);
  }

  .segment text.word {
    font-size: 13px;
    font-weight: 600;
  }

  .segment text.tick {
    fill: var(--ink-soft);
    font-size: 12px;
  }

  .segment line.tick {
    stroke: var(--ink-soft);
    stroke-width: 1.5;
  }

  .segment line.printed {
    stroke: var(--bad);
    stroke-dasharray: 3 3;
  }

  .segment text.computed {
    fill: var(--output);
  }

  .segment line.computed {
    stroke: var(--output);
  }

  .segment .held {
    fill: var(--output);
    stroke: var(--paper);
    stroke-width: 2;
  }
`;

/** From the word itself, at 0, to the other, at 1. */
const frame = new PlaneFrame({ left: -0.12, right: 1.12, bottom: -0.2, top: 0.2 }, 400);

interface Segment {
  readonly names: readonly [string, string];
  /** Shares of itself that the word holds: as printed, where it is; and as computed. */
  readonly printed: number | undefined;
  readonly computed: number;
  /** Where the reader holds it. */
  readonly held: number;
  readonly labelledBy: string;
  /** Whether the prose points at it. */
  readonly isHighlighted: boolean;
  readonly slide: (share: number) => void;
  readonly settle: () => void;
}

/** All mixtures of two words lie between them; one point is where it is held. */
export function renderSegment(segment: Segment) {
  const { names, printed, computed, held, labelledBy, isHighlighted, slide, settle } = segment;
  const at = (share: number) => frame.x(1 - share);
  const middle = frame.y(0);
  return html`
    <svg class="segment" viewBox=${frame.viewBox} role="group" aria-labelledby=${labelledBy}>
      <line class="between" x1=${at(1)} x2=${at(0)} y1=${middle} y2=${middle} />
      ${names.map((name, i) => {
        const x = at(1 - i);
        return svg`
          <circle class="word" cx=${x} cy=${middle} r="4" />
          <text class="word" x=${x} y=${middle + 28} text-anchor="middle">${name}</text>`;
      })}
      ${printed === undefined ? nothing : renderTick(at(printed), middle, 'printed', `printed ${formatFixed(printed, 2)}`)}
      ${renderTick(at(computed), middle, 'computed', `computed ${formatFixed(computed)}`)}
      ${dragPoint({
        frame,
        at: [1 - held, 0],
        label: `The mixture of ${names[0]} and ${names[1]}`,
        step: 0.01,
        drawing: svg`<circle class="held output" r=${isHighlighted ? 12 : 8} />`,
        move: ([x]) => slide(Math.min(1, Math.max(0, Number((1 - x).toFixed(3))))),
        settle,
      })}
    </svg>
  `;
}

/** Printed above, computed below the line: they may lie close. */
function renderTick(x: number, middle: number, name: 'printed' | 'computed', words: string) {
  const up = name === 'printed';
  return svg`
    <line class="tick ${name}" x1=${x} x2=${x} y1=${middle} y2=${middle + (up ? -26 : 26)} />
    <text class="tick ${name}" x=${x} y=${middle + (up ? -32 : 42)} text-anchor="middle">${words}</text>
  `;
}
