import { otherSide, type TokenRef, type TokenSide } from './token-ref';

/**
 * Where a key leads from a token: up and down along its side; right from a query, left from a key, to the other side.
 * Null for keys that lead nowhere.
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
  return { side: otherSide(side), index: partner() };
}
