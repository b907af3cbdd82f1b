import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { decodeFloat16, roundToFloat16, encodeElements } from '../../numeric/float16';
import { allocateOperands, allocateEncoded, fillOperands, operandNames } from './operands';

/** Odd numbers of values, so that float16 does not fill its last word. */
const shape = shapeOf({ queryLength: 7, keyLength: 5, headSize: 3, valueSize: 9 });

function filled(dtype: 'f32' | 'f16', count = 1) {
  const operands = allocateOperands(shape, false);
  const stored = allocateEncoded(operands, dtype, false);
  for (let index = 0; index < count; index++) {
    fillOperands(operands, stored, { seed: 5, distribution: 'normal', part: { index, count } });
  }
  return { operands, stored };
}

describe('inputs', () => {
  it('are stored where they are computed from, as float32', () => {
    const { operands, stored } = filled('f32');
    expect(stored).toBe(operands);
    for (const name of operandNames) expect(operands[name]).not.toContain(0);
  });

  it('are rounded to float16 once: what is computed from is what the GPU gets', () => {
    const exact = filled('f32').operands;
    const { operands, stored } = filled('f16');
    for (const name of operandNames) {
      const rounded = Float32Array.from(exact[name], roundToFloat16);
      expect(operands[name]).toEqual(rounded);
      expect(operands[name]).not.toEqual(exact[name]);
      expect(stored[name]).toEqual(encodeElements(exact[name], 'f16'));
      expect(stored[name].byteLength % 4).toBe(0);
      expect(decodeFloat16(stored[name]).slice(0, rounded.length)).toEqual(rounded);
    }
  });

  it.each(['f32', 'f16'] as const)('are the same however many threads fill them: %s', (dtype) => {
    expect(filled(dtype, 4)).toEqual(filled(dtype));
  });
});
