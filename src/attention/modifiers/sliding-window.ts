import wgsl from '../../../shaders/modifiers/sliding_window.wgsl?raw';
import { formatCounted } from '../../numeric/format';
import { InputError } from '../input-error';
import {
  type MaskModifier,
  type ModifierEntry,
  type Offset,
  offsetAt,
  offsetNumbers,
  validateOffset,
} from './modifier';

/** No bound on that side. */
export const UNBOUNDED = 2 ** 30;

/**
 * Query i, at position p = i + offset, sees keys p − left … p + right. The key at p itself is not counted
 * in either. ONNX opset 25 writes −1 for "no bound"; here that is `UNBOUNDED`.
 */
export function slidingWindow(left: number, right: number, offset: Offset = 0): MaskModifier {
  const position = offsetNumbers(offset);
  return {
    kind: 'mask',
    name: 'sliding_window',
    wgsl,
    ...position,
    integers: [left, right, ...position.integers],
    sameForAllHeads: typeof offset === 'number',
    visible: (batch, _head, query, key) => {
      const distance = key - (query + offsetAt(offset, batch));
      return distance >= -left && distance <= right;
    },
    range: (batch, _head, query) => {
      const at = query + offsetAt(offset, batch);
      return [at - left, at + right + 1];
    },
    validate(shape) {
      for (const [name, bound] of [
        ['left', left],
        ['right', right],
      ] as const) {
        if (!Number.isInteger(bound) || Math.abs(bound) > UNBOUNDED) {
          const allowed = `a whole number, ${-UNBOUNDED} to ${UNBOUNDED} (UNBOUNDED)`;
          throw new InputError(`window ${name}`, bound, allowed);
        }
      }
      validateOffset('window', offset, shape);
    },
  };
}

export const slidingWindowEntry = {
  label: 'Windows',
  call: 'slidingWindow(left, right)',
  description: 'A query sees the keys near its own position.',
  examples: () => [{ label: 'window of 4 and 2', mask: slidingWindow(4, 2) }],
  named: {
    window: {
      label: 'window',
      numbers: ['window'],
      create: ({ window }, offset) => slidingWindow(window, window, offset),
      describe: ({ window }) => `window of ${formatCounted(window, 'key')} on either side`,
      visibleRuns: ({ window }, position) => [[position - window, position + window + 1]],
    },
    'causal-window': {
      label: 'causal window',
      numbers: ['window'],
      // Nothing to the right: it sees the keys of and(causal(), …) in one modifier.
      create: ({ window }, offset) => slidingWindow(window, 0, offset),
      describe: ({ window }) => `causal window of ${formatCounted(window, 'key')}`,
      visibleRuns: ({ window }, position) => [[position - window, position + 1]],
    },
  },
} as const satisfies ModifierEntry;
