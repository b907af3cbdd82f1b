import { causal } from '../attention/modifiers/causal';
import type { Mask } from '../attention/modifiers/modifier';
import { slidingWindow } from '../attention/modifiers/sliding-window';
import type { MaskName } from './settings-types';

/** A mask that a benchmark can be asked for by name. */
interface NamedMask {
  readonly label: string;
  /** Whether it has a width: the number of keys to the left, and for some to the right. */
  readonly windowed: boolean;
  create(window: number): Mask | undefined;
  /** As the end of a sentence on a case would have it. */
  describe(window: number): string;
}

const masks: Readonly<Record<MaskName, NamedMask>> = {
  none: { label: 'none', windowed: false, create: () => undefined, describe: () => '' },
  causal: {
    label: 'causal',
    windowed: false,
    create: () => causal(),
    describe: () => 'causal',
  },
  window: {
    label: 'window',
    windowed: true,
    create: (window) => slidingWindow(window, window),
    describe: (window) => `window of ${count(window)} on either side`,
  },
  'causal-window': {
    label: 'causal window',
    windowed: true,
    // Causal and window in one: nothing to the right. It sees the keys of and(causal(), …).
    create: (window) => slidingWindow(window, 0),
    describe: (window) => `causal window of ${count(window)}`,
  },
};

export const maskChoices = Object.entries(masks).map(([value, { label }]) => ({ value, label }));

/** Whether a width goes with this mask. */
export const isWindowed = (mask: MaskName): boolean => masks[mask].windowed;

/** The masks that a width goes with. */
export const windowedMasks = Object.keys(masks).filter((name) => isWindowed(name as MaskName));

/** A mask by its name, for the library; undefined hides nothing. */
export const createMask = (mask: MaskName, window = 0): Mask | undefined =>
  masks[mask].create(window);

/** "causal window of 256 keys"; empty where nothing is hidden. */
export const describeMask = (mask: MaskName, window = 0): string => masks[mask].describe(window);

/** "causal-window 256", as names of cases end; empty where nothing is hidden. */
export function formatMask(mask: MaskName, window = 0): string {
  if (mask === 'none') return '';
  return isWindowed(mask) ? `${mask} ${window}` : mask;
}

const whole = new Intl.NumberFormat('en-US');
const count = (keys: number) => `${whole.format(keys)} ${keys === 1 ? 'key' : 'keys'}`;
