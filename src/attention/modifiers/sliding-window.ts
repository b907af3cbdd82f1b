import wgsl from '../../../shaders/modifiers/sliding_window.wgsl?raw';
import type { MaskModifier } from './modifier';

/** No bound on that side. */
export const UNBOUNDED = 2 ** 30;

/**
 * Query i, at position p = i + offset, sees keys p − left … p + right. The key at p itself is not counted
 * in either. ONNX opset 25 writes −1 for "no bound"; here that is `UNBOUNDED`.
 */
export function slidingWindow(left: number, right: number, offset = 0): MaskModifier {
  return {
    kind: 'mask',
    name: 'sliding_window',
    wgsl,
    sameForAllHeads: true,
    parameters: [left, right, offset],
    visible: (_batch, _head, query, key) => {
      const position = query + offset;
      return key >= position - left && key <= position + right;
    },
    range: (_batch, _head, query) => [query + offset - left, query + offset + right + 1],
  };
}
