import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { TokenRef } from './token-ref';
import { formatWeight } from './token-words';
import { styled } from '../styled';

/** A token of a list, and what may be done to it. */
export interface TokenButton extends TokenRef {
  readonly token: string;
  /** The token, with its position where it occurs more than once. */
  readonly name: string;
  /** Between it and the token that is pointed at on the other side. */
  readonly weight: number | undefined;
  readonly isHidden: boolean;
  /** Whether some of its weights are not finite. */
  readonly isStrange: boolean;
  readonly isPointed: boolean;
  readonly isLocked: boolean;
  /** Whether Tab goes there: one token of the list. */
  readonly isReachable: boolean;
  readonly onPress: (withShift: boolean) => void;
  readonly onPoint: () => void;
  readonly onLeave: () => void;
  readonly onHide: () => void;
}

export function renderToken(given: TokenButton) {
  const { side, index, token, name, weight, isHidden } = given;
  const word = token.trim() === '' ? JSON.stringify(token) : token;
  // What sets it apart from others of its word is heard; on the screen its place says it.
  const spoken = `${name.slice(word.length)}, ${side}${isHidden ? ', hidden' : ''} `;
  return html`
    <li class=${classMap({ 'is-hidden': isHidden })}>
      <button
        type="button"
        class=${classMap({
          token: true,
          pointed: given.isPointed,
          'is-hidden': isHidden,
          strange: given.isStrange,
        })}
        tabindex=${given.isReachable ? 0 : -1}
        aria-pressed=${given.isLocked}
        data-index=${index}
        @click=${(event: MouseEvent) => given.onPress(event.shiftKey)}
        @pointerenter=${given.onPoint}
        @focus=${given.onPoint}
        @blur=${given.onLeave}
      >
        <span class="word">${word}</span><span class="spoken">${spoken}</span>
        ${weight === undefined || weight === 0 ? nothing : renderWeight(weight)}
      </button>
      ${side === 'key' ? renderHide(given) : nothing}
    </li>
  `;
}

function renderWeight(weight: number) {
  const width = `${(100 * Math.min(1, Math.abs(weight))).toFixed(1)}%`;
  return html`
    <span class="value number">${formatWeight(weight)}</span>
    <span class="bar" ${styled({ width })}></span>
  `;
}

/** For the pointer; the keyboard has H, and a finger the button below the picture. */
function renderHide({ name, isHidden, onHide }: TokenButton) {
  return html`<button
    type="button"
    class="hide"
    tabindex="-1"
    aria-label="${isHidden ? 'Show' : 'Hide'} key ${name}"
    @click=${onHide}
  >
    ${isHidden ? 'show' : 'hide'}
  </button>`;
}
