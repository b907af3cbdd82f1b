import { describe, expect, it } from 'vitest';
import { type HeadsResult, thumbnailRegion } from '../engine/result';
import { defaultControls } from '../model/controls';
import { plantedSource } from '../model/sources/planted';
import { describeControls, describeProgress } from './captions';

const source = plantedSource({ length: 16, heads: 2, seed: 1 });
const cells = {
  region: thumbnailRegion(16, 16),
  height: 16,
  width: 16,
  largest: new Float32Array(256),
  mean: new Float32Array(256),
  done: new Uint8Array(16).fill(1),
};

const result = (some: Partial<HeadsResult>): HeadsResult => ({
  source,
  controls: defaultControls,
  backend: 'gpu',
  maps: null as never,
  heads: [{ cells }, {}],
  fraction: 0.5,
  milliseconds: 4000,
  ...some,
});

describe('captions', () => {
  it('list the controls that differ from their defaults', () => {
    expect(describeControls(defaultControls)).toBe('');
    const changed = {
      ...defaultControls,
      mask: 'sink-window' as const,
      softcap: 12.5,
      alibi: true,
    };
    expect(describeControls(changed)).toBe(
      'window and sinks mask (window 32, sinks 4), soft cap 12.5, ALiBi',
    );
  });

  it('name the control that a comparison changes, default or not', () => {
    expect(describeControls(defaultControls, 'temperature')).toBe('temperature 1');
    expect(describeControls(defaultControls, 'mask')).toBe('no mask');
    expect(describeControls({ ...defaultControls, type: 'f16' }, 'type')).toBe('float16');
  });

  it.each([
    [result({}), true, true, 'Computing 1 of 2 heads of 16 × 16: 50 %, about 4 s left…'],
    [result({ fraction: 0.25, milliseconds: 60_000 }), true, true, /25 %, about 3 min left…$/],
    [result({ milliseconds: 300 }), true, true, /: 50 %…$/],
    [result({ backend: 'cpu' }), true, true, /on the CPU: 50 %/],
    [
      result({ heads: [{ cells }, { cells }] }),
      true,
      false,
      '2 heads of 16 × 16 weights computed in 4.00 s.',
    ],
    [
      result({ heads: [{ cells }, { cells }], backend: 'cpu' }),
      true,
      false,
      '2 heads of 16 × 16 weights computed on the CPU in 4.00 s (faster than this software adapter).',
    ],
    [result({ heads: [{ cells }, { cells }] }), false, true, 'Updating…'],
    [result({}), true, false, '1 of 2 heads of 16 × 16 weights computed.'],
  ])(
    'say what is computed, where, and how much of it: %#',
    (given, isCurrent, isRunning, wanted) => {
      const text = describeProgress(given, { isCurrent, isRunning, isCpuFaster: true });
      if (typeof wanted === 'string') expect(text).toBe(wanted);
      else expect(text).toMatch(wanted);
    },
  );
});

describe('a thumbnail', () => {
  it.each([
    [1, 1],
    [128, 1],
    [129, 2],
    [256, 2],
    [65_536, 512],
    [50_000, 512],
  ])('of %i tokens pools %i', (length, extent) => {
    const region = thumbnailRegion(length, length);
    expect([region.rowsOfCell, region.columnsOfCell]).toEqual([extent, extent]);
    expect(Math.ceil(length / extent)).toBeLessThanOrEqual(128);
    expect(Math.log2(extent) % 1).toBe(0);
  });
});
