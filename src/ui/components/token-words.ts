import type { Edges, RowState } from './token-edges';

/** "0.30", "0.045", "4e-5": a weight in as few characters as tell it. */
export function formatWeight(weight: number): string {
  if (Number.isNaN(weight)) return 'NaN';
  if (!Number.isFinite(weight)) return weight > 0 ? '∞' : '−∞';
  const size = Math.abs(weight);
  if (size >= 0.0995 || weight === 0) return weight.toFixed(2);
  return size >= 0.00095 ? weight.toFixed(3) : weight.toExponential(0);
}

/** "92.3%" */
export const formatShareOf = (share: number) => `${(100 * share).toFixed(1)}%`;

/** Tokens as they are spoken of: one that occurs more than once goes with its position, from 1. */
export function tokenNames(tokens: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return tokens.map((token, i) => {
    const shown = token.trim() === '' ? JSON.stringify(token) : token;
    return counts.get(token)! > 1 ? `${shown} (${i + 1})` : shown;
  });
}

/** At most so many edges are told in a sentence. */
const TOLD = 5;

/** "Prisoner attends to: Prisoner 0.30, Cell 0.23, and 4 more." */
export function describeQuery(
  name: string,
  { edges }: Edges,
  keyNames: readonly string[],
  state: RowState,
  hiddenMass: number,
): string {
  if (state === 'sees no key') return `${name} attends to no key: none is visible to it.`;
  if (state === 'all hidden') {
    return `${name}: all of its weight was on hidden keys, so nothing is left to share out.`;
  }
  const told = listOf(edges.map(({ key, weight }) => `${keyNames[key]} ${formatWeight(weight)}`));
  const problem = state === 'not finite' ? ' Some of its weights are not finite.' : '';
  const hidden = hiddenMass !== 0 ? ` Hidden keys held ${formatWeight(hiddenMass)}.` : '';
  return `${name} attends to: ${told}.${problem}${hidden}`;
}

/** "Cell is attended to by: Prisoner 0.23, and 3 more." Of a hidden key, what it held. */
export function describeKey(
  name: string,
  { edges }: Edges,
  queryNames: readonly string[],
  isHidden: boolean,
): string {
  if (edges.length === 0) return `${name} is attended to by no query.`;
  const told = listOf(
    edges.map(({ query, weight }) => `${queryNames[query]} ${formatWeight(weight)}`),
  );
  return isHidden ? `${name} is hidden. It held: ${told}.` : `${name} is attended to by: ${told}.`;
}

function listOf(parts: readonly string[]): string {
  const more = parts.length - TOLD;
  const told = parts.slice(0, TOLD).join(', ');
  return more > 0 ? `${told}, and ${more} more` : told;
}
