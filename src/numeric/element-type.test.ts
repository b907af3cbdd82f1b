import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesPerElement,
  decodeElements,
  encodeElements,
  roundToFloat16,
  toFloat16Bits,
} from './float16';

fc.configureGlobal({ seed: 105 });

/** What a GPU buffer would hold: whole words. */
function stored(values: Float32Array, type: 'f32' | 'f16'): ArrayBuffer {
  const encoded = encodeElements(values, type);
  const bytes = new Uint8Array(encoded.buffer, encoded.byteOffset, encoded.byteLength).slice();
  return bytes.buffer;
}

const lists = fc
  .array(fc.float({ noDefaultInfinity: true }), { maxLength: 9 })
  .map((list) => Float32Array.from(list));

describe('f16', () => {
  it('is the bits of the nearest float16, with a zero more where their number is odd', () => {
    const odd = encodeElements(Float32Array.of(1, -2.5, 0.1), 'f16');
    expect(odd).toBeInstanceOf(Uint16Array);
    expect([...odd]).toEqual([0x3c00, 0xc100, toFloat16Bits(Math.fround(0.1)), 0]);
    expect([...encodeElements(Float32Array.of(65504, -0), 'f16')]).toEqual([0x7bff, 0x8000]);
    expect(encodeElements(new Float32Array(0), 'f16').length).toBe(0);
  });

  it('fills whole words, and decoding gives back as many values, each rounded once', () => {
    fc.assert(
      fc.property(lists, (values) => {
        const buffer = stored(values, 'f16');
        const words = Math.ceil((values.length * bytesPerElement.f16) / 4);
        expect(buffer.byteLength).toBe(4 * words);
        const decoded = decodeElements(buffer, 'f16', values.length);
        expect(decoded).toEqual(values.map(roundToFloat16));
        // What float16 holds, it holds exactly.
        expect(decodeElements(stored(decoded, 'f16'), 'f16', values.length)).toEqual(decoded);
      }),
    );
  });
});

describe('f32', () => {
  it('is the values themselves, uncopied', () => {
    const values = Float32Array.of(1, NaN, -0);
    expect(encodeElements(values, 'f32')).toBe(values);
  });

  it('decodes as many as are asked for, whatever follows', () => {
    fc.assert(
      fc.property(lists, lists, (values, rest) => {
        const buffer = stored(Float32Array.of(...values, ...rest), 'f32');
        expect(decodeElements(buffer, 'f32', values.length)).toEqual(values);
      }),
    );
  });
});
