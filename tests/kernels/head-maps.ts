import { alibi } from '../../src/attention/modifiers/alibi';
import { causal } from '../../src/attention/modifiers/causal';
import { documents } from '../../src/attention/modifiers/documents';
import { slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { tensorMask } from '../../src/attention/modifiers/tensor-mask';
import { NO_MARK } from '../../src/attention/maps/inputs';
import type { MapRegion } from '../../src/attention/maps/weight-map';
import type { Shape } from '../../src/attention/shape';
import { expectAllRight, judgeHeads, regionOf } from './head-maps-judge';
import { type Extents, type Options, randomData, shapeOf } from './problems';
import type { KernelCase, KernelSuite } from './suite';

/** Regions of a map: exact windows and cells of many extents, at its start, across tiles' edges, at its end. */
export function regionsOf({ queryLength, keyLength }: Shape): MapRegion[] {
  const pooled = (rows: number, columns: number, row = 0, column = 0) =>
    regionOf(row, column, queryLength - row, keyLength - column, rows, columns);
  const candidates = [
    regionOf(0, 0, queryLength, keyLength),
    regionOf(29, 61, 9, 7),
    regionOf(5, 3, 1, keyLength - 3),
    regionOf(queryLength - 3, keyLength - 2, 3, 2),
    pooled(2, 1),
    pooled(1, 8, 3, 16),
    pooled(4, 4),
    pooled(16, 2, 32, 6),
    pooled(8, 64),
    pooled(64, 16),
    pooled(32, 128, 32),
    pooled(256, 256),
  ];
  const fits = (first: number, cell: number, length: number) => first < length && cell < 2 * length;
  return candidates.filter(
    ({ row, column, rows, columns, rowsOfCell, columnsOfCell }) =>
      fits(row, rowsOfCell, queryLength) &&
      fits(column, columnsOfCell, keyLength) &&
      row >= 0 &&
      column >= 0 &&
      (rowsOfCell > 1 || row + rows <= queryLength) &&
      (columnsOfCell > 1 || column + columns <= keyLength),
  );
}

/** Every third query has a mark: a key that wanders. */
const marksOf = ({ queryLength, keyLength }: Shape) =>
  Uint32Array.from({ length: queryLength }, (_, i) => (i % 3 ? (i * 7) % keyLength : NO_MARK));

const GROUPED: Extents = { batch: 2, heads: 4, kvHeads: 2, queryLength: 77, keyLength: 203 };

const PROBLEMS: readonly [string, Extents, Options][] = [
  ['plain', { ...GROUPED, headSize: 64 }, {}],
  ['one query, one key', { queryLength: 1, headSize: 1 }, {}],
  ['causal, odd size', { ...GROUPED, queryLength: 150, headSize: 20 }, { mask: causal(20) }],
  ['a window', { ...GROUPED, headSize: 16 }, { mask: slidingWindow(9, 4, 60) }],
  ['rows that see nothing', { ...GROUPED, headSize: 1 }, { mask: causal(-30) }],
  [
    'documents',
    { ...GROUPED, headSize: 16 },
    {
      mask: documents(
        Array.from({ length: 77 }, (_, i) => Math.floor(i / 20)),
        Array.from({ length: 203 }, (_, j) => Math.floor(j / 55)),
      ),
    },
  ],
  [
    'a tensor mask, cap, slopes and sinks',
    { ...GROUPED, headSize: 16 },
    {
      softcap: 2,
      scoreModifiers: [alibi([0.5, 0.1, 0.01, 0.2])],
      sinks: [0.5, -3, 8, 1],
      mask: tensorMask(
        [77, 203],
        Array.from({ length: 77 * 203 }, (_, i) => (i * 7919) % 11 < 6),
      ),
    },
  ],
  ['large scores, large head', { ...GROUPED, headSize: 128 }, { scale: 3 }],
  ['sinks of rows that see nothing', GROUPED, { sinks: [1, -70, 0, 2], mask: causal(-30) }],
  ['rows of heads side by side, a negative scale', GROUPED, { layout: 'bshd', scale: -0.7 }],
];

export const headMaps: KernelSuite = {
  name: 'head maps',
  cases: PROBLEMS.map(([title, extents, options]): KernelCase => ({
    name: title,
    async run(gpu) {
      const shape = shapeOf(extents);
      const data = randomData(shape);
      const last = [shape.batch - 1, shape.heads - 1] as const;
      const args = [[last], regionsOf(shape), marksOf(shape)] as const;
      expectAllRight(await judgeHeads(gpu, shape, data, options, ...args));
    },
  })),
};
