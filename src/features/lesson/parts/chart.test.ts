import { describe, expect, it } from 'vitest';
import { type Axis, curveOf, scaleOf } from './chart';
import { barScaleOf } from './share-table';

describe('charts', () => {
  const axis: Axis = {
    min: 1,
    max: 100,
    logarithmic: true,
    ticks: [],
    format: String,
    label: '',
  };

  it('place values along an axis, and what is beyond at its end', () => {
    expect([1, 10, 100, 1000, 0.1].map((value) => scaleOf(axis)(value))).toEqual([0, 0.5, 1, 1, 0]);
    expect(scaleOf({ ...axis, logarithmic: false, min: 0 })(25)).toBe(0.25);
    const curve = curveOf(axis, (value) => 1 / value, 2);
    expect(curve.map(([x]) => Math.round(x * 1e9) / 1e9)).toEqual([1, 10, 100]);
    expect(curve[1][1]).toBeCloseTo(0.1, 12);
  });

  it('give bars room beyond 0 and 1 only as they need it, and not without end', () => {
    expect(barScaleOf([0.2, 0.8]).domain()).toEqual([0, 1]);
    expect(barScaleOf([-0.5, 1.5]).domain()).toEqual([-0.5, 1.5]);
    expect(barScaleOf([-50, NaN, Infinity]).domain()).toEqual([-4, 1]);
  });
});
