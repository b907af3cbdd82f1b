import { css } from 'lit';

/** How far something is: a thin native bar that looks alike in all browsers. */
export const progressBar = css`
  progress {
    display: block;
    width: 100%;
    height: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--line);
    appearance: none;
  }

  progress::-webkit-progress-bar {
    border-radius: 2px;
    background: var(--line);
  }

  progress::-webkit-progress-value {
    border-radius: 2px;
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    border-radius: 2px;
    background: var(--accent);
  }
`;
