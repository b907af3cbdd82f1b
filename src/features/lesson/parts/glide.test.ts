import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PointTween } from './point-tween';

let isStill = false;
let draws = 0;
const host = {
  addController: () => {},
  requestUpdate: () => void draws++,
} as unknown as ReactiveControllerHost;

beforeEach(() => {
  isStill = false;
  draws = 0;
  vi.stubGlobal('matchMedia', () => ({ matches: isStill }));
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  // Node has no frames.
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('points on their way', () => {
  it('start where they belong, and take half a second to another place', () => {
    const glide = new PointTween(host);
    expect(glide.at([[0, 0]])).toEqual([[0, 0]]);
    expect(glide.at([[2, 0]])).toEqual([[0, 0]]);
    vi.advanceTimersByTime(250);
    expect(glide.at([[2, 0]])[0][0]).toBeCloseTo(1, 1);
    expect(draws).toBeGreaterThan(5);
    vi.advanceTimersByTime(300);
    expect(glide.at([[2, 0]])).toEqual([[2, 0]]);
    const drawn = draws;
    vi.advanceTimersByTime(1000);
    expect(draws).toBe(drawn);
  });

  it('go on from where they are when they are sent elsewhere', () => {
    const glide = new PointTween(host);
    glide.at([[0, 0]]);
    glide.at([[2, 0]]);
    vi.advanceTimersByTime(250);
    const [[x]] = glide.at([[2, 0]]);
    expect(glide.at([[x, 3]])[0]).toEqual([x, 0]);
  });

  it.each([
    ['small steps', [[0.2, 0]], '', false],
    ['other points', [[2, 0]], 'another', false],
    [
      'another number of them',
      [
        [2, 0],
        [1, 1],
      ],
      '',
      false,
    ],
    ['reduced motion', [[2, 0]], '', true],
  ] as const)('are there at once for %s', (_, target, name, still) => {
    const glide = new PointTween(host);
    glide.at([[0, 0]]);
    isStill = still;
    expect(glide.at(target, name)).toEqual(target);
    vi.advanceTimersByTime(100);
    expect(draws).toBe(0);
  });
});
