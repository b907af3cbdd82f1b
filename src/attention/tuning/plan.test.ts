import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import type { Target } from '../kernels/tile';
import { planAttention } from '../plan';
import { createProblem } from '../problem';
import type { TunedChoices } from './choices';

const DEVICE: Target = {
  device: {
    limits: {
      maxStorageBufferBindingSize: 2 ** 30,
      maxBufferSize: 2 ** 30,
      maxComputeWorkgroupStorageSize: 16384,
      maxComputeWorkgroupsPerDimension: 65535,
    } as GPUSupportedLimits,
    features: new Set(),
  },
  info: { architecture: 'hopper' },
};
const MANY = createProblem(shapeOf({ queryLength: 40, headSize: 64 }));
const CLASS = 'q≤64 k≤512 d64 h≤1 f32 full';

/** Choices for one class, names with their milliseconds. */
const choices = (ranking: Record<string, number>, shapeClass = CLASS): TunedChoices => ({
  choice: (asked) =>
    asked === shapeClass
      ? {
          ranking: Object.entries(ranking).map(([name, ms]) => ({ name, ms })),
          tunedAt: '2026-01-02T03:04:05.678Z',
        }
      : undefined,
});
const plan = (tuned?: TunedChoices, wanted?: string) => planAttention(MANY, DEVICE, wanted, tuned);

describe('a plan on a tuned device', () => {
  it('takes the winner, and says by how much', () => {
    const { kernel, reasons, tuned } = plan(choices({ 'three-pass': 1, flash: 1.8 }));
    expect(kernel.name).toBe('three-pass');
    expect(tuned).toBe(true);
    expect(reasons).toEqual([
      `Tuned on this device: three-pass was 1.8 × as fast as the next (flash) for ${CLASS}.`,
    ]);
  });

  it('goes by rules for any other class', () => {
    const { kernel, tuned } = plan(choices({ 'three-pass': 1 }, 'another'));
    expect([kernel.name, tuned]).toEqual(['flash', undefined]);
    expect(plan().kernel.name).toBe('flash');
  });

  it('passes over kernels that are gone, or cannot do this problem', () => {
    const { kernel, reasons } = plan(
      choices({ magic: 0.1, decode: 0.5, flash: 1, 'three-pass': 3 }),
    );
    expect(kernel.name).toBe('flash');
    expect(reasons[0]).toContain('3.0 × as fast as the next (three-pass)');
    // decode-direct lacks subgroups here.
    expect(plan(choices({ magic: 0.1, 'decode-direct': 1 })).tuned).toBeUndefined();
  });

  it('claims no lead over nobody', () => {
    expect(plan(choices({ flash: 1 })).reasons[0]).toContain('flash was clearly the fastest');
  });

  it('obeys a name all the same', () => {
    const { kernel, reasons } = plan(choices({ 'three-pass': 1 }), 'flash');
    expect(kernel.name).toBe('flash');
    expect(reasons).toEqual(['flash was asked for.']);
  });
});
