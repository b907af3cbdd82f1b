import type { ReactiveControllerHost } from 'lit';
import { tell } from './tell';
import { isSameToken, type TokenRef, type TokenSide } from './token-ref';

export type ChoiceHost = EventTarget &
  Pick<ReactiveControllerHost, 'requestUpdate'> & {
    locked: readonly TokenRef[];
    hiddenKeys: readonly number[];
  };

/** Which tokens people look at: the one they point at, those they locked, and which keys they hid. */
export class TokenChoice {
  /** Under the pointer or in focus. */
  pointed: TokenRef | null = null;
  /** Where the arrow keys are, on each side. */
  private active: Readonly<Record<TokenSide, number>> = { query: 0, key: 0 };

  constructor(private readonly host: ChoiceHost) {}

  /** The token that is told of: the one pointed at, or else the one locked last. */
  get subject(): TokenRef | null {
    return this.pointed ?? this.host.locked.at(-1) ?? null;
  }

  /** Tokens whose edges are drawn in front of the others. */
  get inFront(): readonly TokenRef[] {
    const { pointed } = this;
    const { locked } = this.host;
    return pointed && !this.isLocked(pointed) ? [...locked, pointed] : locked;
  }

  isLocked(token: TokenRef): boolean {
    return this.host.locked.some((other) => isSameToken(token, other));
  }

  isPointed(token: TokenRef): boolean {
    return this.pointed !== null && isSameToken(this.pointed, token);
  }

  isHidden({ side, index }: TokenRef): boolean {
    return side === 'key' && this.host.hiddenKeys.includes(index);
  }

  /** The token of this side that Tab goes to. */
  reachable(side: TokenSide): TokenRef {
    return { side, index: this.active[side] };
  }

  point(token: TokenRef): void {
    this.pointed = token;
    this.active = { ...this.active, [token.side]: token.index };
    this.host.requestUpdate();
  }

  leave(): void {
    if (!this.pointed) return;
    this.pointed = null;
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
    tell(this.host, 'token-lock', { locked });
  }

  toggleHidden(key: number): void {
    const { hiddenKeys } = this.host;
    const isHidden = hiddenKeys.includes(key);
    this.hide(isHidden ? hiddenKeys.filter((other) => other !== key) : [...hiddenKeys, key]);
  }

  hide(hiddenKeys: readonly number[]): void {
    this.host.hiddenKeys = hiddenKeys;
    tell(this.host, 'token-hide', { hiddenKeys });
  }

  /** Drops what speaks of tokens that are gone. */
  keepWithin(count: Readonly<Record<TokenSide, number>>): void {
    const isThere = ({ side, index }: TokenRef) => index < count[side];
    const { host, active } = this;
    host.locked = host.locked.filter(isThere);
    host.hiddenKeys = host.hiddenKeys.filter((index) => index < count.key);
    if (this.pointed && !isThere(this.pointed)) this.pointed = null;
    const within = (side: TokenSide) => Math.min(active[side], Math.max(0, count[side] - 1));
    this.active = { query: within('query'), key: within('key') };
  }
}
