import { describe, expect, it } from 'vitest';
import { eigenOfSymmetric } from '../../../numeric/linear-algebra';
import { fillRandom } from '../../../numeric/random';
import { principalComponents } from './pca';

const random = (length: number, stream: number) =>
  fillRandom(new Float32Array(length), { seed: 6, stream });

/** Rows whose values spread less and less from dimension to dimension. */
function stretched(rows: number, size: number, stream = 1): Float32Array {
  return random(rows * size, stream).map((value, i) => (value * 4) / (1 + (i % size)) + 3);
}

describe('eigenOfSymmetric', () => {
  it.each([1, 2, 5, 40])('takes a matrix of %i apart and puts it together', (size) => {
    const given = new Float64Array(size * size);
    const values = random(size * size, size);
    for (let p = 0; p < size; p++) {
      for (let q = 0; q < size; q++)
        given[p * size + q] = values[p * size + q] + values[q * size + p];
    }
    const { values: eigenvalues, vectors } = eigenOfSymmetric(given.slice(), size);
    expect(eigenvalues).toEqual(eigenvalues.toSorted((a, b) => b - a));
    for (let p = 0; p < size; p++) {
      for (let q = 0; q < size; q++) {
        const sum = vectors.reduce((total, v, i) => total + eigenvalues[i] * v[p] * v[q], 0);
        expect(Math.abs(sum - given[p * size + q])).toBeLessThan(1e-12 * size);
        const product = vectors[p].reduce((total, value, d) => total + value * vectors[q][d], 0);
        expect(Math.abs(product - (p === q ? 1 : 0))).toBeLessThan(1e-13 * size);
      }
    }
  });
});

describe('principalComponents', () => {
  it('is worked out by hand for a line and a cross', () => {
    const line = principalComponents(Float32Array.of(0, 0, 3, 4, 6, 8), 2);
    expect([...line.axes[0]]).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.8, 12)]);
    expect(line.explained[0]).toBeCloseTo(1, 12);
    expect(line.explained[1]).toBeCloseTo(0, 12);
    expect([...line.points].map((x) => Math.round(x * 1e6) / 1e6 + 0)).toEqual([-5, 0, 0, 0, 5, 0]);
    const cross = principalComponents(Float32Array.of(2, 0, -2, 0, 0, 1, 0, -1), 2);
    expect(cross.explained).toEqual([expect.closeTo(0.8, 12), expect.closeTo(0.2, 12)]);
    expect([...cross.points].map((x) => x + 0)).toEqual([2, 0, -2, 0, 0, 1, 0, -1]);
  });

  it('has the most variance that two directions can have', () => {
    const size = 12;
    const values = stretched(300, size);
    const { points, explained, axes } = principalComponents(values, size);
    const variance = (read: (row: number) => number) => {
      const all = Array.from({ length: 300 }, (_, row) => read(row));
      const mean = all.reduce((a, b) => a + b) / 300;
      return all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    };
    let total = 0;
    for (let d = 0; d < size; d++) total += variance((row) => values[row * size + d]);
    const [first, second] = [0, 1].map((i) => variance((row) => points[2 * row + i]));
    // Points are float32.
    expect(first / total).toBeCloseTo(explained[0], 6);
    expect(second / total).toBeCloseTo(explained[1], 6);
    // No other direction has more than the first: random ones, and small turns of it.
    for (let trial = 0; trial < 50; trial++) {
      const nudge = random(size, 100 + trial);
      const scale = trial < 25 ? 1 : 0.01;
      const direction = axes[0].map((value, d) => value + scale * nudge[d]);
      const length = Math.hypot(...direction);
      const along = (row: number) =>
        direction.reduce((sum, x, d) => sum + (x / length) * values[row * size + d], 0);
      expect(variance(along) / total).toBeLessThanOrEqual(explained[0] + 1e-12);
    }
  });

  it('does not change when rows move, and turns along with them', () => {
    const values = stretched(200, 3);
    const plain = principalComponents(values, 3);
    const moved = principalComponents(
      values.map((value) => value + 8),
      3,
    );
    const swapped = values.map((_, i) => values[i - (i % 3) + (2 - (i % 3))]);
    const turned = principalComponents(swapped, 3);
    // Adding 8 rounds values of up to 32 to 2^-20 or so.
    moved.points.forEach((x, i) => expect(Math.abs(x - plain.points[i])).toBeLessThan(1e-5));
    turned.points.forEach((x, i) => expect(Math.abs(x - plain.points[i])).toBeLessThan(1e-5));
  });

  it('points where the largest value is positive', () => {
    const { axes } = principalComponents(stretched(50, 6), 6);
    const mirrored = principalComponents(
      stretched(50, 6).map((value) => -value),
      6,
    );
    for (const [i, axis] of axes.entries()) {
      expect(Math.max(...axis)).toBe(Math.max(...axis.map(Math.abs)));
      axis.forEach((value, d) => expect(mirrored.axes[i][d]).toBeCloseTo(value, 10));
    }
  });

  it('leaves broken rows out, and says how many', () => {
    const values = stretched(50, 4);
    const broken = Float32Array.from([...values, NaN, 0, 0, 0, 0, Infinity, 0, 0]);
    const { points, excludedRows, explained } = principalComponents(broken, 4);
    const plain = principalComponents(values, 4);
    expect(excludedRows).toBe(2);
    expect(explained).toEqual(plain.explained);
    expect(points.slice(100)).toEqual(Float32Array.of(NaN, NaN, NaN, NaN));
    expect(points.slice(0, 100)).toEqual(plain.points);
  });

  it('has an answer where there is nothing to see', () => {
    const same = principalComponents(Float32Array.of(1, 2, 1, 2), 2);
    expect(same.explained).toEqual([0, 0]);
    expect([...same.points].map((x) => x + 0)).toEqual([0, 0, 0, 0]);
    const thin = principalComponents(Float32Array.of(1, 2, 3), 1);
    expect(thin.explained).toEqual([1, 0]);
    expect([...thin.points].map((x) => x + 0)).toEqual([-1, 0, 0, 0, 1, 0]);
    expect(principalComponents(new Float32Array(), 3).points).toHaveLength(0);
  });

  it('refuses rows that are not', () => {
    expect(() => principalComponents(new Float32Array(), 257)).toThrow(
      'size is 257; allowed: a whole',
    );
    expect(() => principalComponents(new Float32Array(5), 2)).toThrow('rows of 2 values');
  });
});
