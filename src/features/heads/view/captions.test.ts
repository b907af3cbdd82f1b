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

const picture = (some: Partial<HeadsResult>): HeadsResult => ({
  source,
  controls: defaultControls,
  on: 'gpu',
  maps: null as never,
  heads: [{ cells }, {}],
  previousCells: [],
  fraction: 0.5,
  milliseconds: 4000,
  isDone: false,
  ...some,
});

describe('words', () => {
  it('say only what is not as usual', () => {
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

  it('say what a comparison is about, as usual or not', () => {
    expect(describeControls(defaultControls, 'temperature')).toBe('temperature 1');
    expect(describeControls(defaultControls, 'mask')).toBe('no mask');
    expect(describeControls({ ...defaultControls, type: 'f16' }, 'type')).toBe('float16');
  });

  it.each([
    [picture({}), true, true, 'Computing 1 of 2 heads of 16 × 16: 50 %, about 4 s left…'],
    [picture({ fraction: 0.25, milliseconds: 60_000 }), true, true, /25 %, about 3 min left…$/],
    [picture({ milliseconds: 300 }), true, true, /: 50 %…$/],
    [picture({ on: 'cpu' }), true, true, /on the CPU: 50 %/],
    [picture({ isDone: true }), true, false, '2 heads of 16 × 16 weights computed in 4.00 s.'],
    [picture({ isDone: true }), false, true, 'Drawing what you changed…'],
    [picture({}), true, false, '1 of 2 heads of 16 × 16 weights were computed.'],
  ])('say how far the work is: %#', (given, isCurrent, isRunning, wanted) => {
    const text = describeProgress(given, { isCurrent, isRunning });
    if (typeof wanted === 'string') expect(text).toBe(wanted);
    else expect(text).toMatch(wanted);
  });
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
