import { css, html } from 'lit';
import { styled } from '../../styled';
import { digits } from '../digits';

export const mixBarStyles = css`
  .mix {
    display: grid;
    grid-template-columns: auto auto minmax(6rem, 1fr);
    gap: var(--space-1) var(--space-3);
    align-items: center;
    max-width: 28rem;
    margin: 0;
  }

  .mix > div {
    display: contents;
  }

  .mix dd {
    margin: 0;
    text-align: right;
  }

  .mix .track {
    position: relative;
    height: 1rem;
    background: linear-gradient(var(--edge), var(--edge)) center / 1px 100% no-repeat;
  }

  .mix .track i {
    position: absolute;
    inset-block: 0;
    left: calc(var(--from) * 100%);
    width: calc((var(--to) - var(--from)) * 100%);
    border-radius: 2px;
    background: var(--accent);
  }

  .mix .track i.below {
    background: repeating-linear-gradient(135deg, var(--bad) 0 4px, transparent 4px 7px);
  }
`;

/** How much of each word is in a mixture: bars to both sides of 0. */
export function mixBars(names: readonly string[], mix: readonly number[]) {
  const bar = (part: number) => {
    const end = 0.5 + part / 2;
    return styled({ '--from': `${Math.min(0.5, end)}`, '--to': `${Math.max(0.5, end)}` });
  };
  return html`<dl class="mix">
    ${names.map(
      (name, i) =>
        html`<div>
          <dt>${name}</dt>
          <dd class="number">${digits(mix[i])}</dd>
          <dd class="track" aria-hidden="true">
            <i class=${mix[i] < 0 ? 'below' : ''} ${bar(mix[i])}></i>
          </dd>
        </div>`,
    )}
  </dl>`;
}
