import { decodeFloat16, encodeFloat16 } from './float16';

/** Storage type of tensors. Arithmetic on the GPU is float32 for either. */
export type ElementType = 'f32' | 'f16';

export const bytesPerElement: Readonly<Record<ElementType, number>> = { f32: 4, f16: 2 };

/**
 * What is stored for these values: themselves, or the bits of their nearest float16, with one more zero
 * where their number is odd: GPU copies go by whole words.
 */
export function encodeElements(
  values: Float32Array,
  type: ElementType,
): Float32Array | Uint16Array {
  if (type === 'f32') return values;
  const bits = new Uint16Array(values.length + (values.length % 2));
  bits.set(encodeFloat16(values));
  return bits;
}

/** The first `count` values that are stored in `data`. */
export function decodeElements(data: ArrayBuffer, type: ElementType, count: number): Float32Array {
  return type === 'f32'
    ? new Float32Array(data, 0, count)
    : decodeFloat16(new Uint16Array(data, 0, count));
}
