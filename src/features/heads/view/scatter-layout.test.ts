import { describe, expect, it } from 'vitest';
import { fillRandom } from '../../../numeric/random';
import { fitPoints, nearestPoint, fitLabels, pointsToLabel } from './scatter-layout';

const points = fillRandom(new Float32Array(400), { seed: 4 });
const size = { width: 600, height: 300 };
const layout = fitPoints(points, size.width, size.height, 20);
const at = (i: number) => ({ x: layout.x(points[2 * i]), y: layout.y(points[2 * i + 1]) });
const all = Array.from({ length: points.length / 2 }, (_, i) => i);

/** A place on the canvas is the sum of few rounded products. */
const ROUNDING = 1e-9;

describe('fitPoints', () => {
  it('fills the canvas one way, with one scale for both axes', () => {
    const places = all.map(at);
    const xs = places.map(({ x }) => x);
    const ys = places.map(({ y }) => y);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(20 - ROUNDING);
    expect(Math.max(...xs)).toBeLessThanOrEqual(580 + ROUNDING);
    expect(Math.min(...ys)).toBeCloseTo(20, 9);
    expect(Math.max(...ys)).toBeCloseTo(280, 9);
    expect(layout.x(1) - layout.x(0)).toBeCloseTo(layout.y(0) - layout.y(1), 9);
  });

  it('passes over what is not finite, and takes a single point', () => {
    const few = fitPoints(Float32Array.of(NaN, 1, 2, 2, Infinity, 0), 100, 100, 10);
    expect([few.x(2), few.y(2)]).toEqual([90, 10]);
    expect(fitPoints(Float32Array.of(0, 0), 100, 100, 10).x(0)).toBe(50);
  });
});

it('the nearest point is the one a plain search finds, within reach', () => {
  const places = fillRandom(new Float32Array(60), { seed: 9, distribution: 'uniform' });
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [300 + 300 * places[i], 150 + 150 * places[i + 1]];
    const distances = all.map((j) => Math.hypot(at(j).x - x, at(j).y - y));
    const least = Math.min(...distances);
    const expected = least <= 30 ? distances.indexOf(least) : null;
    expect(nearestPoint(points, layout, x, y, 30)).toBe(expected);
  }
});

describe('placeLabels', () => {
  const anchors = all.slice(0, 60).map(at);
  const labels = anchors.map((anchor, i) => ({ ...anchor, width: 20 + (i % 5) * 12, height: 14 }));
  const boxes = fitLabels(labels, size, anchors, 8);

  it('lets no two overlap, cover no point, and stay on the canvas', () => {
    const placed = boxes.filter((box) => box !== null);
    expect(placed.length).toBeGreaterThan(20);
    for (const a of placed) {
      expect(a.left).toBeGreaterThanOrEqual(0);
      expect(a.left + a.width).toBeLessThanOrEqual(size.width);
      expect(a.top + a.height).toBeLessThanOrEqual(size.height);
      for (const { x, y } of anchors) {
        const covers = x > a.left && x < a.left + a.width && y > a.top && y < a.top + a.height;
        expect(covers).toBe(false);
      }
      for (const b of placed) {
        if (a === b) continue;
        const apart =
          a.left >= b.left + b.width ||
          b.left >= a.left + a.width ||
          a.top >= b.top + b.height ||
          b.top >= a.top + a.height;
        expect(apart).toBe(true);
      }
    }
  });

  it('leaves out those without room', () => {
    const crowd = Array.from({ length: 30 }, () => ({ x: 50, y: 50, width: 40, height: 14 }));
    const found = fitLabels(crowd, { width: 100, height: 100 }, [], 8);
    expect(found.filter((box) => box !== null).length).toBeLessThan(8);
    expect(found[0]).not.toBeNull();
  });
});

it('labels go to the finite points farthest out', () => {
  const few = Float32Array.of(1, 0, 0, 5, NaN, 9, -3, 0);
  expect(pointsToLabel(few, 2)).toEqual([1, 3]);
});
