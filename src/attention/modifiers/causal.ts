import wgsl from '../../../shaders/modifiers/causal.wgsl?raw';
import {
  type MaskModifier,
  type ModifierEntry,
  type Offset,
  offsetAt,
  offsetNumbers,
  validateOffset,
} from './modifier';

/**
 * Query i sees key j where j ≤ i + offset. Offset 0 aligns the triangle at the top left, also where S ≠ L
 * (as ONNX and PyTorch do); keyLength − queryLength aligns it at the bottom right (as FlashAttention
 * does); the number of cached keys continues a sequence. A negative offset empties the first rows.
 */
export function causal(offset: Offset = 0): MaskModifier {
  return {
    kind: 'mask',
    name: 'causal',
    wgsl,
    ...offsetNumbers(offset),
    sameForAllHeads: typeof offset === 'number',
    visible: (batch, _head, query, key) => key <= query + offsetAt(offset, batch),
    range: (batch, _head, query) => [0, query + offsetAt(offset, batch) + 1],
    validate: (shape) => validateOffset('causal', offset, shape),
  };
}

export const causalEntry = {
  label: 'Causal, any offset',
  call: 'causal(offset)',
  description: 'A query sees the key at its own position and those before it.',
  examples: () => [
    { label: 'causal', mask: causal() },
    { label: 'causal, 8 keys cached', mask: causal(8) },
    { label: 'causal, first rows empty', mask: causal(-6) },
  ],
  named: {
    causal: {
      label: 'causal',
      numbers: [],
      create: (_numbers, offset) => causal(offset),
      describe: () => 'causal',
      visibleRuns: (_numbers, position) => [[0, position + 1]],
    },
  },
} as const satisfies ModifierEntry;
