import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameSlices } from './recall-run';

describe('work in slices', () => {
  let frames: (() => void)[] = [];
  let now = 0;

  beforeEach(() => {
    frames = [];
    vi.stubGlobal('requestAnimationFrame', (go: () => void) => frames.push(go));
    vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  /** Steps that take so many milliseconds each. */
  function* steps(count: number, each: number) {
    for (let i = 1; i <= count; i++) {
      now += each;
      yield i;
    }
  }

  const run = (count: number, each: number) => {
    const shown: [number, boolean][] = [];
    new FrameSlices<number>().start(steps(count, each), (latest, isDone) =>
      shown.push([latest, isDone]),
    );
    while (frames.length > 0) frames.shift()!();
    return shown;
  };

  it.each([
    [
      5,
      3,
      [
        [3, false],
        [5, true],
      ],
    ],
    // The last step ends a frame: the end is told in the next.
    [
      4,
      4,
      [
        [2, false],
        [4, false],
        [4, true],
      ],
    ],
    [
      2,
      100,
      [
        [1, false],
        [2, false],
        [2, true],
      ],
    ],
    [0, 1, []],
  ] as const)('shows %i steps of %i ms once a frame, and the end', (count, each, expected) => {
    expect(run(count, each)).toEqual(expected);
  });

  it('ends the one before when another starts', () => {
    const slices = new FrameSlices<number>();
    const shown: string[] = [];
    slices.start(steps(9, 10), (latest) => shown.push(`old ${latest}`));
    frames.shift()!();
    slices.start(steps(2, 1), (latest) => shown.push(`new ${latest}`));
    while (frames.length > 0) frames.shift()!();
    expect(shown).toEqual(['old 1', 'new 2']);
  });
});
