import { css, html, nothing, svg } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { dragPoint, PlaneFrame } from '../../parts/plane/frame';

export const segmentStyles = css`
  svg.segment {
    max-width: 40rem;
  }
`;

/** The first word is at 0, the second at 1. */
const frame = new PlaneFrame({ left: -0.12, right: 1.12, bottom: -0.2, top: 0.2 }, 400);

interface Segment {
  readonly names: readonly [string, string];
  /** The first word's share as the deck prints it, as attention computes it, and as the reader sets it. */
  readonly printed: number | undefined;
  readonly computed: number;
  readonly share: number;
  readonly labelledBy: string;
  readonly isHighlighted: boolean;
  readonly slide: (share: number) => void;
  readonly settle: () => void;
}

/** The mixtures of two words lie between them; one of them can be dragged. */
export function renderSegment(segment: Segment) {
  const { names, printed, computed, share, labelledBy, isHighlighted, slide, settle } = segment;
  const at = (part: number) => frame.x(1 - part);
  const middle = frame.y(0);
  return html`
    <svg class="segment" viewBox=${frame.viewBox} role="group" aria-labelledby=${labelledBy}>
      <line
        stroke="var(--edge)"
        stroke-width="3"
        stroke-linecap="round"
        x1=${at(1)}
        x2=${at(0)}
        y1=${middle}
        y2=${middle}
      />
      ${names.map((name, i) => {
        const x = at(1 - i);
        return svg`
          <circle fill="var(--ink)" cx=${x} cy=${middle} r="4" />
          <text font-size="13" font-weight="600" x=${x} y=${middle + 28} text-anchor="middle">${name}</text>`;
      })}
      ${printed === undefined ? nothing : renderTick(at(printed), middle, 'printed', `printed ${formatFixed(printed, 2)}`)}
      ${renderTick(at(computed), middle, 'computed', `computed ${formatFixed(computed)}`)}
      ${dragPoint({
        frame,
        at: [1 - share, 0],
        label: `The mixture of ${names[0]} and ${names[1]}`,
        step: 0.01,
        drawing: svg`<circle fill="var(--output)" stroke="var(--paper)" stroke-width="2" r=${isHighlighted ? 12 : 8} />`,
        move: ([x]) => slide(Math.min(1, Math.max(0, Number((1 - x).toFixed(3))))),
        settle,
      })}
    </svg>
  `;
}

/** The printed share above the line, the computed one below: they may lie close. */
function renderTick(x: number, middle: number, name: 'printed' | 'computed', words: string) {
  const isAbove = name === 'printed';
  return svg`
    <line stroke=${isAbove ? 'var(--bad)' : 'var(--output)'} stroke-width="1.5" stroke-dasharray=${isAbove ? '3 3' : nothing} x1=${x} x2=${x} y1=${middle} y2=${middle + (isAbove ? -26 : 26)} />
    <text class=${isAbove ? 'soft-fill' : 'role-fill output'} font-size="12" x=${x} y=${middle + (isAbove ? -32 : 42)} text-anchor="middle">${words}</text>
  `;
}
