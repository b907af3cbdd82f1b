import { assert, describe } from 'vitest';
import { MAP_KERNELS } from '../../src/attention/maps/inputs';
import { largestDifference } from '../../src/features/heads/model/difference';
import type { Gpu } from '../../src/webgpu/device';
import { OutOfMemoryError } from '../../src/webgpu/errors';
import { randomData, shapeOf } from '../support/problems';
import { type MapOptions, regionOf, withMaps } from '../support/head-maps';
import { test } from '../support/gpu';

const SHAPE = shapeOf({ heads: 2, queryLength: 150, keyLength: 300, headSize: 8 });

/** Runs `work` on a device that has room for so many buffers, and no more. Returns what it threw. */
async function withRoomFor(
  gpu: Gpu,
  buffers: number,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const { create } = gpu.buffers;
  let made = 0;
  gpu.buffers.create = async (label, size, usage) => {
    if (made++ >= buffers) throw new OutOfMemoryError(label, size);
    return create.call(gpu.buffers, label, size, usage);
  };
  try {
    await work();
    return null;
  } catch (error) {
    return error;
  } finally {
    Reflect.deleteProperty(gpu.buffers, 'create');
  }
}

/** Tries with ever more room until there is enough. Returns how often there was not. */
async function untilEnough(gpu: Gpu, work: () => Promise<unknown>): Promise<number> {
  const before = gpu.buffers.bytes;
  for (let room = 0; ; room++) {
    const error = await withRoomFor(gpu, room, work);
    assert(gpu.buffers.bytes === before, `${gpu.buffers.bytes - before} bytes remain with ${room}`);
    if (error === null) return room;
    assert(error instanceof OutOfMemoryError, `threw ${error} with room for ${room}`);
  }
}

/** Maps where memory runs out, at each of the buffers that they make. */
describe('maps without memory', () => {
  test.for(MAP_KERNELS)(
    '%s: each buffer that cannot be had is named, all is freed, and it works when there is room',
    async (kernel, { gpu }) => {
      const options: MapOptions = { kernel };
      const data = randomData(SHAPE);
      const whole = regionOf(0, 0, SHAPE.queryLength, SHAPE.keyLength, 2, 2);
      const work = () =>
        withMaps(gpu, SHAPE, data, options, async (maps) => {
          await maps.statistics(0, 0);
          await maps.map(0, 1).cells(whole);
          await largestDifference(maps.map(0, 0), maps.map(0, 1));
        });
      // Staging buffers stay: they are there before anything is counted.
      await work();
      const refused = await untilEnough(gpu, work);
      // Query, key, marks, lists, uniforms; rows of two heads, cells, both blocks and candidates.
      assert(refused >= 12, `only ${refused} buffers were made`);
      // The same maps go on where a map of theirs could not be had.
      await withMaps(gpu, SHAPE, data, options, async (maps) => {
        const read = () => maps.map(0, 0).cells(whole);
        for (const room of [0, 1]) {
          const error = await withRoomFor(gpu, room, read);
          assert(error instanceof OutOfMemoryError, `threw ${error}`);
        }
        const { done } = await read();
        assert(
          done.every((one) => one === 1),
          'not all rows are done',
        );
      });
    },
  );
});
