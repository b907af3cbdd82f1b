import { type MaskName, maskNames, namedMasks } from '../attention/modifiers/index';
import type { Mask } from '../attention/modifiers/modifier';

/** The numbers of a mask: a benchmark sets only the window. */
const numbersOf = (window: number) => ({ window, prefix: 0, sinks: 0 });

/** Masks that the benchmark offers: those with no number but a window. */
const available = maskNames.filter((name) =>
  namedMasks[name].numbers.every((number) => number === 'window'),
);

export const maskChoices = available.map((value) => ({ value, label: namedMasks[value].label }));

/** Whether a window goes with this mask. */
export const isWindowed = (mask: MaskName): boolean => namedMasks[mask].numbers.includes('window');

export const windowedMasks = available.filter(isWindowed);

/** A mask by its name, for the library; undefined hides nothing. */
export const createMask = (mask: MaskName, window = 0): Mask | undefined =>
  namedMasks[mask].create(numbersOf(window), 0);

/** "causal window of 256 keys"; empty where nothing is hidden. */
export const describeMask = (mask: MaskName, window = 0): string =>
  namedMasks[mask].describe(numbersOf(window));

/** "causal-window 256", as names of cases end; empty where nothing is hidden. */
export function formatMask(mask: MaskName, window = 0): string {
  if (mask === 'none') return '';
  return isWindowed(mask) ? `${mask} ${window}` : mask;
}
