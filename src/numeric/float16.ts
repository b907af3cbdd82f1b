/**
 * IEEE 754 binary16 in a `Uint16Array`, for engines without `Float16Array`. Rounds to nearest, ties to
 * even, with subnormals, infinities and NaN, as the hardware's own conversion does.
 */
const float32 = new Float32Array(1);
const bits32 = new Uint32Array(float32.buffer);
const REBIAS = 2 ** (127 - 15);

/** The 16 bits that hold `value`, rounded once. Doubles are rounded as doubles, not by way of binary32. */
export function toFloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | roundHalfEven(magnitude * 2 ** 24);
  float32[0] = magnitude;
  // Rounding to binary32 may carry into the next binade; the fraction then comes out as (minus) zero.
  const exponent = (bits32[0] >>> 23) - 127;
  const fraction = roundHalfEven((magnitude / 2 ** exponent - 1) * 1024);
  return sign | (((exponent + 15) << 10) + fraction);
}

export function fromFloat16Bits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const magnitude = bits & 0x7fff;
  if (magnitude >= 0x7c00) return magnitude > 0x7c00 ? NaN : sign * Infinity;
  // Moves exponent and fraction to where binary32 has them; only the exponent's bias still differs (127, not
  // 15).
  bits32[0] = magnitude << 13;
  return sign * float32[0] * REBIAS;
}

export const roundToFloat16 = (value: number): number => fromFloat16Bits(toFloat16Bits(value));

export function encodeFloat16(values: ArrayLike<number>): Uint16Array {
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) bits[i] = toFloat16Bits(values[i]);
  return bits;
}

export function decodeFloat16(bits: ArrayLike<number>): Float32Array {
  const values = new Float32Array(bits.length);
  for (let i = 0; i < values.length; i++) values[i] = fromFloat16Bits(bits[i]);
  return values;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Storage type of tensors. Arithmetic on the GPU is float32 for either. */
export type ElementType = 'f32' | 'f16';

export const bytesPerElement: Readonly<Record<ElementType, number>> = { f32: 4, f16: 2 };

/**
 * Values as stored: themselves, or the bits of the nearest float16, with one more zero if their
 * number is odd, because GPU copies work on whole 4-byte words.
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

/** Decodes the first `count` stored values. */
export function decodeElements(data: ArrayBuffer, type: ElementType, count: number): Float32Array {
  return type === 'f32'
    ? new Float32Array(data, 0, count)
    : decodeFloat16(new Uint16Array(data, 0, count));
}
