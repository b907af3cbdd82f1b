import { describe, expect, it } from 'vitest';
import { PointCloud } from './scatter-layout';

const points = Float32Array.of(-1, 0.25, 0.5, NaN, 1.25, 0.125);
const labels = ['the', 'guard', 'slept'];

describe('a cloud of points', () => {
  it('describes a point by its label, its kind where there are several, and its coordinates', () => {
    const cloud = new PointCloud(points, labels, [0, 0, 1], ['queries', 'keys']);
    expect(cloud.describe(2)).toBe('slept, keys (3 of 3): 1.250, 0.1250');
    const plain = new PointCloud(points, labels, undefined, ['outputs']);
    expect(plain.describe(0)).toBe('the (1 of 3): −1.000, 0.2500');
    expect([plain.kindName(0), new PointCloud(points, labels, undefined, []).kindName(0)]).toEqual([
      'outputs',
      '',
    ]);
  });

  it('counts points that are not finite', () => {
    const cloud = new PointCloud(points, labels, undefined, []);
    expect(cloud.nonFiniteCount).toBe(1);
    expect([0, 1, 2].map((i) => cloud.isFinite(i))).toEqual([true, false, true]);
  });

  it('says what does not fit together', () => {
    expect(new PointCloud(points, labels, undefined, []).problem).toBeNull();
    expect(new PointCloud(points.subarray(1), labels, undefined, []).problem).toBe(
      'points has 5 values: two a point are needed.',
    );
    expect(new PointCloud(points, ['the'], undefined, []).problem).toBe(
      'labels has 1 texts for 3 points.',
    );
    expect(new PointCloud(points, labels, [0], []).problem).toBe(
      'kinds has 1 numbers for 3 points.',
    );
  });
});
