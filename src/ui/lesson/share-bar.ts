import { html, nothing } from 'lit';
import { styled } from '../styled';

/** What the bars of a table reach over. */
export interface Reach {
  readonly least: number;
  readonly most: number;
}

/** Shares far outside would leave no room for those that are not. */
const FARTHEST = 4;

/** From 0 to 1, and as much more as the shares need, within reason: all bars of a table have one scale. */
export function reachOf(shares: readonly number[]): Reach {
  const finite = shares.filter(Number.isFinite);
  return {
    least: Math.max(-FARTHEST, Math.min(0, ...finite)),
    most: Math.min(FARTHEST, Math.max(1, ...finite)),
  };
}

/** A share as a bar, in the field from 0 to 1 where shares should be. */
export function shareBar(share: number, { least, most }: Reach) {
  const place = (value: number) =>
    (Math.min(most, Math.max(least, value)) - least) / (most - least);
  const span = (from: number, to: number) =>
    styled({ '--from': String(place(from)), '--to': String(place(to)) });
  const isOutside = share < 0 || share > 1;
  return html`<div class="track" aria-hidden="true">
    <i class="field" ${span(0, 1)}></i>
    ${
      Number.isFinite(share)
        ? html`<i
            class="fill ${isOutside ? 'outside' : ''}"
            ${span(Math.min(0, share), Math.max(0, share))}
          ></i>`
        : nothing
    }
  </div>`;
}
