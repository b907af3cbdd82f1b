import type { ReactiveControllerHost } from 'lit';
import { emit } from '../../../ui/emit';
import { otherTokenSide, type TokenRef, type TokenSide, isSameToken } from '../model/token-edges';

/**
 * The token that a key leads to: up and down along its side; right from a query, left from a key, to the other side.
 * Null for other keys.
 *
 * @param partner The token of the other side to go to.
 */
export function tokenAfterKey(
  key: string,
  { side, index }: TokenRef,
  count: Readonly<Record<TokenSide, number>>,
  partner: () => number,
): TokenRef | null {
  const last = count[side] - 1;
  if (key === 'ArrowDown') return { side, index: Math.min(last, index + 1) };
  if (key === 'ArrowUp') return { side, index: Math.max(0, index - 1) };
  if (key === 'Home') return { side, index: 0 };
  if (key === 'End') return { side, index: last };
  if (key !== (side === 'query' ? 'ArrowRight' : 'ArrowLeft')) return null;
  return { side: otherTokenSide(side), index: partner() };
}

export type TokenChoiceHost = EventTarget &
  Pick<ReactiveControllerHost, 'requestUpdate'> & {
    locked: readonly TokenRef[];
    hiddenKeys: readonly number[];
  };

export class TokenChoice {
  hovered: TokenRef | null = null;
  private active: Readonly<Record<TokenSide, number>> = { query: 0, key: 0 };

  constructor(private readonly host: TokenChoiceHost) {}

  /** The token that is described: the hovered one, or else the one locked last. */
  get subject(): TokenRef | null {
    return this.hovered ?? this.host.locked.at(-1) ?? null;
  }

  /** Tokens whose edges are drawn in front of the others. */
  get inFront(): readonly TokenRef[] {
    const { hovered } = this;
    const { locked } = this.host;
    return hovered && !this.isLocked(hovered) ? [...locked, hovered] : locked;
  }

  isLocked(token: TokenRef): boolean {
    return this.host.locked.some((other) => isSameToken(token, other));
  }

  isHovered(token: TokenRef): boolean {
    return this.hovered !== null && isSameToken(this.hovered, token);
  }

  isHidden({ side, index }: TokenRef): boolean {
    return side === 'key' && this.host.hiddenKeys.includes(index);
  }

  tabStop(side: TokenSide): TokenRef {
    return { side, index: this.active[side] };
  }

  hover(token: TokenRef): void {
    this.hovered = token;
    this.active = { ...this.active, [token.side]: token.index };
    this.host.requestUpdate();
  }

  leave(): void {
    if (!this.hovered) return;
    this.hovered = null;
    this.host.requestUpdate();
  }

  /** A click locks a token or unlocks it; with Shift, it hides a key or shows it again. */
  press(token: TokenRef, withShift: boolean): void {
    const { locked } = this.host;
    if (withShift && token.side === 'key') this.toggleHidden(token.index);
    else if (!this.isLocked(token)) this.lock([...locked, token]);
    else this.lock(locked.filter((other) => !isSameToken(token, other)));
  }

  lock(locked: readonly TokenRef[]): void {
    this.host.locked = locked;
    emit(this.host, 'token-lock', { locked });
  }

  toggleHidden(key: number): void {
    const { hiddenKeys } = this.host;
    const isHidden = hiddenKeys.includes(key);
    this.hide(isHidden ? hiddenKeys.filter((other) => other !== key) : [...hiddenKeys, key]);
  }

  hide(hiddenKeys: readonly number[]): void {
    this.host.hiddenKeys = hiddenKeys;
    emit(this.host, 'token-hide', { hiddenKeys });
  }

  keepWithin(count: Readonly<Record<TokenSide, number>>): void {
    const exists = ({ side, index }: TokenRef) => index < count[side];
    const { host, active } = this;
    host.locked = host.locked.filter(exists);
    host.hiddenKeys = host.hiddenKeys.filter((index) => index < count.key);
    if (this.hovered && !exists(this.hovered)) this.hovered = null;
    const within = (side: TokenSide) => Math.min(active[side], Math.max(0, count[side] - 1));
    this.active = { query: within('query'), key: within('key') };
  }
}
