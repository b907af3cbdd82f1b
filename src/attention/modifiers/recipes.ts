import { formatCounted } from '../../numeric/format';
import { causal } from './causal';
import { and, or } from './combine';
import { keyLengths } from './key-lengths';
import { type Mask, type ModifierEntry, type Offset } from './modifier';
import { UNBOUNDED, slidingWindow } from './sliding-window';

/** Prefix language model: the prefix sees itself whole, what follows is causal (Raffel et al., "T5", 2020). */
export const prefixLm = (prefix: number | readonly number[], offset: Offset = 0): Mask =>
  or(keyLengths(prefix), causal(offset));

export const prefixLmEntry = {
  label: 'Prefix LM',
  call: 'prefixLm(n)',
  description: 'Every query sees the prefix; the rest is causal.',
  examples: () => [{ label: 'prefix of 9', mask: prefixLm(9) }],
  named: {
    prefix: {
      label: 'prefix',
      numbers: ['prefix'],
      create: ({ prefix }, offset) => prefixLm(prefix, offset),
      describe: ({ prefix }) => `prefix of ${formatCounted(prefix, 'key')}`,
      visibleRuns: ({ prefix }, position) => [[0, Math.max(prefix, position + 1)]],
    },
  },
} as const satisfies ModifierEntry;

/**
 * A causal window that keeps the first `sinks` keys in sight, as streaming models do (Xiao et al.,
 * "Efficient streaming language models with attention sinks", 2023).
 */
export const windowWithSinks = (left: number, sinks: number, offset: Offset = 0): Mask =>
  and(causal(offset), or(keyLengths(sinks), slidingWindow(left, 0, offset)));

export const windowWithSinksEntry = {
  label: 'Window with sink tokens',
  call: 'windowWithSinks(left, n)',
  description: 'A causal window beside which the first keys stay visible.',
  examples: () => [{ label: 'window with 3 sink tokens', mask: windowWithSinks(5, 3) }],
  named: {
    'sink-window': {
      label: 'window and sinks',
      numbers: ['window', 'sinks'],
      create: ({ window, sinks }, offset) => windowWithSinks(window, sinks, offset),
      describe: ({ window, sinks }) =>
        `causal window of ${formatCounted(window, 'key')} and the first ${formatCounted(sinks, 'key')}`,
      visibleRuns: ({ window, sinks }, position) => [
        [0, Math.min(sinks, position + 1)],
        [position - window, position + 1],
      ],
    },
  },
} as const satisfies ModifierEntry;

export const joinedMasksEntry = {
  label: 'Masks joined',
  call: 'and(…), or(…)',
  description: 'Keys that all of the masks show, or any of them.',
  examples: () => [
    { label: 'causal and window', mask: and(causal(), slidingWindow(6, UNBOUNDED)) },
    { label: 'either of two', mask: or(slidingWindow(1, 1), slidingWindow(2, 2, 10)) },
  ],
} as const satisfies ModifierEntry;
