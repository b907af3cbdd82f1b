import { assert, describe } from 'vitest';
import { boundOptionsOf } from '../../src/attention/error-bound';
import type { AttentionMaps } from '../../src/attention/maps/attention-maps';
import { ReferenceRows } from '../../src/attention/reference';
import { GpuWeightMap } from '../../src/attention/maps/gpu-weight-map';
import { MAP_KERNELS } from '../../src/attention/maps/inputs';
import { ROW_STATE_FLOATS } from '../../src/attention/maps/statistics';
import { weightBound } from '../support/statistics-bound';
import { refiningOrder, type MapCells, type MapRegion } from '../../src/attention/maps/weight-map';
import { causal } from '../../src/attention/modifiers/causal';
import { createProblem } from '../../src/attention/problem';
import { fillRandom } from '../../src/numeric/random';
import type { Gpu } from '../../src/webgpu/device';
import { type HostData, shapeOf } from '../support/problems';
import { type MapOptions, regionOf, withMaps } from '../support/head-maps';
import { test } from '../support/gpu';

const LENGTH = 65536;
const HEAD_SIZE = 64;
/** Values take no part. */
const SHAPE = shapeOf({ queryLength: LENGTH, headSize: HEAD_SIZE, valueSize: 1 });

let made: HostData | null = null;

/** Made when it is first needed: it takes a second. */
function hostData(): HostData {
  const make = (stream: number) =>
    fillRandom(new Float32Array(LENGTH * HEAD_SIZE), { seed: 11, stream, distribution: 'normal' });
  made ??= { query: make(0), key: make(1), value: new Float32Array(LENGTH) };
  return made;
}

/** Random places, and where tiles and the map begin and end. */
function placesOf(extent: number): [row: number, column: number][] {
  const random = fillRandom(new Float32Array(6), { seed: 5, stream: 0, distribution: 'uniform' });
  const at = (i: number) => Math.floor(((random[i] + 1) / 2) * (LENGTH - extent));
  return [
    [at(0), at(1)],
    [at(2), at(3)],
    [at(4), at(5)],
    [0, 0],
    [32767, 127],
    [LENGTH - extent, LENGTH - extent],
  ];
}

/** Weights of small windows are those of float64, within the bound. */
async function expectExact(maps: AttentionMaps, options: MapOptions): Promise<void> {
  const problem = createProblem({ ...SHAPE, valueSize: HEAD_SIZE }, options);
  const rows = new ReferenceRows(problem, hostData(), 0, 0);
  const model = boundOptionsOf(problem);
  const extent = 3;
  for (const [row, column] of placesOf(extent)) {
    const { mean } = await maps.map(0, 0).cells(regionOf(row, column, extent, extent));
    for (let i = 0; i < extent; i++) {
      const want = rows.row(row + i);
      for (let j = 0; j < extent; j++) {
        const exact = want.weights[column + j];
        const error = Math.abs(mean[i * extent + j] - exact);
        const bound = exact === 0 ? 0 : weightBound(exact, want, model);
        assert(error <= bound, `${row + i}, ${column + j}: off by ${error}, more than ${bound}`);
      }
    }
  }
}

/** Calls `work`, and returns the most bytes of buffers that were there at once. */
async function mostBytes(gpu: Gpu, work: () => Promise<unknown>): Promise<number> {
  const { buffers } = gpu;
  const create = buffers.create.bind(buffers);
  let most = 0;
  buffers.create = async (...given) => {
    const buffer = await create(...given);
    most = Math.max(most, buffers.bytes);
    return buffer;
  };
  try {
    await work();
  } finally {
    Reflect.deleteProperty(buffers, 'create');
  }
  return most;
}

