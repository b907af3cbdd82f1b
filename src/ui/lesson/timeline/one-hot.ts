import { css, svg } from 'lit';
import { placedWords } from '../../../lessons/plane';

const SIZE = 14;
const NAMES = 92;

/** Every word an axis of its own: a row of zeros each, with a single 1. */
export function oneHotPicture() {
  const count = placedWords.length;
  const [width, height] = [NAMES + count * SIZE, count * SIZE];
  return svg`
    <svg class="one-hot" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="timeline-told">
      ${placedWords.map(
        ({ word }, i) => svg`
          <text class=${word === 'cell' ? 'cell' : ''} x=${NAMES - 8} y=${i * SIZE + 11} text-anchor="end">${word}</text>
          <path class="zeros" d="M${NAMES} ${(i + 0.5) * SIZE}H${width}" />
          <rect
            class=${word === 'cell' ? 'cell' : ''}
            x=${NAMES + i * SIZE + 1.5}
            y=${i * SIZE + 1.5}
            width=${SIZE - 3}
            height=${SIZE - 3}
            rx="2"
          />
        `,
      )}
    </svg>
  `;
}

export const oneHotStyles = css`
  .one-hot {
    max-width: 31rem;
  }

  .one-hot text {
    font-size: 12px;
  }

  .one-hot .zeros {
    stroke: var(--line);
    stroke-dasharray: 1 13;
    stroke-width: 3;
    stroke-dashoffset: -6.5;
  }

  .one-hot rect {
    fill: var(--edge);
  }

  .one-hot rect.cell {
    fill: var(--output);
  }

  .one-hot text.cell {
    font-weight: 650;
  }
`;
