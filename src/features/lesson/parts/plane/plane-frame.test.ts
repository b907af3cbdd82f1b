import { describe, expect, it } from 'vitest';
import { PlaneFrame } from './frame';

const frame = new PlaneFrame({ left: -2, right: 3, bottom: -1, top: 4 }, 500);

describe('a picture of the plane', () => {
  it('has one scale for both axes, with up up', () => {
    expect(frame.viewBox).toBe('0 0 500 500');
    expect(frame.unit).toBe(100);
    expect([frame.x(-2), frame.y(4)]).toEqual([0, 0]);
    expect([frame.x(3), frame.y(-1)]).toEqual([500, 500]);
    expect(frame.point([0, 0])).toBe('200.00,400.00');
  });

  it('keeps points within it, to a hundredth', () => {
    expect(frame.within([9, -9])).toEqual([3, -1]);
    expect(frame.within([0.123, 1.999])).toEqual([0.12, 2]);
  });
});
