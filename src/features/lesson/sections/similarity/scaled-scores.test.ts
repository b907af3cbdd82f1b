import { describe, expect, it } from 'vitest';
import { typicalProduct } from './scaled-scores';

describe('the typical dot product of random vectors', () => {
  it.each([1, 2, 3, 16, 64, 255, 256])('of %d values is about its root', (size) => {
    const typical = typicalProduct(size);
    // The square of a sum of d products of normals has mean d and variance (2 + 6/d)·d²; its root half of
    // the relative deviation. Five standard errors.
    const error = (5 * Math.sqrt((2 + 6 / size) / typical.pairs)) / 2;
    expect(Math.abs(typical.size / Math.sqrt(size) - 1)).toBeLessThan(error);
    expect(error).toBeLessThan(0.25);
    expect(typicalProduct(size)).toBe(typical);
  });
});
