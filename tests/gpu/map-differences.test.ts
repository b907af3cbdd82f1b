import { assert, describe } from 'vitest';
import type { Shape } from '../../src/attention/layout';
import { GpuWeightMap } from '../../src/attention/maps/gpu-weight-map';
import { MAP_KERNELS } from '../../src/attention/maps/inputs';
import type { WeightMap } from '../../src/attention/maps/weight-map';
import { alibi } from '../../src/attention/modifiers/alibi';
import { causal } from '../../src/attention/modifiers/causal';
import { slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { largestDifference } from '../../src/features/heads/model/difference';
import type { Gpu } from '../../src/webgpu/device';
import { ShaderError } from '../../src/webgpu/errors';
import { type HostData, randomData, shapeOf } from '../support/problems';
import { type MapOptions, regionOf, expectedHead, withMaps } from '../support/head-maps';
import { withMutation } from '../support/mutation';
import { test, thrownBy } from '../support/gpu';

/** One of two maps that are held against each other. */
interface Side {
  readonly data: HostData;
  readonly options: MapOptions;
  readonly head: number;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** Prepares both sides on one device. */
const withBoth = <T>(
  gpu: Gpu,
  shape: Shape,
  [a, b]: readonly [Side, Side],
  work: (a: WeightMap, b: WeightMap) => Promise<T>,
): Promise<T> =>
  withMaps(gpu, shape, a.data, a.options, (mapsOfA) =>
    withMaps(gpu, shape, b.data, b.options, (mapsOfB) =>
      work(mapsOfA.map(0, a.head), mapsOfB.map(0, b.head)),
    ),
  );

/** The first of the largest differences, by the definition: from all weights of both. */
async function searched(a: WeightMap, b: WeightMap): Promise<Place & { size: number }> {
  const whole = regionOf(0, 0, a.rows, a.columns);
  const [ofA, ofB] = [(await a.cells(whole)).mean, (await b.cells(whole)).mean];
  let best = { row: 0, column: 0, size: -1 };
  for (const [at, weight] of ofA.entries()) {
    const lost = Number.isNaN(weight) !== Number.isNaN(ofB[at]);
    const size = lost ? Infinity : Math.fround(Math.abs(weight - ofB[at])) || 0;
    if (size > best.size) {
      best = { row: Math.floor(at / a.columns), column: at % a.columns, size };
    }
  }
  return best;
}

/** Whether the scan finds what all weights tell. */
async function isFound(gpu: Gpu, shape: Shape, sides: readonly [Side, Side]): Promise<string> {
  return withBoth(gpu, shape, sides, async (a, b) => {
    const want = await searched(a, b);
    const got = await largestDifference(a, b);
    const same = got.row === want.row && got.column === want.column;
    return same ? '' : `found ${got.row}, ${got.column} in place of ${JSON.stringify(want)}`;
  });
}

const SHAPE = shapeOf({ heads: 2, kvHeads: 1, queryLength: 150, keyLength: 421, headSize: 20 });
const data = randomData(SHAPE);
const side = (options: MapOptions, head = 0, of: HostData = data): Side => ({
  data: of,
  options,
  head,
});

/** Queries whose rows of weights are one of seven, so that each difference is there many times. */
function repeated(shape: Shape, seed: number): HostData {
  const fresh = randomData(shape, seed);
  const size = shape.headSize;
  for (let row = 7; row < shape.heads * shape.queryLength; row++) {
    fresh.query.copyWithin(row * size, (row % 7) * size, (row % 7) * size + size);
  }
  return fresh;
}

/** `data` with one number of a head's query changed. */
function withQuery(value: number, head: number, row: number): HostData {
  const query = data.query.slice();
  query[(head * SHAPE.queryLength + row) * SHAPE.headSize + 3] = value;
  return { ...data, query };
}

/** No query prefers any key: rows that see as many have the same weights. */
const even: HostData = { ...data, query: new Float32Array(data.query.length) };

const LARGE = shapeOf({ queryLength: 700, keyLength: 1300, headSize: 8 });

interface Pair {
  readonly sides: readonly [Side, Side];
  readonly shape?: Shape;
}

const PAIRS: Readonly<Record<string, Pair>> = {
  'two heads': { sides: [side({}), side({}, 1)] },
  'a mask and none': { sides: [side({ mask: causal(100) }), side({})] },
  'two masks, rows that see nothing': {
    sides: [side({ mask: causal(-20) }), side({ mask: slidingWindow(9, 4, 60) })],
  },
  'two scales, slopes': {
    sides: [side({ scale: 3 }), side({ scoreModifiers: [alibi([0.1, 0.01])] }, 1)],
  },
  'the same twice': { sides: [side({}), side({})] },
  'equals in many rows': {
    sides: [side({}, 0, repeated(SHAPE, 3)), side({}, 0, repeated(SHAPE, 4))],
  },
  'equals side by side': {
    sides: [side({}, 0, even), side({ mask: slidingWindow(9, 4, 60) }, 0, even)],
  },
  'NaN in one': { sides: [side({ mask: causal(100) }, 1, withQuery(NaN, 1, 77)), side({}, 1)] },
  'NaN in both': {
    sides: [side({}, 0, withQuery(NaN, 0, 20)), side({ scale: 2 }, 0, withQuery(NaN, 0, 20))],
  },
  'an infinity in one': { sides: [side({}), side({}, 0, withQuery(Infinity, 0, 33))] },
  'many blocks, in several turns': {
    sides: [side({}, 0, randomData(LARGE)), side({}, 0, randomData(LARGE, 2))],
    shape: LARGE,
  },
};

/** The search is the same for all kernels; these show that it is given the right weights by those with barriers. */
const FEW = ['a mask and none', 'NaN in one', 'many blocks, in several turns'];

/** Mistakes in shaders/maps/largest_difference.wgsl, and the pair that shows each. */
const MISTAKES: readonly (readonly [name: string, find: string, replace: string, pair: string])[] =
  [
    ['NaN counts for nothing', 'return INFINITY;', 'return 0u;', 'NaN in one'],
    [
      'NaN in both counts',
      'if (is_nan(one) || one == other) {',
      'if (is_nan(one)) { return INFINITY; }\n  if (one == other) {',
      'NaN in both',
    ],
    ['the last of equals', 'other.cell < one.cell', 'other.cell > one.cell', 'equals side by side'],
    ['sizes keep their sign', 'abs(bitcast<f32>(one)', '(bitcast<f32>(one)', 'two heads'],
    [
      'the last weight of a thread',
      'own = larger(own, Candidate',
      'own = larger(Candidate(), Candidate',
      'many blocks, in several turns',
    ],
    ['one thread a workgroup', 'i < GROUP;', 'i < 1u;', 'two heads'],
  ];

/** Where two maps differ most, searched on the GPU. */
describe('differences of maps', () => {
  for (const kernel of MAP_KERNELS) {
    for (const [title, { sides, shape = SHAPE }] of Object.entries(PAIRS)) {
      if (kernel !== 'direct' && !FEW.includes(title)) continue;
      test(`${kernel}: ${title}`, async ({ gpu }) => {
        const on = (one: Side): Side => ({ ...one, options: { ...one.options, kernel } });
        const fault = await isFound(gpu, shape, [on(sides[0]), on(sides[1])]);
        assert(fault === '', fault);
      });
    }
  }

  test('maps of two kernels, whose tiles differ', async ({ gpu }) => {
    const sides = [side({ kernel: 'workgroup' }), side({ kernel: 'direct' }, 1)] as const;
    const fault = await isFound(gpu, SHAPE, sides);
    assert(fault === '', fault);
  });

  test('float16 and float32', async ({ gpu, skip }) => {
    skip(!gpu.device.features.has('shader-f16'), 'this device has no shader-f16');
    const fault = await isFound(gpu, SHAPE, [side({}), side({ type: 'f16' })]);
    assert(fault === '', fault);
  });

  test('the difference is the largest in float64, within the bounds of both weights', async ({
    gpu,
  }) => {
    const sides = [side({ mask: causal(100) }), side({}, 1)] as const;
    const [a, b] = await Promise.all(
      sides.map((one) => expectedHead(SHAPE, one.data, one.options, 0, one.head)),
    );
    const found = await withBoth(gpu, SHAPE, sides, (x, y) => largestDifference(x, y));
    const boundAt = (at: number) => a.weightBounds[at] + b.weightBounds[at];
    const sizeAt = (at: number) => Math.abs(a.weights[at] - b.weights[at]);
    const there = found.row * SHAPE.keyLength + found.column;
    a.weights.forEach((_, at) => {
      const excess = sizeAt(at) - sizeAt(there);
      assert(excess <= boundAt(at) + boundAt(there), `${at} differs more, by ${excess}`);
    });
    const error = Math.abs(Math.abs(found.a - found.b) - sizeAt(there));
    assert(error <= boundAt(there), `${error} is more than ${boundAt(there)}`);
  });

  test('a search that is stopped ends soon, one whose maps are destroyed fails, and all is freed', async ({
    gpu,
  }) => {
    const { sides, shape = SHAPE } = PAIRS['many blocks, in several turns'];
    const before = gpu.buffers.bytes;
    await withBoth(gpu, shape, sides, async (a, b) => {
      const stop = new AbortController();
      const told: number[] = [];
      const onProgress = (fraction: number) => {
        told.push(fraction);
        if (fraction > 0.5) stop.abort();
      };
      const { signal } = stop;
      const error = await thrownBy(() => largestDifference(a, b, { signal, onProgress }));
      assert(error.name === 'AbortError', `threw ${error}`);
      assert(told.at(-1)! < 1, 'it went on to the end');
      assert(
        told.every((one, i) => i === 0 || one >= told[i - 1]),
        `progress went back: ${told}`,
      );
      const onDevice = a as GpuWeightMap;
      const destroy = (fraction: number) => fraction > 0.5 && onDevice.resources.close();
      const late = await thrownBy(() => largestDifference(a, b, { onProgress: destroy }));
      assert(/were destroyed/.test(late.message), `threw ${late}`);
    });
    const { bytes } = gpu.buffers;
    assert(bytes - before <= 4 * 2 ** 20, `${bytes - before} bytes remain`);
  });

  for (const [name, find, replace, title] of MISTAKES) {
    test(`a mistake is seen: ${name}`, async ({ gpu }) => {
      const { sides, shape = SHAPE } = PAIRS[title];
      const fault = await withMutation(gpu, { find, replace }, (mutated) =>
        // Where the GPU's word and the weights disagree, the search says so itself.
        isFound(mutated, shape, sides).catch((error: Error) => {
          // That it does not compile would be a mistake of the test.
          if (error instanceof ShaderError) throw error;
          return error.message;
        }),
      );
      assert(fault !== '', 'the mistake was not seen');
    });
  }
});
