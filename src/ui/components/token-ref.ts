export type TokenSide = 'query' | 'key';

/** A token of either side. */
export interface TokenRef {
  readonly side: TokenSide;
  readonly index: number;
}

export const isSameToken = (a: TokenRef, b: TokenRef) => a.side === b.side && a.index === b.index;

export const otherSide = (side: TokenSide): TokenSide => (side === 'query' ? 'key' : 'query');
