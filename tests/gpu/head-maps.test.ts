import { assert, describe } from 'vitest';
import type { AttentionMaps } from '../../src/attention/maps/attention-maps';
import { MAP_KERNELS } from '../../src/attention/maps/inputs';
import { alibi } from '../../src/attention/modifiers/alibi';
import { causal } from '../../src/attention/modifiers/causal';
import { or } from '../../src/attention/modifiers/combine';
import { documents } from '../../src/attention/modifiers/documents';
import { slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { tensorMask } from '../../src/attention/modifiers/tensor-mask';
import { type Extents, randomData, shapeOf } from '../support/problems';
import {
  type MapOptions,
  expectAllPassed,
  compareCells,
  compareHeads,
  compareStatistics,
  regionOf,
  expectedHead,
  withMaps,
} from '../support/head-maps';
import { test, thrownBy } from '../support/gpu';
import { marksOf, regionsOf } from '../support/head-maps';

const GROUPED: Extents = { batch: 2, heads: 4, kvHeads: 2, queryLength: 77, keyLength: 203 };

const PROBLEMS: readonly [string, Extents, MapOptions][] = [
  ['plain', { ...GROUPED, headSize: 64 }, {}],
  ['one query, one key', { queryLength: 1, headSize: 1 }, {}],
  [
    'causal, rows that see nothing, odd size',
    { ...GROUPED, queryLength: 150, headSize: 20 },
    { mask: causal(-30) },
  ],
  [
    'a window and documents, a large head beside others',
    { ...GROUPED, headSize: 128 },
    {
      layout: 'bshd',
      scale: -1.5,
      mask: or(
        slidingWindow(9, 4, 60),
        documents(
          Array.from({ length: 77 }, (_, i) => Math.floor(i / 20)),
          Array.from({ length: 203 }, (_, j) => Math.floor(j / 25)),
        ),
      ),
    },
  ],
  [
    'a tensor mask, cap, slopes and sinks, also of rows that see nothing',
    { ...GROUPED, headSize: 16 },
    {
      softcap: 2,
      scoreModifiers: [alibi([0.5, 0.1, 0.01, 0.2])],
      sinks: [0.5, -3, 8, 1],
      mask: tensorMask(
        [77, 203],
        Array.from({ length: 77 * 203 }, (_, i) => i >= 203 * 5 && (i * 7919) % 11 < 6),
      ),
    },
  ],
  ['float16', { ...GROUPED, headSize: 40 }, { type: 'f16', mask: causal(100) }],
];

describe.for(MAP_KERNELS)('head maps: %s', (kernel) => {
  test.for(PROBLEMS)(`${kernel}: %s`, async ([, extents, options], { gpu, skip }) => {
    const shape = shapeOf(extents);
    skip(
      options.type === 'f16' && !gpu.device.features.has('shader-f16'),
      'this device has no shader-f16',
    );
    const last = [shape.batch - 1, shape.heads - 1] as const;
    const args = [[last], regionsOf(shape), marksOf(shape)] as const;
    expectAllPassed(
      await compareHeads(gpu, shape, randomData(shape), { ...options, kernel }, ...args),
    );
  });
});

/** As the causal problem above, to whose shaders lengths are no news. */
const CAUSAL = shapeOf({ heads: 2, kvHeads: 1, queryLength: 77, keyLength: 203, headSize: 20 });

describe.for(MAP_KERNELS)('head maps: %s', (kernel) => {
  test(`${kernel}: NaN shows where it is seen, and nowhere else`, async ({ gpu }) => {
    const data = randomData(CAUSAL);
    // Seen by the rows from 50 on, hidden from the others; and a row of its own.
    data.key[50 * 20 + 3] = NaN;
    data.query[(77 + 10) * 20] = NaN;
    const whole = await withMaps(gpu, CAUSAL, data, { mask: causal(), kernel }, (maps) =>
      maps.map(0, 1).cells(regionOf(0, 0, 77, 203)),
    );
    const pooled = await withMaps(gpu, CAUSAL, data, { mask: causal(), kernel }, (maps) =>
      maps.map(0, 1).cells(regionOf(0, 0, 77, 203, 8, 16)),
    );
    const statistics = await withMaps(gpu, CAUSAL, data, { mask: causal(), kernel }, (maps) =>
      maps.statistics(0, 1),
    );
    for (let i = 0; i < 77; i++) {
      const lost = i === 10 || i >= 50;
      for (let j = 0; j < 203; j++) {
        const weight = whole.largest[i * 203 + j];
        const wanted = lost && j <= i;
        assert(Number.isNaN(weight) === wanted, `weight ${i}, ${j} is ${weight}`);
        assert(j <= i || weight === 0, `the hidden weight ${i}, ${j} is ${weight}`);
      }
      for (const [name, values] of Object.entries(statistics) as [string, Float32Array][]) {
        // Nothing is marked: that stays 0.
        const wanted = lost && name !== 'marked';
        assert(Number.isNaN(values[i]) === wanted, `${name} of row ${i} is ${values[i]}`);
      }
    }
    for (let cell = 0; cell < pooled.largest.length; cell++) {
      const [row, column] = [Math.floor(cell / pooled.width), cell % pooled.width];
      const rows = Array.from({ length: 8 }, (_, i) => 8 * row + i).filter((i) => i < 77);
      const wanted = rows.some((i) => (i === 10 || i >= 50) && 16 * column <= i);
      assert(Number.isNaN(pooled.largest[cell]) === wanted, `largest ${row}, ${column}`);
      assert(Number.isNaN(pooled.mean[cell]) === wanted, `mean ${row}, ${column}`);
    }
  });

  test(`${kernel}: a weight has the same bits in every region that shows it, whoever asked first`, async ({
    gpu,
  }) => {
    const data = randomData(CAUSAL);
    const options: MapOptions = { mask: causal(60), kernel };
    const whole = await withMaps(gpu, CAUSAL, data, options, async (maps) => {
      await maps.statistics(0, 0);
      return maps.map(0, 0).cells(regionOf(0, 0, 77, 203));
    });
    await withMaps(gpu, CAUSAL, data, options, async (maps) => {
      const places = [
        [76, 202],
        [31, 63],
        [32, 64],
        [1, 1],
        [13, 57],
      ] as const;
      for (const [row, column] of places) {
        const [rows, columns] = [Math.min(40, 77 - row), Math.min(70, 203 - column)];
        const part = await maps.map(0, 0).cells(regionOf(row, column, rows, columns));
        for (let i = 0; i < rows * columns; i++) {
          const at = (row + Math.floor(i / columns)) * 203 + column + (i % columns);
          assert(part.largest[i] === whole.largest[at], `largest at ${at} differs`);
          assert(part.mean[i] === whole.largest[at], `mean at ${at} differs`);
        }
      }
    });
  });

  test(`${kernel}: cancelled readers stop, and everything is freed`, async ({ gpu }) => {
    const shape = shapeOf({ heads: 2, queryLength: 600, keyLength: 900, headSize: 64 });
    const before = gpu.buffers.bytes;
    await withMaps(gpu, shape, randomData(shape), { kernel }, async (maps) => {
      const early = await thrownBy(() => maps.statistics(0, 0, { signal: AbortSignal.abort() }));
      assert(early.name === 'AbortError', `threw ${early}`);
      const controller = new AbortController();
      const onProgress = () => controller.abort();
      const walking = maps.statistics(0, 0, { signal: controller.signal, onProgress });
      const region = regionOf(0, 0, 600, 900, 2, 2);
      const reading = maps.map(0, 1).cells(region, { signal: controller.signal });
      const errors = await Promise.all([thrownBy(() => walking), thrownBy(() => reading)]);
      assert(
        errors.every(({ name }) => name === 'AbortError'),
        `threw ${errors}`,
      );
      // Another reader is not disturbed, and walks the rest.
      const { done } = await maps.map(0, 0).cells(region);
      assert(
        done.every((one) => one === 1),
        'not all rows are done',
      );
    });
    // Staging buffers stay pooled: they are all that may remain.
    const { bytes } = gpu.buffers;
    assert(bytes - before <= 4 * 2 ** 20, `${bytes - before} bytes remain`);
  });

  test(`${kernel}: readers of destroyed maps fail, and then everything is freed`, async ({
    gpu,
  }) => {
    const shape = shapeOf({ queryLength: 600, keyLength: 900, headSize: 64 });
    const before = gpu.buffers.bytes;
    await withMaps(gpu, shape, randomData(shape), { kernel }, async (maps) => {
      const region = regionOf(0, 0, 600, 900, 2, 2);
      const reading = thrownBy(() => maps.map(0, 0).cells(region));
      const walking = thrownBy(() => maps.statistics(0, 0, { onProgress: () => maps.destroy() }));
      for (const error of await Promise.all([reading, walking])) {
        assert(/were destroyed/.test(error.message), String(error));
      }
      const late = await thrownBy(async () => maps.map(0, 0).cells(region));
      assert(/were destroyed/.test(late.message), String(late));
    });
    const { bytes } = gpu.buffers;
    assert(bytes - before <= 4 * 2 ** 20, `${bytes - before} bytes remain`);
  });

  test(`${kernel}: destroying frees all at once, but for staging that was there before`, async ({
    gpu,
  }) => {
    const data = randomData(CAUSAL);
    const bytes: number[] = [];
    for (let i = 0; i < 2; i++) {
      await withMaps(gpu, CAUSAL, data, { mask: causal(), kernel }, async (maps) => {
        await maps.statistics(0, 0);
        await maps.map(0, 1).cells(regionOf(0, 0, 77, 203));
      });
      bytes.push(gpu.buffers.bytes);
    }
    assert(bytes[0] === bytes[1], `${bytes[0]} bytes became ${bytes[1]}`);
  });

  test(`${kernel}: readers at once get what each asked for, and compile nothing more`, async ({
    gpu,
  }) => {
    const data = randomData(CAUSAL);
    await withMaps(gpu, CAUSAL, data, { mask: causal(), kernel }, async (maps) => {
      const compiled = gpu.pipelines.compilations;
      const regions = regionsOf(CAUSAL);
      const wants = [
        await expectedHead(CAUSAL, data, { mask: causal() }, 0, 0),
        await expectedHead(CAUSAL, data, { mask: causal() }, 0, 1),
      ];
      const all = wants.flatMap((want, head) => [
        maps.statistics(0, head).then((got) => compareStatistics(want, got)),
        ...regions.map(async (region) => compareCells(want, await maps.map(0, head).cells(region))),
      ]);
      expectAllPassed((await Promise.all(all)).flat());
      assert(gpu.pipelines.compilations === compiled, 'another region compiled another shader');
    });
  });
});

describe('head maps', () => {
  test('what there is not is refused by name', async ({ gpu }) => {
    const wrong: [RegExp, (maps: AttentionMaps) => unknown][] = [
      [/head is 2; allowed: a whole number from 0 to 1/, (maps) => maps.map(0, 2)],
      [/batch is 1; allowed: a whole number from 0 to 0/, (maps) => maps.statistics(1, 0)],
      [/row is 77; allowed/, (maps) => maps.map(0, 0).cells(regionOf(77, 0, 1, 1))],
      [/columns is 4; allowed/, (maps) => maps.map(0, 0).cells(regionOf(0, 200, 1, 4))],
      [
        /rowsOfCell is 3; allowed: a power/,
        (maps) => maps.map(0, 0).cells(regionOf(0, 0, 3, 1, 3)),
      ],
    ];
    await withMaps(gpu, CAUSAL, randomData(CAUSAL), { mask: causal() }, async (maps) => {
      for (const [message, ask] of wrong) {
        const error = await thrownBy(async () => ask(maps));
        assert(error.name === 'InputError' && message.test(error.message), String(error));
      }
    });
    const marks = Uint32Array.of(1, 2);
    const error = await thrownBy(() =>
      withMaps(gpu, CAUSAL, randomData(CAUSAL), { mask: causal() }, async () => {}, marks),
    );
    assert(/marks is "2 keys"; allowed: 77, one a query/.test(error.message), error.message);
  });
});
