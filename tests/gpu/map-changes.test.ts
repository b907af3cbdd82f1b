import { assert, describe } from 'vitest';
import type { AttentionMaps } from '../../src/attention/maps/attention-maps';
import { MAP_KERNELS } from '../../src/attention/maps/inputs';
import { causal } from '../../src/attention/modifiers/causal';
import { documents } from '../../src/attention/modifiers/documents';
import { slidingWindow } from '../../src/attention/modifiers/sliding-window';
import type { ProblemOptions } from '../../src/attention/problem';
import type { Gpu } from '../../src/webgpu/device';
import { test } from '../support/gpu';
import { randomData, shapeOf } from '../support/problems';
import {
  compareCells,
  compareStatistics,
  expectAllPassed,
  expectedHead,
  regionOf,
  withMaps,
} from '../support/head-maps';

const SHAPE = shapeOf({ heads: 2, kvHeads: 1, queryLength: 150, keyLength: 203, headSize: 20 });
const DATA = randomData(SHAPE);
const WHOLE = regionOf(0, 0, 150, 203, 2, 2);

/** Reads all of a head at once and compares it with float64. */
async function expectHead(
  maps: AttentionMaps,
  head: number,
  options: ProblemOptions,
): Promise<void> {
  const want = await expectedHead(SHAPE, DATA, options, 0, head);
  const [cells, statistics] = await Promise.all([
    maps.map(0, head).cells(WHOLE),
    maps.statistics(0, head),
  ]);
  expectAllPassed([...compareCells(want, cells), ...compareStatistics(want, statistics)]);
}

/** Calls `work`, and returns how many buffers and bind groups were made in it. */
async function madeDuring(gpu: Gpu, work: () => Promise<void>) {
  const { create } = gpu.buffers;
  const { createBindGroup } = gpu.device;
  const made = { buffers: 0, groups: 0 };
  gpu.buffers.create = (...args) => {
    made.buffers++;
    return create.apply(gpu.buffers, args);
  };
  gpu.device.createBindGroup = (descriptor) => {
    made.groups++;
    return createBindGroup.call(gpu.device, descriptor);
  };
  try {
    await work();
    return made;
  } finally {
    Reflect.deleteProperty(gpu.buffers, 'create');
    Reflect.deleteProperty(gpu.device, 'createBindGroup');
  }
}

function changed(maps: AttentionMaps, options: ProblemOptions): AttentionMaps {
  const other = maps.with(options);
  assert(other !== null, 'the change was taken for one of shaders or lists');
  return other;
}

/** Maps of the same tensors with other numbers share everything but their row statistics. */
describe.each(MAP_KERNELS)('maps with other numbers, %s', (kernel) => {
  test('another scale, cap or window is computed as if prepared for it', async ({ gpu }) => {
    const first = { mask: slidingWindow(40, 3), softcap: 2, scale: 0.2 };
    await withMaps(gpu, SHAPE, DATA, { ...first, kernel }, async (maps) => {
      await expectHead(maps, 0, first);
      for (const change of [{ scale: -1.5 }, { softcap: 5 }, { mask: slidingWindow(9, 60, -4) }]) {
        const other = changed(maps, change);
        await expectHead(other, 1, { ...first, ...change });
        other.destroy();
      }
      await expectHead(maps, 1, first);
    });
  });
  test('maps that are read at once each have their own scale', async ({ gpu }) => {
    const scales = [0.1, 1, -2];
    await withMaps(gpu, SHAPE, DATA, { scale: scales[0], kernel }, async (maps) => {
      const all = [maps, ...scales.slice(1).map((scale) => changed(maps, { scale }))];
      await Promise.all(
        scales.flatMap((scale, i) => [0, 1].map((head) => expectHead(all[i], head, { scale }))),
      );
      for (const one of all.slice(1)) one.destroy();
    });
  });
  test('a drag makes no buffers or bind groups from its third step on', async ({ gpu }) => {
    const { bytes } = gpu.buffers;
    await withMaps(gpu, SHAPE, DATA, { kernel }, async (maps) => {
      let shown = changed(maps, { scale: 0.3 });
      const step = async (scale: number) => {
        const next = changed(shown, { scale });
        await expectHead(next, 0, { scale });
        shown.destroy();
        shown = next;
      };
      await expectHead(shown, 0, { scale: 0.3 });
      await step(0.31);
      await step(0.32);
      const made = await madeDuring(gpu, async () => {
        for (const scale of [0.33, 0.34, 0.35]) await step(scale);
      });
      assert(made.buffers === 0, `${made.buffers} buffers were made`);
      assert(made.groups === 0, `${made.groups} bind groups were made`);
      shown.destroy();
    });
    const left = gpu.buffers.bytes - bytes;
    assert(left <= 4 * 2 ** 20, `${left} bytes remain beside staging`);
  });
  test('the last of them frees what they share, and its reading goes on', async ({ gpu }) => {
    await withMaps(gpu, SHAPE, DATA, { kernel }, async (maps) => {
      const other = changed(maps, { scale: 3 });
      const reading = expectHead(other, 0, { scale: 3 });
      maps.destroy();
      await reading;
      other.destroy();
    });
  });
  test('masks of another kind or with other lists are prepared anew', async ({ gpu }) => {
    const ids = Array.from({ length: 203 }, (_, i) => i >> 5);
    const mask = documents(ids.slice(0, 150), ids);
    await withMaps(gpu, SHAPE, DATA, { mask, kernel }, async (maps) => {
      assert(maps.with({ mask: causal() }) === null, 'a mask of another kind');
      assert(maps.with({ mask: undefined }) === null, 'no mask');
      const others = documents(ids.slice(1, 151), ids);
      assert(maps.with({ mask: others }) === null, 'other ids');
      assert(maps.with({ softcap: 1 }) === null, 'a cap where there was none');
      assert(maps.with({ sinks: [1, 2] }) === null, 'sinks where there were none');
      changed(maps, { mask: documents(ids.slice(0, 150), ids) }).destroy();
    });
  });
});
