import type { Mask, MaskModifier } from './modifier';

/** Visible where all of the masks agree. */
export const and = (...masks: Mask[]): Mask => ({ kind: 'all', masks });

/** Visible where at least one of the masks shows the key. */
export const or = (...masks: Mask[]): Mask => ({ kind: 'any', masks });

/** Whether a query may see a key. */
export function isVisible(
  mask: Mask | undefined,
  batch: number,
  head: number,
  query: number,
  key: number,
): boolean {
  if (!mask) return true;
  if (mask.kind === 'mask') return mask.visible(batch, head, query, key);
  const shows = (part: Mask) => isVisible(part, batch, head, query, key);
  return mask.kind === 'all' ? mask.masks.every(shows) : mask.masks.some(shows);
}

export function maskParts(mask: Mask | undefined): readonly MaskModifier[] {
  if (!mask) return [];
  return mask.kind === 'mask' ? [mask] : mask.masks.flatMap(maskParts);
}

/** Whether all heads of all batch elements have the same mask. */
export function isSameForAllHeads(mask: Mask | undefined): boolean {
  if (!mask) return true;
  return mask.kind === 'mask' ? mask.sameForAllHeads === true : mask.masks.every(isSameForAllHeads);
}

/**
 * The keys that can be visible in a row, as one run within 0..keyLength, and whether all of that run is
 * visible, so that no single key need be tested.
 */
export function visibleRange(
  mask: Mask | undefined,
  keyLength: number,
  batch: number,
  head: number,
  query: number,
): { first: number; end: number; exact: boolean } {
  // Asked for tens of thousands of rows at once, on the main thread.
  if (!mask) return { first: 0, end: keyLength, exact: true };
  if (mask.kind === 'mask') {
    if (!mask.range) return { first: 0, end: keyLength, exact: false };
    const [first, end] = mask.range(batch, head, query);
    return clamp(first, end, keyLength, true);
  }
  if (mask.kind === 'any') return { first: 0, end: keyLength, exact: false };
  let [first, end, exact] = [0, keyLength, true];
  for (const part of mask.masks) {
    const range = visibleRange(part, keyLength, batch, head, query);
    first = Math.max(first, range.first);
    end = Math.min(end, range.end);
    exact &&= range.exact;
  }
  return clamp(first, end, keyLength, exact);
}

function clamp(first: number, end: number, keyLength: number, exact: boolean) {
  const start = Math.min(Math.max(first, 0), keyLength);
  return { first: start, end: Math.max(start, Math.min(end, keyLength)), exact };
}