/** Counts multiply-adds of dispatches on maps of one head, from their workgroups, while `work` runs. */
async function multiplyAdds(map: GpuWeightMap, work: () => Promise<unknown>): Promise<number> {
  const { shaders, problem } = map.resources;
  const { keyLength, headSize } = problem.shape;
  // Overviews: the kernel's largest cells.
  const unit = shaders.unit(shaders.maxCell);
  const scores: Record<string, number> = {
    'row statistics': shaders.tile.queries * keyLength,
    'map cells': unit.rows * unit.columns,
  };
  const pass = GPUComputePassEncoder.prototype;
  const { setPipeline, dispatchWorkgroups } = pass;
  let label = '';
  let count = 0;
  pass.setPipeline = function (pipeline) {
    label = pipeline.label;
    return setPipeline.call(this, pipeline);
  };
  pass.dispatchWorkgroups = function (x, ...more) {
    count += x * scores[label] * headSize;
    return dispatchWorkgroups.call(this, x, ...more);
  };
  try {
    await work();
  } finally {
    Object.assign(pass, { setPipeline, dispatchWorkgroups });
  }
  return count;
}

/** The whole map as the page draws it on 640 pixels: four tiles of 256 × 256 cells. */
const QUARTER = LENGTH / 2;
const CELL = QUARTER / 256;
const quarters: readonly MapRegion[] = [0, QUARTER].flatMap((row) =>
  [0, QUARTER].map((column) => regionOf(row, column, QUARTER, QUARTER, CELL, CELL)),
);

/** What a row of cells of a tile takes: its queries' walk over all keys, and its own weights. */
const ROW_OF_CELLS = CELL * (LENGTH + QUARTER) * HEAD_SIZE;

const sumOf = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, one) => sum + one, 0);

describe('maps of 65,536 tokens', () => {
  for (const options of [{}, { mask: causal() }] as MapOptions[]) {
    test(`windows anywhere are exact${options.mask ? ', causal' : ''}, in memory that grows with the length alone`, async ({
      gpu,
    }) => {
      const before = gpu.buffers.bytes;
      const most = await mostBytes(gpu, () =>
        withMaps(gpu, SHAPE, hostData(), options, (maps) => expectExact(maps, options)),
      );
      const operands = 2 * 4 * LENGTH * HEAD_SIZE;
      const walked = 4 * LENGTH * ROW_STATE_FLOATS;
      // Uniforms and lists; cells that wait to be read, and what they are read through.
      const fixed = 2 ** 17 + 2 * 16 * 2 ** 20;
      const bytes = most - before;
      assert(bytes <= operands + walked + fixed, `${bytes} bytes, of ${operands} for the operands`);
    });
  }

  test.for(MAP_KERNELS)(
    '%s: a first overview is there after few rows of each part, and nothing else was computed',
    async (kernel, { gpu }) => {
      await withMaps(gpu, SHAPE, hostData(), { kernel }, async (maps) => {
        const map = maps.map(0, 0) as GpuWeightMap;
        const stop = new AbortController();
        const done = quarters.map(() => 0);
        const draw = async (region: MapRegion, i: number) => {
          const onPart = ({ done: rows }: MapCells) => {
            done[i] = sumOf(rows);
            const first = new Set(refiningOrder(256).slice(0, done[i]));
            const isSpread = rows.every((one, row) => one === Number(first.has(row)));
            assert(isSpread, `rows are not spread evenly: ${rows}`);
            if (done.every((rowsOfPart) => rowsOfPart > 0)) stop.abort();
          };
          const { signal } = stop;
          const drawing = map.cells(region, { signal, onPart });
          // A fast device may be done with all of it before there is anything to stop.
          done[i] = await drawing.then(
            (cells) => sumOf(cells.done),
            (error: Error) => {
              assert(error.name === 'AbortError', String(error));
              return done[i];
            },
          );
        };
        const counted = await multiplyAdds(map, () => Promise.all(quarters.map(draw)));
        const rows = sumOf(done);
        // What is there, and what was under way: a chunk may be four times as large as the one before.
        const most = 5 * rows * ROW_OF_CELLS;
        assert(counted <= most, `${counted} multiply-adds for ${rows} rows of cells`);
      });
    },
  );
});
